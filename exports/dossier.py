"""The text of a dossier: every transfer in its scope with ladder, figures, origins, contradictions and evidence."""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from exports.cells import plain, span
from exports.papers import limitations, shown_filters
from exports.question import Question
from exports.scope import Scope, claim_name, claims, revisions, transfers
from models.crawl import CrawlRun
from models.listing_transfers import TransferRow
from models.outlet import Outlet, Source
from models.transfer import level_words

_MARKS = re.compile(r"([\\`*_\[\]#|~])")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim with where it stands; ``name`` is the same in every copy of the data."""

    name: str
    claim: Any
    revision: Any
    article: Any
    outlet: Any
    capture: Any


def dossier_papers(session: Session, question: Question, scope: Scope) -> dict[str, str]:
    """Give the dossier by file name: for people, and what a second run needs to make the same bytes."""
    asked = {"question": question.text, "as_of": plain(scope.as_of), "version": version("armswatch")}
    return {
        "dossier.md": "\n".join(_lines(session, question, scope)) + "\n",
        "dossier.json": json.dumps(asked, ensure_ascii=False, indent=1) + "\n",
    }


def safe(text: object) -> str:
    """Give crawled text as one line of Markdown that is text and nothing else."""
    return _MARKS.sub(r"\\\1", html.escape(" ".join(str(text).split()), quote=False))


def _lines(session: Session, question: Question, scope: Scope) -> Iterator[str]:
    found = dict(_evidence(session, scope))
    listed = list(transfers(session, scope))
    yield from _opening(question, scope, [row for row, _ in listed])
    for number, (row, ids) in enumerate(listed, 1):
        yield from _transfer(number, row, {each: found[each] for each in ids if each in found})
    joined = {each for _, ids in listed for each in ids}
    alone = {each: evidence for each, evidence in found.items() if each not in joined}
    if alone:
        yield from ("", "## Claims in no transfer", *_evidence_lines(alone))
    yield from _coverage(session, scope)
    yield from ("", "## What this cannot say", "", *(f"- {each}" for each in limitations()))
    yield from _again(question, scope)


def _evidence(session: Session, scope: Scope) -> Iterator[tuple[int, Evidence]]:
    for claim, revision, article, outlet, capture in claims(session, scope):
        name = claim_name(claim, revision, article)
        yield claim.id, Evidence(name, claim, revision, article, outlet, capture)


def _opening(question: Question, scope: Scope, rows: Sequence[TransferRow]) -> Iterator[str]:
    read = ", ".join(f"{name} {safe(value)}" for name, value in shown_filters(scope).items())
    yield from (f"# {safe(question.text)}", "", f"Read as: {read}. ")
    yield f"Answered from what was known at {plain(scope.as_of)} by armswatch {version('armswatch')}."
    yield from ("", "A claim is what one article says. *Origins* counts sources that are independent of each other:")
    yield "outlets of one owner, copies of one text and reports of one upstream report count once."
    yield "*Level* says how strong a stage or a figure is, from 0 (unsupported) to 5 (documented), by who says so."
    if not rows:
        yield from ("", "No transfer is known that fits.")
        return
    yield from ("", "| | supplier | recipient | item | stage | level | number | value | origins | contradicted |")
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for number, row in enumerate(rows, 1):
        contradicted = ", ".join(sorted({each["field"] for each in row.contradictions})) or "-"
        cells = (
            number,
            row.supplier or "unknown",
            row.recipient or "unknown",
            _item(row),
            _stages(row),
            level_words(row.level),
        )
        figures = (
            span(row.quantity_min, row.quantity_max) or "unknown",
            _value(row),
            row.independent_origins,
            contradicted,
        )
        yield f"| {' | '.join(safe(cell) for cell in (*cells, *figures))} |"


def _item(row: TransferRow) -> str:
    return row.weapon or ", ".join(row.items) or row.category or "unknown"


def _stages(row: TransferRow) -> str:
    return ", ".join((row.status, *(each for each in row.beside if each != row.status)))


def _value(row: TransferRow) -> str:
    amount = span(row.value_min, row.value_max)
    return "unknown" if not amount else f"{amount} {row.currency or ''} ({row.value_kind or 'kind unknown'})"


def _transfer(number: int, row: TransferRow, found: Mapping[int, Evidence]) -> Iterator[str]:
    sides = f"{row.supplier or 'unknown'} to {row.recipient or 'unknown'}"
    yield from (
        "",
        f"## {number}. {safe(sides)}: {safe(_item(row))}",
        "",
        "| stage | level | happened | published | seen | by |",
    )
    yield "|---|---|---|---|---|---|"
    for rung in row.rungs:
        times = (rung["happened"] or "-", (rung["published_at"] or "-")[:10], (rung["first_seen_at"] or "-")[:10])
        cells = (rung["status"], level_words(rung["level"]), *times)
        yield f"| {' | '.join(safe(cell) for cell in cells)} | {_names(rung['claims'], found)} |"
    yield from ("", "How strong each stage is:", "")
    yield from (f"- {safe(rung['status'])}: {_level(rung)}" for rung in row.rungs)
    for title, figures in (("Numbers", row.quantities), ("Values", row.amounts)):
        if figures:
            yield from ("", f"{title}:", "", *(_figure(each, found) for each in figures))
    if row.contradictions:
        yield from ("", "Contradictions:", "", *_contradictions(row, found))
    yield from ("", "Independent origins:", "")
    for origin in row.origins:
        shared = f" (they share {safe(', '.join(origin['shared']))})" if origin["shared"] else ""
        yield f"- {safe(', '.join(origin['outlets']))}{shared}: {_names(origin['claims'], found)}"
    yield from _evidence_lines(found)


def _figure(figure: dict[str, Any], found: Mapping[int, Evidence]) -> str:
    unit = " ".join(str(figure[name]) for name in ("currency", "kind") if figure.get(name))
    said = f"{span(figure['low'], figure['high'])} {unit}".strip()
    names = _names(figure["claims"], found)
    return f"- {safe(figure['status'])}: {safe(said)}, {figure['origins']} origins: {names}. {_level(figure)}"


def _level(part: dict[str, Any]) -> str:
    return f"Level {level_words(part['level'])}: {safe(part['explanation'])}"


def _contradictions(row: TransferRow, found: Mapping[int, Evidence]) -> Iterator[str]:
    for each in row.contradictions:
        yield f"- {safe(each['field'])}: {safe(each['note'])}"
        yield from (f"  {_figure(side, found)}" for side in each["sides"])


def _names(ids: Sequence[int], found: Mapping[int, Evidence]) -> str:
    """Name claims; those that the filters left out cannot be named and are counted."""
    names = sorted(f"`{found[each].name}`" for each in ids if each in found)
    missing = len(ids) - len(names)
    return ", ".join((*names, *([f"{missing} outside of the filters"] if missing else []))) or "-"


def _evidence_lines(found: Mapping[int, Evidence]) -> Iterator[str]:
    yield from ("", "Evidence:")
    for each in sorted(found.values(), key=lambda each: (plain(each.revision.published_at) or "", each.name)):
        claim, outlet = each.claim, each.outlet
        about = ", ".join(filter(None, (outlet.kind, outlet.country, outlet.owner)))
        day = plain(each.revision.published_at) or "date unknown"
        yield from (
            "",
            f"`{each.name}` **{safe(outlet.name)}** ({safe(about)}), {day}: {claim.status}, {claim.modality}",
        )
        yield from (
            "",
            f"> {safe(claim.quote)}",
            "",
            f"{safe(each.revision.headline or 'no headline')}, {_place(claim)}",
        )
        yield f"<{html.escape(each.article.canonical_url)}>"
        archived = f"{each.capture.warc_file} at byte {each.capture.warc_offset}, sha256 {each.capture.sha256}"
        yield f"archived {plain(each.revision.seen_at)} in {safe(archived)}"


def _place(claim: Any) -> str:
    if claim.paragraph is not None:
        return f"paragraph {claim.paragraph}, characters {claim.start} to {claim.end}"
    return f"table {claim.table}, row {claim.row}, column {claim.column}"


def _coverage(session: Session, scope: Scope) -> Iterator[str]:
    """Say what was watched by then, so that silence can be told from not having looked."""
    articles: dict[str, int] = {}
    for _, _, outlet, _ in revisions(session, scope):
        articles[outlet.name] = articles.get(outlet.name, 0) + 1
    yield from (
        "",
        "## What was watched",
        "",
        "| outlet | kind | country | owner | articles here | crawls | first | last |",
    )
    yield "|---|---|---|---|---|---|---|---|"
    runs = select(Source.outlet_id, func.count(), func.min(CrawlRun.started_at), func.max(CrawlRun.started_at))
    runs = runs.join(CrawlRun, CrawlRun.source_id == Source.id).where(CrawlRun.started_at <= scope.as_of)
    crawls = {outlet: rest for outlet, *rest in session.execute(runs.group_by(Source.outlet_id))}
    for outlet in session.scalars(select(Outlet).order_by(Outlet.name)):
        count, first, last = crawls.get(outlet.id, (0, None, None))
        days = (f"{day:%Y-%m-%d}" if day else "never" for day in (first, last))
        cells = (outlet.name, outlet.kind or "-", outlet.country or "-", outlet.owner or "-")
        yield f"| {' | '.join(safe(each) for each in (*cells, articles.get(outlet.name, 0), count, *days))} |"


def _again(question: Question, scope: Scope) -> Iterator[str]:
    yield from ("", "## To make it again", "", "On a copy of the same database, with the same version:", "")
    words = question.text.replace("'", "'\\''")
    yield f"    armswatch dossier '{words}' FOLDER --as-of {plain(scope.as_of)}"
    yield from (
        "",
        "or `armswatch dossier --check FOLDER`, which says whether every byte is the same. `SHA256SUMS` names them.",
    )
