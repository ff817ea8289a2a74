"""The claims of a table's series: one for each period, its cell the evidence."""

import re
from collections.abc import Iterator

from pipelines.claims.named_goods import NamedGoods, find_goods
from pipelines.items import ArticleDraft, Cell, ClaimDraft, Evidence, Observation, SeriesDraft, TableDraft

MONEY = re.compile(r"[A-Z]{3}")
TIV = "TIV"


def series_claims(draft: ArticleDraft) -> tuple[ClaimDraft, ...]:
    """Give one claim for each observed year of every series whose both sides and whose unit are known."""
    return tuple(
        claim
        for table in draft.tables
        for series in table.series
        if series.supplier and series.recipient
        for claim in _claims(table, series, draft.language or "en")
    )


def _claims(table: TableDraft, series: SeriesDraft, language: str) -> Iterator[ClaimDraft]:
    goods = find_goods(series.label, language) or find_goods(table.caption or "", language)
    is_counted = series.unit == "units" and goods is not None
    if not is_counted and (series.unit is None or not MONEY.fullmatch(series.unit)):
        return
    for observation in series.observations:
        cell = _cell(table, observation)
        if cell is not None and 1900 < observation.period < 2200:
            yield _claim(table, series, observation, cell, goods)


def _cell(table: TableDraft, observation: Observation) -> Cell | None:
    """Give the cell of a value; a gap has none."""
    if observation.row is None or observation.column is None:
        return None
    cell = table.rows[observation.row][observation.column]
    return cell if cell.kind in {"number", "range"} else None


def _claim(
    table: TableDraft, series: SeriesDraft, observation: Observation, cell: Cell, goods: NamedGoods | None
) -> ClaimDraft:
    qualifier = cell.qualifier or ("range" if cell.kind == "range" else "exact")
    low = None if qualifier == "up_to" else cell.value
    high = None if qualifier == "over" else cell.value_max if cell.kind == "range" else cell.value
    is_counted = series.unit == "units"
    is_delivered = series.measure == "deliveries" and bool(cell.value or cell.value_max)
    return ClaimDraft(
        supplier=series.supplier,
        recipient=series.recipient,
        evidence=Evidence(quote=cell.text, table=table.position, row=observation.row, column=observation.column),
        status="delivered" if is_delivered else "general",
        modality="asserted",
        rule="series",
        confidence=0.8,
        weapon=goods.weapon if goods else None,
        weapon_raw=(goods.raw,) if goods else (),
        category=goods.category if goods else None,
        register_category=goods.register_category if goods else None,
        quantity=_count(cell) if is_counted else None,
        quantity_qualifier=qualifier if is_counted else None,
        value_min=None if is_counted else low,
        value_max=None if is_counted else high,
        value_qualifier=None if is_counted else qualifier,
        currency=None if is_counted or series.unit == TIV else series.unit,
        value_kind=None if is_counted else TIV if series.unit == TIV else series.value_kind,
        year=observation.period,
    )


def _count(cell: Cell) -> int | None:
    """Give a whole number of items; of a range the limit that is printed, as claims of sentences do."""
    number = cell.value if cell.kind == "number" else cell.value_max
    return int(number) if number is not None and number.is_integer() else None
