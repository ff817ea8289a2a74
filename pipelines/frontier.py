"""The frontier's rows: what was found, and what became of each page. Written before and after every fetch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.crawl import Page as PageRow
from models.ledger import insert_for
from pipelines.extract.urls import canonicalise
from pipelines.items import Found
from pipelines.outcome import Outcome
from pipelines.traps import find_trap

YOUNG = timedelta(days=30)
URL_MAX = 2_000  # characters; a unique index of PostgreSQL takes no more than 2,700 bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Who fetched: the ids of source, outlet and crawl run that rows are written under."""

    source_id: int
    outlet_id: int
    run_id: int | None


def clean_text(text: str | None) -> str | None:
    """Take out what no database column holds: NUL and lone surrogates."""
    if text is None:
        return None
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8").strip() or None


def store_found(session: Session, place: Place, found: Sequence[Found], now: datetime) -> int:
    """Write found URLs as wanted pages unless known; give how many are new. Unfit URLs become refused pages."""
    rows = {row["url"]: row for row in (_found_row(each, place, now) for each in found)}
    if not rows:
        return 0
    statement = insert_for(session)(PageRow).on_conflict_do_nothing().returning(PageRow.id)
    return len(session.execute(statement, list(rows.values())).all())


def _found_row(found: Found, place: Place, now: datetime) -> dict[str, object]:
    try:
        url, reason = canonicalise(found.url), None
        if len(url) > URL_MAX:
            url, reason = url[:URL_MAX], "URL too long"
    except ValueError as error:
        url, reason = clean_text(found.url[:URL_MAX]) or "empty", f"URL not usable: {error}"
    if reason is None and urlsplit(url).scheme not in ("http", "https"):
        reason = "scheme not allowed"
    if reason is None and (trap := find_trap(url, now)):
        reason = f"trap: {trap}"
    return {
        "url": url,
        "source_id": place.source_id,
        "found_at": now,
        "found_in": found.found_in,
        "title": clean_text(found.title),
        "published_raw": clean_text(found.published_raw),
        "state": "wanted" if reason is None else "refused",
        "reason": reason,
        "attempts": 0,
        "next_fetch_at": now if reason is None else None,
    }


def page_rows(session: Session, place: Place, urls: Sequence[str], now: datetime) -> dict[str, PageRow]:
    """Give the rows of the pages, making those that nobody has found (a page fetched by hand or from a folder)."""
    store_found(session, place, [Found(url, "direct") for url in urls], now)
    by_key = {canonicalise(url): url for url in urls}
    rows = session.scalars(select(PageRow).where(PageRow.url.in_(by_key)).with_for_update()).all()
    return {by_key[row.url]: row for row in rows}


def store_irrelevant(session: Session, place: Place, found: Sequence[Found], reason: str, now: datetime) -> int:
    """Write URLs, unless known, as pages that somebody else fetched and that are about something else."""
    rows = {row["url"]: row for row in (_found_row(each, place, now) for each in found)}
    for row in rows.values():
        row |= {"state": "irrelevant", "reason": reason, "relevance": 0.0, "next_fetch_at": None}
    statement = insert_for(session)(PageRow).on_conflict_do_nothing().returning(PageRow.id)
    return len(session.execute(statement, list(rows.values())).all()) if rows else 0


def close_page(row: PageRow, outcome: Outcome, headers: Mapping[str, str] | None) -> None:
    """Write what became of a page; ``headers`` are those of a good answer, lower-case."""
    row.state, row.reason, row.next_fetch_at = outcome.state, clean_text(outcome.reason), outcome.next_fetch_at
    row.attempts = row.attempts + 1 if outcome.counts_as_attempt else 0
    if headers is not None:
        row.etag = clean_text(headers.get("etag", "")[:500])
        row.last_modified = clean_text(headers.get("last-modified", "")[:100])


def put_off(row: PageRow, reason: str, again_at: datetime) -> None:
    """Write that a page was not asked for, through no fault of its own: its state and attempts stay as they are."""
    row.reason, row.next_fetch_at = clean_text(reason), again_at


def make_young_due(session: Session, source_id: int, now: datetime) -> None:
    """Let all articles of a source that are still looked at be looked at now."""
    young = update(PageRow).where(PageRow.source_id == source_id, PageRow.next_fetch_at.is_not(None))
    session.execute(young.where(PageRow.state == "done").values(next_fetch_at=now))
