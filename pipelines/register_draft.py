"""A register in SIPRI's form made from transfers: uncertain in brackets, unknown said so, the outlets by each cell."""

from collections.abc import Callable, Iterable
from typing import Any

from models.listing_claims import ClaimRow
from models.listing_transfers import TransferDetail, TransferRow
from models.names import country_name
from models.transfer import LEVELS

# SIPRI's rule: an order was placed or deliveries began; what is only planned or denied supports no stage here.
ORDERED = frozenset({"contracted", "in_production", "delivering", "delivered"})
HANDED_OVER = frozenset({"delivering", "delivered"})
UNKNOWN = "unknown"
CELLS = (
    "Recipient", "Supplier", "Year of order", "Number ordered", "Weapon designation", "Weapon description",
    "Number delivered", "Year(s) of delivery", "Status", "Value", "Comments",
)  # fmt: skip
COLUMNS = tuple(name for cell in CELLS for name in (cell, f"{cell}: sources"))

Text = tuple[str, bool, list[int]]


def is_in_register(row: TransferRow) -> bool:
    """Answer whether SIPRI's rule takes the transfer, which knows no rumours, offers and notifications."""
    return row.independent_origins > 0 and (row.status in ORDERED or "licensed_production" in row.beside)


def draft_line(detail: TransferDetail) -> list[str]:
    """Give the cells of a transfer, each followed by the outlets that say so."""
    outlets = {claim.id: _source(claim) for claim in detail.claims}
    line = []
    for name in CELLS:
        text, is_certain, claims = _READERS[name](detail.transfer)
        shown = text if is_certain or text == UNKNOWN else f"({text})"
        line += [shown, "; ".join(sorted({outlets[each] for each in claims if each in outlets}))]
    return line


def _source(claim: ClaimRow) -> str:
    day = f" {claim.published_at:%Y-%m-%d}" if claim.published_at else ""
    return f"{claim.outlet}{day} <{claim.url}>"


def _rungs(row: TransferRow, stages: Iterable[str]) -> list[dict[str, Any]]:
    return [rung for rung in row.rungs if rung["status"] in stages and rung["origins"]]


def _is_strong(part: dict[str, Any]) -> bool:
    """Answer whether independent origins, or better, stand behind a stage or a figure."""
    return (part["level"] or 0) >= LEVELS.index("independent")


def _claims(rungs: Iterable[dict[str, Any]]) -> list[int]:
    return [claim for rung in rungs for claim in rung["claims"]]


def _side(value: str | None, row: TransferRow) -> Text:
    return (
        country_name(value) if value else UNKNOWN,
        any(map(_is_strong, row.rungs)),
        _claims(_rungs(row, ORDERED | {"licensed_production"})),
    )


def _item(row: TransferRow) -> Text:
    text = row.weapon or UNKNOWN
    return text, any(map(_is_strong, row.rungs)), _claims(row.rungs) if row.weapon else []


def _description(row: TransferRow) -> Text:
    text = ", ".join(row.items) or row.category or UNKNOWN
    return text, True, [] if text == UNKNOWN else _claims(row.rungs)


def _year(row: TransferRow, stages: Iterable[str]) -> Text:
    stated = [rung for rung in _rungs(row, stages) if rung["happened"]]
    years = sorted({rung["happened"][:4] for rung in stated})
    return "; ".join(years) or UNKNOWN, all(map(_is_strong, stated)), _claims(stated)


def _number(row: TransferRow, stages: Iterable[str]) -> Text:
    """Give the number at a stage: certain where independent origins agree on it and nobody contradicts."""
    figures = [each for each in row.quantities if each["status"] in stages and each["origins"]]
    is_open = any(each["about"] or each["low"] != each["high"] for each in figures)
    texts = sorted({_bounds(each) for each in figures})
    is_certain = len(texts) == 1 and not is_open and _is_strong(figures[0])
    return " or ".join(texts) or UNKNOWN, is_certain, _claims(figures)


def _bounds(figure: dict[str, Any]) -> str:
    low, high = figure["low"], figure["high"]
    if low == high:
        return f"{low:g}" if low < 1e6 else f"{low:.0f}"
    if high is None:
        return f"{low:.0f} or more"
    return f"up to {high:.0f}" if low is None else f"{low:.0f} to {high:.0f}"


def _value(row: TransferRow) -> Text:
    """Give the values with their kinds side by side: they are never added up or taken for each other."""
    figures = [each for each in row.amounts if each["origins"]]
    texts = sorted(
        f"{_bounds(each)} {each['currency'] or ''} {each['kind'] or ''}".replace("  ", " ").strip() for each in figures
    )
    is_certain = len(set(texts)) == 1 and _is_strong(figures[0])
    return "; ".join(dict.fromkeys(texts)) or UNKNOWN, is_certain, _claims(figures)


def _status(row: TransferRow) -> Text:
    text = ", ".join(dict.fromkeys((row.status, *row.beside)))
    rungs = _rungs(row, {row.status, *row.beside})
    return text, all(map(_is_strong, rungs)), _claims(rungs)


def _comments(row: TransferRow) -> Text:
    notes = [f"{each['field']}: {each['note']}" for each in row.contradictions]
    if row.case_number:
        notes.append(f"case {row.case_number}")
    sides = [claim for each in row.contradictions for side in each["sides"] for claim in side["claims"]]
    return "; ".join(notes), True, sides


_READERS: dict[str, Callable[[TransferRow], Text]] = {
    "Recipient": lambda row: _side(row.recipient, row),
    "Supplier": lambda row: _side(row.supplier, row),
    "Year of order": lambda row: _year(row, {"contracted"}),
    "Number ordered": lambda row: _number(row, {"contracted", "in_production"}),
    "Weapon designation": _item,
    "Weapon description": _description,
    "Number delivered": lambda row: _number(row, HANDED_OVER),
    "Year(s) of delivery": lambda row: _year(row, HANDED_OVER),
    "Status": _status,
    "Value": _value,
    "Comments": _comments,
}
