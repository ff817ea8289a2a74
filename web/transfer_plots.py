"""Plots at true scale of time: one transfer's ladder and coverage, the transfers of a pair, a series of a table."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from models.listing_evidence import EvidenceRow
from models.listing_series import SeriesRow
from models.listing_transfers import TransferRow
from web.chart_look import GROUP_OF, GROUPS
from web.flow_questions import FlowQuestion
from web.plots import FULL, Plot
from web.transfer_words import item_words, stage_words, state_name, under_filters

ROLES = {"claims": "reported", "plans": "planned", "denials": "denied", "repeats": "repeated"}


def ladder_plot(row: TransferRow, evidence: Mapping[int, EvidenceRow]) -> Plot | None:
    """Give the stages over time; rungs without any date are named by ``undated_rungs``."""
    rows = [point for rung in row.rungs for point in _rung_points(rung, evidence)]
    if not any(point["at"] for point in rows):
        return None
    undated = undated_rungs(row)
    order = [stage_words(rung["status"]) for rung in reversed(row.rungs) if rung["status"] not in undated]
    text = "Timeline of stages: " + _first(_said(point) for point in rows if point["at"])
    place, title = f"/plots/transfers/{row.id}/ladder", f"Ladder of {transfer_title(row)}"
    beside = f"No date is known for: {', '.join(map(stage_words, undated))}." if undated else None
    height = 34 * len(order) + 76
    return Plot("ladder", place, title, text, rows, FULL, height, beside=beside, options={"order": order})


def undated_rungs(row: TransferRow) -> tuple[str, ...]:
    """Name the stages for which neither a day of the event nor one of a report is known."""
    return tuple(rung["status"] for rung in row.rungs if not rung["happened"] and not rung["published_at"])


def _first(words: Iterable[str], most: int = 12) -> str:
    """Join words, as many as one listens to."""
    listed = list(words)
    return "; ".join(listed[:most]) + (f"; and {len(listed) - most} more" if len(listed) > most else "") + "."


def _said(point: Mapping[str, Any]) -> str:
    return f"{point['label']} {point['what']} {point['at'][:10]}" + (f", {point['outlet']}" if point["outlet"] else "")


def _rung_points(rung: Mapping[str, Any], evidence: Mapping[int, EvidenceRow]) -> Iterator[dict[str, Any]]:
    label = stage_words(rung["status"])
    if happened := rung["happened"]:
        is_year = len(happened) == 4
        start, end = (f"{happened}-01-01", f"{happened}-12-31") if is_year else (happened, None)
        yield {"label": label, "what": "happened", "at": start, "until": end, "outlet": None}
    for name, what in ROLES.items():
        for number in rung[name]:
            if number in evidence:
                claim = evidence[number].claim
                yield {
                    "label": label, "what": what, "at": _iso(claim.published_at), "until": None, "outlet": claim.outlet,
                }  # fmt: skip


def coverage_plot(row: TransferRow, evidence: Iterable[EvidenceRow]) -> Plot | None:
    """Give each outlet's articles over time."""
    articles = {each.claim.article_id: each for each in evidence}
    rows = [
        {
            "label": each.claim.outlet,
            "at": _iso(each.claim.published_at),
            "language": each.language,
            "headline": each.claim.headline,
            "url": each.claim.url,
        }
        for each in articles.values()
    ]
    order = list(dict.fromkeys(each["label"] for each in rows if each["at"]))
    if not order:
        return None
    said = (f"{each['label']} {(each['at'] or 'undated')[:10]}" for each in rows)
    text = f"Articles by outlet over time: {_first(said)}"
    place, title = f"/plots/transfers/{row.id}/coverage", f"Coverage of {transfer_title(row)}"
    return Plot("coverage", place, title, text, rows, FULL, 30 * len(order) + 44, options={"order": order})


def timeline_plot(rows: Sequence[TransferRow], question: FlowQuestion) -> Plot | None:
    """Give transfers one below the other, each with the stages that are supported at the times known for them."""
    points = [point for row in rows for point in _stage_points(row)]
    order = list(dict.fromkeys(point["label"] for point in points if point["at"]))
    if not order:
        return None
    said = (f"{point['label']} {point['stage']} {point['at'][:10]}" for point in points if point["at"])
    return Plot(
        "timeline",
        "/plots/timeline",
        "Transfers over time" + under_filters(question.chosen()),
        "Timeline of transfers and their stages: " + _first(said),
        points,
        width=FULL,
        height=30 * len(order) + 80,
        asked=question.chosen(),
        options={"order": order},
    )


def _stage_points(row: TransferRow) -> Iterator[dict[str, Any]]:
    label = f"{item_words(row)[:40]} · {row.id}"
    for rung in row.rungs:
        if rung["origins"]:
            yield {
                "label": label,
                "stage": stage_words(rung["status"]),
                "group": GROUP_OF.get(rung["status"], GROUPS[0]),
                "at": _middle(rung["happened"]) or rung["published_at"],
                "is_of": "event" if rung["happened"] else "report",
                "transfer": row.id,
            }


def _middle(happened: str | None) -> str | None:
    """Put what is known by its year alone into the year's middle."""
    return f"{happened}-07-01" if happened and len(happened) == 4 else happened


def series_plot(series: SeriesRow) -> Plot | None:
    """Give a series of a table as bars, its gaps shaded; None where it has no value at all."""
    rows = [{"period": each.period, "value": each.value, "as_printed": each.raw} for each in series.observations]
    if not any(row["value"] is not None for row in rows):
        return None
    gaps = [str(row["period"]) for row in rows if row["value"] is None]
    unit = series.unit or "unit unknown"
    text = f"Bar chart of {series.label} from {rows[0]['period']} to {rows[-1]['period']}, {unit}; " + (
        f"no value for {', '.join(gaps)}" if gaps else "no gaps"
    )
    source = f"a table of {series.outlet}"
    sides = [state_name(side) for side in (series.supplier, series.recipient) if side is not None]
    title = f"{series.label}{': ' if sides else ''}{' to '.join(sides)}"
    return Plot(
        "series", f"/plots/series/{series.id}", title, text, rows, FULL, 230, options={"unit": unit}, source=source
    )


def transfer_title(row: TransferRow) -> str:
    """Name a transfer for people."""
    return f"{item_words(row)}, {state_name(row.supplier)} to {state_name(row.recipient)}"


def claim_ids(row: TransferRow) -> Collection[int]:
    """Give the ids of all claims a transfer was joined from, supports before plans, denials and repeats."""
    return list(dict.fromkeys(number for name in ROLES for rung in row.rungs for number in rung[name]))


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None
