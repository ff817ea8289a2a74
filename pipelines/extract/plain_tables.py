"""Finds tables that are not written as tables: delimited text, lines of year and number, grids, term lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from lxml.html import HtmlElement

from pipelines.extract.table_choice import stands_aside
from pipelines.extract.table_grid import Grid, GridCell, is_note, make_grid
from pipelines.extract.table_values import PERIOD_HEADER, Style, parse_cell, parse_period

MAX_LINES = 2_000
_PERIOD_LINE = re.compile(
    r"\s{0,9}((?:FY ?|Q[1-4] )?(?:19|20)\d\d(?:[-–/]\d{2,4})?\*?(?: ?(?:г\.?|Q[1-4]))?)"
    r"\s{0,9}[:|,;=\t–—-]?\s{1,9}(\S.{0,80})$",
)
_NUMBERS = re.compile(r"[-–—…]|n/a|[^\w\s]{0,3}\d[\d.,]*\s?(?:%|bn|billion|m|million|млрд|млн)?\*?", re.IGNORECASE)
_RULE_LINE = re.compile(r"[\s|:+=_–—-]+$")
_DELIMITERS = ("|", "\t", ";", ",")
_ROW_CLASS = re.compile(r"(?:^|[\s_-])(?:row|tr|line)(?:$|[\s_-])", re.IGNORECASE)
_CODE = re.compile(r"[{}<>=]|\bdef\b|\breturn\b|\$ ")


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table in disguise: the element it stands or begins in, and the elements that hold nothing else."""

    grid: Grid
    element: HtmlElement
    whole: tuple[HtmlElement, ...] = ()


@dataclass(slots=True)
class Places:
    """Where tables may stand, gathered in one walk over the page."""

    tables: list[HtmlElement] = field(default_factory=list)
    texts: list[HtmlElement] = field(default_factory=list)
    breaks: dict[HtmlElement, int] = field(default_factory=dict)
    lines: list[HtmlElement] = field(default_factory=list)
    rows: dict[HtmlElement, list[HtmlElement]] = field(default_factory=dict)
    terms: list[HtmlElement] = field(default_factory=list)


def find_places(tree: HtmlElement) -> Places:
    """Walk the page once and note every element a table may stand in."""
    places = Places()
    for element in tree.iter("table", "pre", "br", "p", "li", "dl", "div"):
        tag = element.tag
        if tag == "div":
            named = element.get("role") or element.get("class")
            if named and "r" in named and len(element) >= 2 and (named == "row" or _ROW_CLASS.search(named)):
                places.rows.setdefault(element.getparent(), []).append(element)
        elif tag == "br":
            parent = element.getparent()
            places.breaks[parent] = places.breaks.get(parent, 0) + 1
        elif tag in {"p", "li"}:
            text = element.text
            if text and len(text) < 90 and _PERIOD_LINE.match(text):
                places.lines.append(element)
        elif tag == "table":
            places.tables.append(element)
        else:
            (places.texts if tag == "pre" else places.terms).append(element)
    return places


def find_plain_tables(places: Places) -> Iterator[PlainTable]:
    """Yield each table in disguise."""
    for elements, lines in _line_blocks(places):
        grid = grid_from_lines(lines)
        if grid and next(elements[0].iterancestors("table"), None) is None:
            is_whole = len(grid.rows) > 0.6 * sum(not line.isspace() for line in lines if line)
            yield PlainTable(grid, elements[0], elements if is_whole else ())
    for element, rows in (*_grids(places), *_term_lists(places)):
        if not stands_aside(element) and _is_mostly_numbers(rows):
            grid = make_grid(_cells(rows), None, len(rows) >= MAX_LINES)
            if grid:
                yield PlainTable(grid, element, (element,))


def _line_blocks(places: Places) -> Iterator[tuple[tuple[HtmlElement, ...], list[str]]]:
    """Yield the elements whose text may be lines of a table."""
    for element in places.texts:
        yield (element,), element.text_content()[:200_000].splitlines()[:MAX_LINES]
    for element in (parent for parent, count in places.breaks.items() if count >= 2):
        lines = _broken_lines(element)
        if any(_PERIOD_LINE.match(line) or "|" in line for line in lines):
            yield (element,), lines
    run: list[HtmlElement] = []
    for element in (*places.lines, None):
        if run and (element is None or element.getprevious() is not run[-1]):
            if len(run) >= 3:
                yield tuple(run), [_before(run[0]), *map(_text, run[:MAX_LINES])]
            run = []
        if element is not None:
            run.append(element)


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _before(element: HtmlElement) -> str:
    """Give the text of the sibling before an element (of its list, for a list's item): it may be the heading line."""
    before = element.getprevious() if element.tag != "li" else element.getparent().getprevious()
    text = _text(before) if before is not None and isinstance(before.tag, str) else ""
    return text if len(text) < 160 and not text.endswith((".", "!", "?", "。")) else ""


def _broken_lines(element: HtmlElement) -> list[str]:
    """Give the lines an element's <br>s make."""
    lines = [element.text or ""]
    for child in element[:MAX_LINES]:
        if child.tag == "br":
            lines.append(child.tail or "")
        elif isinstance(child.tag, str):
            lines[-1] += child.text_content() + (child.tail or "")
    return [" ".join(line.split(" ")).strip("\n\r ") for line in lines]


def grid_from_lines(lines: list[str]) -> Grid | None:
    """Read the first table that stands in lines of text."""
    kept = [line for line in lines if line.strip() and not _RULE_LINE.match(line)]
    for delimiter in _DELIMITERS:
        grid = _delimited(kept, delimiter)
        if grid:
            return grid
    return _period_lines(kept) or _delimited(kept, None)


def _delimited(lines: list[str], delimiter: str | None) -> Grid | None:
    """Read lines cut by one delimiter (None: by two blanks or more) into the same number of cells, mostly numbers."""
    rows: list[list[str]] = []
    notes: list[str] = []
    for line in lines:
        if delimiter and delimiter not in line:
            cells = []
        else:
            trimmed = line.strip().strip("|") if delimiter == "|" else line.strip()
            cells = [
                cell.strip(' "') for cell in (trimmed.split(delimiter) if delimiter else re.split(r"\s{2,20}", trimmed))
            ]
        if rows and len(cells) != len(rows[0]):
            notes = [line.strip()] if is_note(line.strip()) else []
            break
        if len(cells) >= 2:
            rows.append(cells)
    code = sum(bool(_CODE.search(cell)) for row in rows for cell in row)
    if len(rows) < 3 or code > 1 or not _is_mostly_numbers(rows):
        return None
    grid = make_grid(_cells(rows), 1 if not _has_numbers(rows[0]) else None, len(lines) >= MAX_LINES)
    return Grid(grid.columns, grid.rows, grid.title, (*grid.notes, *notes), grid.truncated) if grid else None


def _period_lines(lines: list[str]) -> Grid | None:
    """Read lines of a period and its numbers, with the line before them as heading."""
    first = next((index for index, line in enumerate(lines) if _numbers_of(line)), None)
    rows: list[list[str]] = []
    if first is None:
        return None
    for line in lines[first:]:
        cells = _numbers_of(line)
        if not cells or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    if len(rows) < 3 or not any(_is_number(cell) for row in rows for cell in row[1:]):
        return None
    notes = tuple(line for line in lines[first + len(rows) :][:3] if is_note(line))
    head = _heading(lines[first - 1] if first else "", len(rows[0]))
    return Grid(head, tuple(map(tuple, rows)), None, notes, len(lines) >= MAX_LINES)


def _numbers_of(line: str) -> list[str]:
    """Cut "2018 0.8 1.2" into its period and numbers; empty where anything else stands in the line."""
    match = _PERIOD_LINE.match(line)
    if not match or not parse_period(match[1]):
        return []
    cells = [match[1].strip()]
    rest = match[2].strip()
    if parse_cell(rest, Style()).kind in {"number", "range", "missing"}:
        return [*cells, rest]
    words = _NUMBERS.findall(rest)
    return [*cells, *words] if words and "".join(words).replace(" ", "") == re.sub(r"[\s|;]", "", rest) else []


def _heading(line: str, width: int) -> tuple[str, ...]:
    """Cut a heading line into as many columns as the rows have."""
    line = line.strip()
    wide = re.split(r"\s{2,20}|\t|\s?\|\s?", line)
    if len(wide) == width:
        return tuple(wide)
    head, _, rest = line.partition(" ")
    if PERIOD_HEADER.search(head):
        if width == 2:
            return head.strip(":,|"), rest.strip(" :,|–—-")
        words = rest.split()
        return (head, *words) if len(words) == width - 1 else (head, *[""] * (width - 1))
    return ("", line.rstrip(":")) if width == 2 else ("",) * width


def _grids(places: Places) -> Iterator[tuple[HtmlElement, list[list[str]]]]:
    """Yield grids made of divs: rows by role or class, cells the children of each."""
    for parent, rows in places.rows.items():
        if len(rows) >= 3 and len({len(row) for row in rows}) == 1:
            texts = [[_text(cell) for cell in row if isinstance(cell.tag, str)] for row in rows[:MAX_LINES]]
            if all(len(text) <= 60 for row in texts[1:] for text in row):
                yield parent, texts


def _term_lists(places: Places) -> Iterator[tuple[HtmlElement, list[list[str]]]]:
    """Yield definition lists whose terms are periods."""
    for element in places.terms:
        if next(element.iterancestors("dl"), None) is not None:
            continue
        pairs = pairwise(list(element.iter("dt", "dd"))[:MAX_LINES])
        rows = [[_text(left), _text(right)] for left, right in pairs if (left.tag, right.tag) == ("dt", "dd")]
        if len(rows) >= 3 and sum(bool(parse_period(row[0])) for row in rows) > 0.6 * len(rows):
            yield element, [["", _before(element)], *rows]


def _cells(rows: list[list[str]]) -> list[list[GridCell]]:
    width = len(rows[0]) if rows else 0
    return [
        [GridCell(text, False, number * width + index) for index, text in enumerate(row)]
        for number, row in enumerate(rows)
    ]


def _is_number(text: str) -> bool:
    return parse_cell(text, Style()).kind in {"number", "range", "missing"}


def _has_numbers(row: list[str]) -> bool:
    return any(_is_number(cell) for cell in row)


def _is_mostly_numbers(rows: list[list[str]]) -> bool:
    """Tell whether the cells after the first row and column are numbers, for the most part."""
    cells = [cell for row in rows[1:] for cell in row[1:]]
    return bool(cells) and sum(map(_is_number, cells)) >= 0.5 * len(cells)
