"""Turns one chosen table element into a grid of texts: spans resolved, headings told from rows, notes set aside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.etree
from lxml.html import HtmlElement

MAX_CELLS = 10_000  # on one page; more would take a second and longer
MAX_COLUMNS = 1_000  # the HTML standard's own limit of colspan
MAX_ROWSPAN = 65_534

_NOTE = re.compile(
    r"^\W{0,3}(?:sources?|notes?|data|remarks?|footnotes?|quellen?|anmerkung(?:en)?|hinweis|fuentes?|notas?|fontes?|nota|"
    r"источники?|примечани[ея]|źródło|zdroj|bron|kaynak|来源|注)\s*[:.：—-]|^[*†‡§¹²³]\s*\w|^\(?[a-z1-9]\)\s+\w",
    re.IGNORECASE,
)
_FOOTNOTE_MARK = re.compile(r"^[\[(]?(?:[a-z]|\d{1,2}|[*†‡§]{1,3}|note \d)[\])]?$", re.IGNORECASE)
_SPAN = re.compile(r"\s*\+?(\d{1,12})")
_BREAKS = frozenset({"br", "p", "div", "li", "ul", "ol", "dd", "dt"})
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One place of the grid; a spanning cell stands in each place it covers, ``origin`` tells which one it is."""

    text: str
    is_head: bool
    origin: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as rows of equal width: heading texts joined, body rows, notes that stood in rows of their own."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str | None
    notes: tuple[str, ...]
    truncated: bool


def is_note(text: str) -> bool:
    """Tell whether a line names a source or explains a mark."""
    return bool(_NOTE.match(text))


def read_grid(table: HtmlElement, budget: int = MAX_CELLS) -> Grid | None:
    """Read a table element, as many cells of it as the budget allows; None where nothing rectangular is in it."""
    return make_grid(*_resolve(table, budget))


def make_grid(rows: list[list[GridCell]], heads: int | None, truncated: bool) -> Grid | None:
    """Split resolved rows into title, headings, body and notes; ``heads`` counts the rows marked as headings."""
    width = max(map(len, rows), default=0)
    if width < 2:
        return None
    title, rows, heads = _take_title(rows, heads)
    body, notes = _take_notes(rows)
    count = _head_rows(body, heads)
    columns = tuple(
        _joined_head([row[index].text for row in body[:count] if index < len(row)]) for index in range(width)
    )
    texts = [tuple(cell.text for cell in row) + ("",) * (width - len(row)) for row in body[count:]]
    kept = _without_labels(columns, [row for row in texts if any(row)])
    filled = sum(any(row[index] for row in kept) for index in range(width))
    # One column of texts beside pictures or nothing is a list.
    return Grid(columns, kept, title, notes, truncated) if filled >= 2 else None


def _without_labels(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Take a column's heading out of its cells where each repeats it, as tables made for narrow screens do."""
    labels = [
        head if head and len(rows) > 1 and all(row[index].startswith(head) for row in rows if row[index]) else ""
        for index, head in enumerate(columns)
    ]
    return tuple(
        tuple(text.removeprefix(label).lstrip(" :") if label else text for text, label in zip(row, labels, strict=True))
        for row in rows
    )


def _rows_of(table: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the table's own rows with their section, the foot last."""
    rows = [(row, str(row.getparent().tag)) for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    yield from (item for item in rows if item[1] == "thead")
    yield from (item for item in rows if item[1] not in {"thead", "tfoot"})
    yield from (item for item in rows if item[1] == "tfoot")


def _span(value: object, limit: int) -> int:
    """Read a colspan or rowspan as browsers do: leading digits, within the standard's limits, else 1."""
    match = _SPAN.match(str(value or ""))
    return max(1, min(int(match[1]), limit)) if match else 1


def _cells_of(row: HtmlElement) -> list[HtmlElement]:
    return list(row.iterchildren("td", "th"))


def _sane_span(tag: HtmlElement) -> int:
    """Give a cell's width for measuring the table: spans no real table needs count as one column."""
    span = _span(tag.get("colspan"), MAX_COLUMNS)
    return span if span <= 100 else 1


def _resolve(table: HtmlElement, budget: int) -> tuple[list[list[GridCell]], int | None, bool]:
    """Lay the cells out; gives the rows, how many stand in thead, and whether the budget ended it."""
    rows: list[list[GridCell]] = []
    carried: dict[int, tuple[int, GridCell]] = {}
    spent = heads = origin = 0
    sections = list(_rows_of(table))
    widest = max((sum(_sane_span(tag) for tag in _cells_of(row)) for row, _ in sections), default=1)
    for row, section in sections:
        heads += section == "thead"
        placed = _from_above(carried)
        column = 0
        for tag in _cells_of(row):
            origin += 1
            cell = GridCell(cell_text(tag), tag.tag == "th" or section == "thead", origin)
            down = _span(tag.get("rowspan"), MAX_ROWSPAN)
            for _ in range(_span(tag.get("colspan"), min(widest, MAX_COLUMNS))):
                while column in placed:
                    column += 1
                if column >= MAX_COLUMNS:
                    break
                placed[column] = cell
                if down > 1:
                    carried[column] = (down - 1, cell)
        width = max(placed, default=-1) + 1
        spent += width
        if spent > budget:
            return _narrowed(rows), heads or None, True
        blank = GridCell("", False, 0)
        rows.append([placed.get(index, blank) for index in range(width)])
    return _narrowed(rows), heads or None, False


def _from_above(carried: dict[int, tuple[int, GridCell]]) -> dict[int, GridCell]:
    """Give the cells that reach down into the next row, each with one row less to go."""
    placed = {column: cell for column, (_, cell) in carried.items()}
    for column, (left, cell) in list(carried.items()):
        carried[column] = (left - 1, cell)
        if left <= 1:
            del carried[column]
    return placed


def _narrowed(rows: list[list[GridCell]]) -> list[list[GridCell]]:
    """Cut off columns that only an exaggerated colspan made."""
    widths = sorted(len({cell.origin for cell in row}) for row in rows if row)
    real = widths[-1] if widths else 0
    width = max((len(row) for row in rows if len({cell.origin for cell in row}) > max(1, real // 2)), default=0)
    return [row[:width] for row in rows]


def cell_text(cell: HtmlElement) -> str:
    """Give a cell's text as read: line breaks as blanks, footnote marks in superscript left out."""
    parts = [cell.text or ""]
    if len(cell):
        walker = lxml.etree.iterwalk(cell, events=("start", "end", "comment"))
        for event, node in walker:
            if node is cell:
                continue
            if event != "start":
                parts.append(node.tail or "")
            elif node.tag in {"script", "style"} or _is_footnote_mark(node, "".join(parts)):
                walker.skip_subtree()
            else:
                parts.append(f"{' ' if node.tag in _BREAKS else ''}{node.text or ''}")
    return " ".join("".join(parts).replace("\u00ad", "").split())


def _is_footnote_mark(element: HtmlElement, before: str) -> bool:
    """Tell whether a superscript only points to a note, and is no power as in km² or 10⁶."""
    if element.tag != "sup" or not before or before.endswith(("m", "10")):
        return False
    return _FOOTNOTE_MARK.match(element.text_content().strip()) is not None


def _take_title(rows: list[list[GridCell]], heads: int | None) -> tuple[str | None, list[list[GridCell]], int | None]:
    """Take a first row that is one cell over the whole width: it is the table's title."""
    if len(rows) > 2 and rows[0] and len({cell.origin for cell in rows[0]}) == 1 and rows[0][0].text:
        return rows[0][0].text, rows[1:], heads - 1 if heads else heads
    return None, rows, heads


def _take_notes(rows: list[list[GridCell]]) -> tuple[list[list[GridCell]], tuple[str, ...]]:
    """Take closing rows that hold one text only and read like a note."""
    notes: list[str] = []
    end = len(rows)
    while end > 1:
        texts = {cell.text for cell in rows[end - 1] if cell.text}
        if len(texts) > 1 or (texts and not is_note(next(iter(texts)))):
            break
        notes.extend(texts)
        end -= 1
    return rows[:end], tuple(reversed(notes))


def _head_rows(rows: list[list[GridCell]], marked: int | None) -> int:
    """Count the leading rows that are headings."""
    count = marked or 0
    while count < min(len(rows) - 1, 5) and rows[count] and all(cell.is_head or not cell.text for cell in rows[count]):
        count += 1
    if count or len(rows) < 2:
        return min(count, len(rows) - 1)
    return int(_first_row_names_columns(rows))


def _first_row_names_columns(rows: list[list[GridCell]]) -> bool:
    """Tell whether an unmarked first row reads like headings: words above numbers, or short texts not seen again."""
    first = [cell.text for cell in rows[0]]
    if any(cell.is_head for cell in rows[0]) or len({text for text in first if text}) < 2:
        return False
    years = [text for text in first[1:] if re.fullmatch(r"(?:19|20)\d\d", text)]
    if len(years) >= 2 and len(years) >= len(first) - 2:
        return True
    below = [[row[index].text for row in rows[1:] if index < len(row)] for index in range(len(first))]
    return any(
        text and not _DIGIT.match(text) and sum(bool(_DIGIT.search(item[:4])) for item in column) > 0.6 * len(column)
        for text, column in zip(first, below, strict=True)
    ) and not any(_DIGIT.match(text) for text in first)


def _joined_head(texts: list[str]) -> str:
    """Join the heading texts above a column, each once."""
    return " / ".join(dict.fromkeys(text for text in texts if text))
