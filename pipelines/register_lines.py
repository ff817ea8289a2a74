"""Lines of register files by named column, whichever of its layouts a register is exported in."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.register_cells import currency_of

HEAD_LINES = 40  # SIPRI prints eleven lines before its header; others some notes
# Names of columns by what they hold, as exports of the registers and of states print them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "deal": ("sipri at database id", "deal id", "trade id"),
    "supplier": (
        "supplier", "seller", "exporter", "exporter state", "exporting state", "exporting country", "origin",
        "exporter country", "source country",
    ),
    "recipient": (
        "recipient", "buyer", "importer", "importer state", "importing state", "importing country", "destination",
        "destination country", "end user country", "final importer state", "final importer", "country of destination",
        "end user", "importer country", "end-user country", "ultimate end user country",
    ),
    "reporter": ("reporter", "reporting state", "reporting country", "state", "country", "submitting state"),
    "flow": (
        "flow", "type of transfer", "transfer type", "direction", "table", "export/import", "import/export",
        "report type",
    ),
    "partner": ("partner", "partner state", "partner country", "other state"),
    "year": (
        "year of order", "order date", "order year", "year", "calendar year", "reporting year", "report year", "date",
        "licence year", "year of issue",
    ),
    "weapon": (
        "weapon designation", "designation", "description of item", "description of items", "model", "item", "goods",
        "type", "description of goods", "goods description",
    ),
    "description": ("weapon description", "description", "remarks on items"),
    "category": ("armament category", "weapon category"),
    "register_category": (
        "category", "register category", "category of equipment", "ml category", "rating", "control entry", "ml",
        "unroca category",
    ),
    "quantity": (
        "number ordered", "numbers ordered", "no. ordered", "number of items", "no. of items", "num_items", "number",
        "quantity", "items",
    ),
    "delivered": ("number delivered", "numbers delivered", "no. delivered", "delivered"),
    "delivery_years": (
        "year(s) of delivery", "years of delivery", "delivery year", "delivery year(s)", "year(s) of deliveries",
        "year of delivery",
    ),
    "condition": ("status", "condition"),
    "refused": ("refused", "refusal", "denied"),
    "value": ("value", "licence value", "license value", "total value", "value of licences", "amount"),
    "currency": ("currency",),
    "tiv": ("sipri tiv for total order", "tiv total order", "tiv deal"),
    "comments": ("comments", "comment", "remarks", "notes", "comments on the transfer"),
    "local": ("local production",),
}  # fmt: skip
# Either of these sets of columns tells the header of a kind.
NEEDED = {
    "sipri": ({"supplier", "recipient", "weapon"},),
    "unroca": ({"quantity", "recipient"}, {"quantity", "supplier"}, {"quantity", "partner"}, {"year", "partner"}),
    "licences": ({"recipient"}, {"reporter", "value"}),
}
DELIMITERS = (",", ";", "\t")
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
ESTIMATE = re.compile(r"\s+is\s+estimated?$")


class UnreadableRegisterError(Exception):
    """The file is no register of the kind named; the message says what is missing. Raised by read_lines()."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line by named column.

    ``marked`` are the columns in doubt: a question mark in the cell or in the one behind, or "is estimate" beside it.
    """

    number: int
    cells: dict[str, str]
    marked: frozenset[str]
    currency: str | None

    def get(self, name: str) -> str | None:
        """Give a cell's text without its question mark and brackets around the whole, or None where it is empty."""
        text = self.cells.get(name, "").strip().rstrip("?").strip()
        whole = IN_BRACKETS.fullmatch(text)
        return (whole[1] if whole else text).strip() or None


def read_lines(text: str, kind: str) -> Iterator[Line]:
    """Yield the lines below the header of a register of a kind. Raises UnreadableRegisterError."""
    delimiter = _delimiter(text, kind)
    header: list[str | None] = []
    currency = year = None
    for number, cells in _records(text, delimiter):
        if header:
            if any(cell.strip() for cell in cells):
                yield _line(number, header, cells, (currency, year))
        else:
            header = _header(cells, kind)
            currency = currency_of(cells[header.index("value")]) if "value" in header else None
            year = year or YEAR.search(" ".join(cells))  # one state's report names its year above the table
            year = None if "year" in header else year


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise UnreadableRegisterError(f"line {reader.line_num} is no CSV: {error}") from error


def _delimiter(text: str, kind: str) -> str:
    """Give what parts the cells of the header; comments and notes may hold more of another mark."""
    head = "\n".join(text.splitlines()[:HEAD_LINES])
    for delimiter in DELIMITERS:
        if any(_header(cells, kind) for _, cells in _records(head, delimiter)):
            return delimiter
    names = " or ".join(", ".join(sorted(names)) for names in NEEDED[kind])
    raise UnreadableRegisterError(f"no line names the columns {names} of a {kind} register")


def _header(cells: Sequence[str], kind: str) -> list[str | None]:
    """Give what each column holds, or nothing where the line does not name the columns needed."""
    found: list[str | None] = []
    for cell in cells:
        plain = re.sub(r"\s+", " ", cell.strip().casefold())
        whole = ESTIMATE.sub("", plain)
        name = _column(whole, found)
        found.append(name if whole == plain else _marking(whole))
    if "recipient" not in found and "reporter" in found and kind == "licences":
        found[found.index("reporter")] = "recipient"  # one state's licences by country
    return found if any(names <= set(found) for names in NEEDED[kind]) else []


def _column(plain: str, found: Sequence[str | None]) -> str | None:
    """Name a column by its heading, also without what it says in brackets: "Value (£)", "Category (I-VII)"."""
    for text in (plain, re.sub(r"\s*\([^()]*\)$", "", plain)):
        for name, names in COLUMNS.items():
            if text in names and name not in found:
                return name
    return None


def _marking(plain: str) -> str | None:
    """Name the column of yes and no that tells whether another is an estimate."""
    name = _column(plain, ())
    return f"{name}?" if name else None


def _line(
    number: int, header: Sequence[str | None], cells: Sequence[str], above: tuple[str | None, re.Match[str] | None]
) -> Line:
    named: dict[str, str] = {}
    marked = set()
    last = None
    for name, cell in zip(header, cells, strict=False):
        if name is not None and name.endswith("?"):
            marked |= {name.rstrip("?")} if cell.strip().casefold() in {"yes", "true", "1", "?"} else set()
        elif name is not None:
            named[name] = cell
            last = name
            if cell.strip().endswith("?") or cell.strip().startswith(("[", "(")):
                marked.add(name)
        elif cell.strip() == "?" and last is not None:
            marked.add(last)
    currency, year = above
    if year is not None:
        named.setdefault("year", year.group())
    return Line(number, named, frozenset(marked), currency)
