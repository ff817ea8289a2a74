"""Extraction without a database: lines that name saved pages in, lines with articles out."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.claims.from_tables import name_series
from pipelines.extract.article import extract
from pipelines.items import ArticleDraft, DateValue, Page, SeriesDraft, TableDraft

GZIP_START = b"\x1f\x8b"


def extract_lines(source: Path, target: Path) -> None:
    """Read each line {"id", "path", "url"} and write what its page says; a bad line or page gives an "error"."""
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            if line.strip():
                out.write(json.dumps(_extract_line(line, source.parent), ensure_ascii=False) + "\n")


def _extract_line(line: str, folder: Path) -> dict[str, Any]:
    try:
        wanted = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _record(None, None, f"unreadable line: {error}")
    if not isinstance(wanted, dict):
        return _record(None, None, "unreadable line: not an object")
    try:
        draft = name_series(extract(_page(wanted, folder), datetime.now(UTC)))
    except Exception as error:  # noqa: BLE001  # one bad page is one line; its error stands there
        return _record(wanted.get("id"), None, f"{type(error).__name__}: {error}")
    return _record(wanted.get("id"), draft, "; ".join(draft.problems) if not draft.paragraphs else None)


def _page(wanted: dict[str, Any], folder: Path) -> Page:
    path = Path(wanted["path"])
    body = (path if path.exists() else folder / path).read_bytes()
    if body.startswith(GZIP_START):
        body = gzip.decompress(body)
    url = wanted.get("url") or "https://saved.invalid/"
    return Page(url=url, final_url=url, status=200, body=body, fetched_at=datetime.now(UTC))


def _record(identity: object, draft: ArticleDraft | None, error: str | None) -> dict[str, Any]:
    return {
        "id": identity,
        "title": draft.headline if draft else None,
        "authors": list(draft.authors) if draft else [],
        "published": _date(draft.published) if draft else None,
        "modified": _date(draft.modified) if draft else None,
        "publisher": draft.publisher if draft else None,
        "language": draft.language if draft else None,
        "access": draft.access if draft else None,
        "body": reading_text(draft) if draft else None,
        "jsonld": [each.data for each in draft.structured_data if each.data is not None] if draft else [],
        "tables": [_table(each) for each in draft.tables] if draft else [],
        "error": error,
    }


def reading_text(draft: ArticleDraft) -> str:
    """Give the text as a reader goes through it: paragraphs, and the rows of the tables that stand among them."""
    lines: list[str] = []
    for number in range(len(draft.paragraphs) + 1):
        lines += [row for table in draft.tables if table.paragraph == number for row in _rows(table)]
        lines += [paragraph.text for paragraph in draft.paragraphs[number : number + 1]]
    return "\n\n".join(lines)


def _rows(table: TableDraft) -> list[str]:
    rows = [table.columns, *((cell.text for cell in row) for row in table.rows)]
    return [line for row in rows if (line := " ".join(filter(None, row)))]


def _date(value: DateValue | None) -> str | None:
    """Give an instant in ISO 8601 as exact as the page stated it: a day without an hour stays a day."""
    if value is None or value.at is None:
        return None
    return value.at.date().isoformat() if value.precision == "day" else value.at.isoformat().replace("+00:00", "Z")


def _table(table: TableDraft) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": [[cell.text for cell in row] for row in table.rows],
        "unit": table.unit,
        "scale": table.scale,
        "notes": list(table.notes),
        "series": [_series(each) for each in table.series],
    }


def _series(series: SeriesDraft) -> dict[str, Any]:
    seen = [each for each in series.observations if not each.missing]
    return {
        "label": series.label,
        "supplier": series.supplier,
        "recipient": series.recipient,
        "unit": series.unit,
        "scale": series.scale,
        "values": {str(each.period): each.value for each in seen},
        "missing": [each.period for each in series.observations if each.missing],
    }
