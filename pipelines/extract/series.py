"""Reads tables as time series: one value a period, gaps named, down the columns or along the rows."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.extract.table_units import Unit, find_measure, find_unit, inherited
from pipelines.extract.table_values import Period, is_period_column, parse_period
from pipelines.items import Cell, Observation, SeriesDraft

MAX_SERIES = 200  # of one table
_NOTES = re.compile(
    r"\W*(?:notes?|remarks?|comments?|sources?|notas?|observaciones|примеч|источник|remarques)", re.IGNORECASE
)
_VALUES = frozenset({"number", "range", "missing", "empty"})


# Columns headed by a period, each with what else the heading says: "Orders / 2019".
PeriodHeads = Mapping[int, tuple[Period, str]]


@dataclass(frozen=True, slots=True)
class _Place:
    """A period and the cell that holds its value."""

    period: Period
    row: int
    column: int


def find_series(columns: Sequence[str], rows: Sequence[Sequence[Cell]], caption: str | None) -> tuple[SeriesDraft, ...]:
    """Give the series of a table whose periods stand in a column, or else of one whose headings are periods."""
    down = _down(columns, rows)
    found = _along(columns, rows) if down is None else down
    return tuple(
        _series(label, caption, places, rows) for label, places in list(found)[:MAX_SERIES] if _is_numeric(places, rows)
    )


def head_periods(columns: Sequence[str]) -> PeriodHeads:
    """Give the columns headed by a period of the commonest kind."""
    read = {}
    for index, head in enumerate(columns):
        parts = head.split(" / ")
        periods = [(parse_period(part), part) for part in parts]
        known = [(period, part) for period, part in periods if period]
        if len(known) == 1:
            read[index] = known[0][0], " / ".join(part for part in parts if part != known[0][1])
    usual = _usual_kinds([period for period, _ in read.values()])
    return {index: each for index, each in read.items() if each[0].kind in usual}


def row_label(columns: Sequence[str], texts: Sequence[str], heads: PeriodHeads) -> str:
    """Name a row that is a series by its words beside the values, each with its heading; notes name nothing."""
    named = [
        (columns[index], text)
        for index, text in enumerate(texts)
        if index not in heads and any(map(str.isalpha, text)) and not _NOTES.match(columns[index])
    ]
    return " / ".join(dict.fromkeys(f"{head}: {text}" if head else text for head, text in named))


def _down(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[str, list[_Place]]] | None:
    """Yield each column beside the first column of periods, parted where the rows name several partners."""
    time = next((index for index in range(len(columns)) if _is_time(columns[index], rows, index)), None)
    if time is None:
        return None
    periods = _periods(rows, time)
    repeated = len({period.number for _, period in periods}) < len(periods)
    groups = _partners(columns, rows, time, periods) if repeated else {"": periods}
    return (
        (" / ".join(filter(None, (partner, columns[column]))), [_Place(each, row, column) for row, each in own])
        for partner, own in groups.items()
        for column in range(len(columns))
        if column != time and not _is_time(columns[column], rows, column)
    )


def _partners(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], time: int, periods: list[tuple[int, Period]]
) -> dict[str, list[tuple[int, Period]]]:
    """Part rows that give each year several times by the words that come again: "2019, Qatar" and "2020, Qatar"."""
    words = [
        column
        for column in range(len(columns))
        if column != time
        and not _NOTES.match(columns[column])
        and all(rows[row][column].kind == "text" for row, _ in periods)
        and len({rows[row][column].text for row, _ in periods}) < len(periods)
    ]
    groups: dict[str, list[tuple[int, Period]]] = defaultdict(list)
    for row, period in periods:
        groups[" / ".join(f"{columns[column]}: {rows[row][column].text}" for column in words)].append((row, period))
    return {name: own for name, own in groups.items() if name and len({each.number for _, each in own}) == len(own)}


def _along(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[str, list[_Place]]]:
    """Yield each row under headings that are periods, once for each thing these headings say beside them."""
    heads = head_periods(columns)
    if len(heads) == len(columns):
        return
    kinds = dict.fromkeys(rest for _, rest in heads.values())
    for row, cells in enumerate(rows):
        label = row_label(columns, [cell.text for cell in cells], heads)
        for kind in kinds:
            own = [_Place(period, row, column) for column, (period, rest) in heads.items() if rest == kind]
            if label and len({each.period.number for each in own}) == len(own):
                yield " / ".join(filter(None, (label, kind))), own


def _is_time(header: str, rows: Sequence[Sequence[Cell]], column: int) -> bool:
    return is_period_column(header, [row[column].text for row in rows])


def _periods(rows: Sequence[Sequence[Cell]], column: int) -> list[tuple[int, Period]]:
    """List the rows that stand for a period, of the commonest kind; totals and longer spans are no observations."""
    read = [(index, period) for index, row in enumerate(rows) if (period := parse_period(row[column].text))]
    usual = _usual_kinds([period for _, period in read])
    return [(index, period) for index, period in read if period.kind in usual]


def _usual_kinds(periods: Sequence[Period]) -> frozenset[str]:
    """Give the kind most periods are of; fiscal years go with years, spans and halves make no series."""
    kinds = ["year" if period.kind == "fiscal year" else period.kind for period in periods]
    usual = max(set(kinds), key=kinds.count) if kinds else ""
    if usual in {"", "span", "half"}:
        return frozenset()
    return frozenset({"year", "fiscal year"} if usual == "year" else {usual})


def _is_numeric(places: Sequence[_Place], rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether there are values for most of two periods or more."""
    kinds = [rows[each.row][each.column].kind for each in places]
    values = sum(kind in {"number", "range"} for kind in kinds)
    known = sum(kind in _VALUES for kind in kinds)
    return len(places) >= 2 and values >= 1 and known >= 0.6 * len(kinds)


def _series(label: str, caption: str | None, places: Sequence[_Place], rows: Sequence[Sequence[Cell]]) -> SeriesDraft:
    cells = [rows[each.row][each.column] for each in places]
    unit = column_unit(label, caption)
    measure, kind = find_measure(label, caption)
    return SeriesDraft(
        column=min(each.column for each in places),
        label=label,
        supplier=None,
        recipient=None,
        measure=measure,
        unit=unit.unit or _unit_of_cells(cells),
        scale=unit.scale or 1.0,
        value_kind=kind,
        observations=_observations(places, rows),
    )


def _unit_of_cells(cells: Sequence[Cell]) -> str | None:
    """Give the unit most cells state themselves."""
    units = [find_unit(cell.text).unit for cell in cells if cell.kind in {"number", "range"}]
    usual = max(set(units), key=units.count) if units else None
    return usual if usual is not None and units.count(usual) * 2 > len(units) else None


def _observations(places: Sequence[_Place], rows: Sequence[Sequence[Cell]]) -> tuple[Observation, ...]:
    """One observation a period, in time's order, with a missing one for each year the table skips."""
    found = {each.period.number: _observation(each, rows[each.row][each.column]) for each in places}
    if all(number < 3000 for number in found):
        for earlier, later in pairwise(sorted(found)):
            if later - earlier < 60:
                found |= {year: Observation(year, None, None, missing=True) for year in range(earlier + 1, later)}
    return tuple(found[number] for number in sorted(found))


def _observation(place: _Place, cell: Cell) -> Observation:
    """Read one cell as a value in time; a range stays unread, its words are kept."""
    is_missing = cell.kind in {"missing", "empty"}
    value = cell.value if cell.kind == "number" else None
    return Observation(place.period.number, value, cell.text or None, is_missing, place.row, place.column)


def column_unit(label: str, caption: str | None) -> Unit:
    """Give the unit and scale that values under a label inherit."""
    return inherited(find_unit(label), find_unit(caption))
