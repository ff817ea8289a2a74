"""Reads the data tables of a page: which tables are data, their captions, headings, typed cells, notes and series."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from lxml.html import HtmlElement

from pipelines.extract.headline import letters
from pipelines.extract.plain_tables import Places, find_places, find_plain_tables
from pipelines.extract.series import PeriodHeads, column_unit, find_series, head_periods, row_label
from pipelines.extract.table_choice import is_data_table
from pipelines.extract.table_grid import MAX_CELLS, Grid, is_note, read_grid
from pipelines.extract.table_units import find_unit
from pipelines.extract.table_values import Style, decimal_mark, is_period_column, language_mark, parse_cell
from pipelines.items import Cell, TableDraft

MAX_TABLES = 200
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True)
class FoundTables:
    """The data tables of a page, and where they stand.

    ``anchors`` are the elements each stands in or begins at, ``elements`` those that hold nothing else, ``lines`` the
    letters of lines of text that are rows.
    """

    language: str | None = None
    drafts: list[TableDraft] = field(default_factory=list)
    anchors: list[HtmlElement] = field(default_factory=list)
    elements: set[HtmlElement] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    problems: tuple[str, ...] = ()

    def add(self, grid: Grid, element: HtmlElement, caption: str | None) -> None:
        """Take up one table that stands in or begins at an element."""
        notes = (*grid.notes, *_note_after(element))
        self.anchors.append(element)
        self.drafts.append(draft_table(len(self.drafts), grid, grid.title or caption, notes, self.language))


def read_tables(tree: HtmlElement) -> FoundTables:
    """Read every data table of the page in order; layout tables are passed over."""
    found = FoundTables(tree.get("lang"))
    places = find_places(tree)
    left = MAX_CELLS
    for table in filter(is_data_table, places.tables):
        if left <= 0 or len(found.drafts) == MAX_TABLES:
            found.problems = (f"not all tables read: more than {MAX_TABLES}, or than {MAX_CELLS} cells",)
            break
        grid = read_grid(table, left)
        if grid:
            left -= len(grid.rows) * len(grid.columns)
            found.add(grid, table, _caption(table))
            found.elements.update(() if grid.truncated else (table,))
    _add_plain_tables(found, places)
    return found


def _add_plain_tables(found: FoundTables, places: Places) -> None:
    for plain in islice(find_plain_tables(places), MAX_TABLES - len(found.drafts)):
        grid = plain.grid
        found.add(grid, plain.element, _line_before(plain.element))
        found.elements.update(plain.whole)
        # A line that only leads in ("Exports, in billions:") is text as well as the name of a column.
        rows = (*grid.rows, *((note,) for note in grid.notes), grid.columns if grid.columns[0] else ())
        found.lines.update(letters("".join(row)) for row in rows if any(row))


def placed_tables(found: FoundTables, places: Mapping[HtmlElement, int]) -> tuple[TableDraft, ...]:
    """Return the tables, each with the number of paragraphs before it where it stands in the text."""
    pairs = zip(found.drafts, found.anchors, strict=True)
    return tuple(replace(draft, paragraph=places.get(anchor)) for draft, anchor in pairs)


def draft_table(
    position: int, grid: Grid, caption: str | None, notes: tuple[str, ...], language: str | None
) -> TableDraft:
    """Type the cells of a grid and read its series."""
    texts = [[row[index] for row in grid.rows] for index in range(len(grid.columns))]
    mark = decimal_mark((text for column in texts for text in column), language_mark(language))
    styles = [
        Style(decimal_mark(column, mark), column_unit(head, caption), is_period_column(head, column))
        for head, column in zip(grid.columns, texts, strict=True)
    ]
    heads = {} if any(style.is_period for style in styles) else head_periods(grid.columns)
    rows = tuple(_typed_row(row, _styles_of_row(grid.columns, row, styles, heads, caption)) for row in grid.rows)
    units = {style.unit for style, head in zip(styles, grid.columns, strict=True) if find_unit(head).unit}
    shared = units.pop() if len(units) == 1 else find_unit(caption)
    return TableDraft(
        position=position,
        caption=caption,
        columns=grid.columns,
        rows=rows,
        unit=shared.unit,
        scale=shared.scale or 1.0,
        notes=notes,
        truncated=grid.truncated,
        series=find_series(grid.columns, rows, caption),
    )


def _typed_row(texts: Sequence[str], styles: Sequence[Style]) -> tuple[Cell, ...]:
    return tuple(parse_cell(text, style) for text, style in zip(texts, styles, strict=True))


def _styles_of_row(
    columns: Sequence[str], row: Sequence[str], styles: list[Style], heads: PeriodHeads, caption: str | None
) -> list[Style]:
    """Give the styles of one row: under headings that are periods the row's own words name the unit."""
    if not heads:
        return styles
    unit = column_unit(row_label(columns, row, heads), caption)
    return [replace(style, unit=unit) if index in heads else style for index, style in enumerate(styles)]


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _caption(table: HtmlElement) -> str | None:
    """Find the words that name a table: its caption, its figure's, or the heading or bold line right before it."""
    for element in table.iterchildren("caption"):
        if _text(element):
            return _text(element)[:500]
    outer = table
    for parent in table.iterancestors():
        if parent.tag == "figure":
            captions = [_text(element) for element in parent.iter("figcaption")]
            return captions[0][:500] if captions and captions[0] else _line_before(parent)
        if parent.tag != "div" or len(parent) != 1:
            break
        outer = parent
    return _line_before(outer)


def _line_before(element: HtmlElement) -> str | None:
    """Give the heading, bold line, "Table 1" line or line that leads in ("Exports, in millions:") before an element."""
    before = element.getprevious()
    if before is None or not isinstance(before.tag, str) or (before.tail or "").strip():
        return None
    text = _text(before)
    if not text or len(text) > 250:
        return None
    if before.tag in _HEADINGS:
        return text
    bold = "".join(_text(part) for part in before.iter("b", "strong"))
    named = text.lower().startswith(("table", "tabla", "tabelle", "таблица", "tableau", "tabela", "表"))
    leads = named or text.endswith((":", "：")) or len(bold) > 0.8 * len(text)
    return text if before.tag in {"p", "div"} and leads else None


def _note_after(table: HtmlElement) -> tuple[str, ...]:
    """Give the source or note line right after a table or the figure around it."""
    outer = table.getparent() if table.getparent() is not None and table.getparent().tag == "figure" else table
    notes = []
    for after in outer.itersiblings():
        text = _text(after) if isinstance(after.tag, str) and after.tag in {"p", "div", "small", "span", "em"} else ""
        if not text or len(text) > 500 or not is_note(text):
            break
        notes.append(text)
    return tuple(notes[:5])
