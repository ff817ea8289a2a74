"""Reads table columns as time series: one value a period, gaps named."""

from collections.abc import Sequence
from itertools import pairwise

from pipelines.extract.table_units import Unit, find_measure, find_unit, inherited
from pipelines.extract.table_values import Period, is_period_column, parse_period
from pipelines.items import Cell, Observation, SeriesDraft

_VALUES = frozenset({"number", "range", "missing", "empty"})


def find_series(columns: Sequence[str], rows: Sequence[Sequence[Cell]], caption: str | None) -> tuple[SeriesDraft, ...]:
    """Give one series for each numeric column beside the first column of years or periods."""
    period_column = next((i for i in range(len(columns)) if _is_time(columns[i], rows, i)), None)
    if period_column is None:
        return ()
    periods = _periods(rows, period_column)
    if len(periods) < 2 or len({period.number for _, period in periods}) < len(periods):
        return ()
    return tuple(
        _series(index, columns[index], caption, periods, rows)
        for index in range(len(columns))
        if index != period_column and _is_numeric(columns[index], rows, periods, index)
    )


def _is_time(header: str, rows: Sequence[Sequence[Cell]], column: int) -> bool:
    return is_period_column(header, [row[column].text for row in rows])


def _periods(rows: Sequence[Sequence[Cell]], column: int) -> list[tuple[int, Period]]:
    """List the rows that stand for a period, of the commonest kind; totals and longer spans are no observations."""
    read = [(index, parse_period(row[column].text)) for index, row in enumerate(rows)]
    kinds = ["year" if period.kind == "fiscal year" else period.kind for _, period in read if period]
    usual = max(set(kinds), key=kinds.count) if kinds else ""
    if usual in {"", "span", "half"}:
        return []
    wanted = {"year", "fiscal year"} if usual == "year" else {usual}
    return [(index, period) for index, period in read if period and period.kind in wanted]


def _is_numeric(header: str, rows: Sequence[Sequence[Cell]], periods: list[tuple[int, Period]], column: int) -> bool:
    """Tell whether a column holds values for most periods."""
    cells = [rows[index][column] for index, _ in periods]
    values = sum(cell.kind in {"number", "range"} for cell in cells)
    known = sum(cell.kind in _VALUES for cell in cells)
    return values >= 1 and known >= 0.6 * len(cells) and not _is_time(header, rows, column)


def _series(
    column: int,
    label: str,
    caption: str | None,
    periods: list[tuple[int, Period]],
    rows: Sequence[Sequence[Cell]],
) -> SeriesDraft:
    """Build the series of one column."""
    cells = [rows[index][column] for index, _ in periods]
    unit = inherited(find_unit(label), find_unit(caption))
    measure, kind = find_measure(label, caption)
    return SeriesDraft(
        column=column,
        label=label,
        supplier=None,
        recipient=None,
        measure=measure,
        unit=unit.unit or _unit_of_cells(cells),
        scale=unit.scale or 1.0,
        value_kind=kind,
        observations=_observations(column, periods, rows),
    )


def _unit_of_cells(cells: Sequence[Cell]) -> str | None:
    """Give the unit most cells state themselves."""
    units = [find_unit(cell.text).unit for cell in cells if cell.kind in {"number", "range"}]
    usual = max(set(units), key=units.count) if units else None
    return usual if usual is not None and units.count(usual) * 2 > len(units) else None


def _observations(
    column: int, periods: list[tuple[int, Period]], rows: Sequence[Sequence[Cell]]
) -> tuple[Observation, ...]:
    """One observation a period, in time's order, with a missing one for each year the table skips."""
    found = {period.number: _observation(period.number, rows[index][column], index) for index, period in periods}
    if all(number < 3000 for number in found):
        for earlier, later in pairwise(sorted(found)):
            if later - earlier < 60:
                found |= {year: Observation(year, None, None, missing=True) for year in range(earlier + 1, later)}
    return tuple(found[number] for number in sorted(found))


def _observation(period: int, cell: Cell, row: int) -> Observation:
    """Read one cell as a value in time; a range stays unread, its words are kept."""
    if cell.kind == "number":
        return Observation(period, cell.value, cell.text, row=row)
    return Observation(period, None, cell.text or None, missing=cell.kind in {"missing", "empty"}, row=row)


def column_unit(label: str, caption: str | None) -> Unit:
    """Give the unit and scale a column's cells inherit."""
    return inherited(find_unit(label), find_unit(caption))
