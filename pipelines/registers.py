"""Trade registers the user has as files: SIPRI's, the UN's, tables of licences, read into rows of one form."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.claims.entries import read_rows, weapon_rows
from pipelines.claims.gazetteer import scan
from pipelines.claims.places import find_states

HEAD_LINES = 40  # SIPRI prints eleven lines before its header; others some notes
# Names of columns by what they hold, as exports of the registers and of states print them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "supplier": ("supplier", "seller", "exporter", "exporter state", "exporting state", "exporting country", "origin"),
    "recipient": (
        "recipient", "buyer", "importer", "importer state", "importing state", "importing country", "destination",
        "destination country", "end user country", "final importer state", "country of destination", "end user",
    ),
    "reporter": ("reporter", "reporting state", "reporting country", "state", "country", "submitting state"),
    "flow": ("flow", "type of transfer", "transfer type", "direction", "export/import", "import/export", "report type"),
    "partner": ("partner", "partner state", "partner country", "other state"),
    "year": ("year of order", "order date", "year", "calendar year", "reporting year", "licence year", "year of issue"),
    "weapon": (
        "weapon designation", "designation", "description of item", "description of items", "model", "item", "goods",
        "type",
    ),
    "description": ("weapon description", "description", "remarks on items"),
    "register_category": (
        "category", "register category", "category of equipment", "ml category", "rating", "control entry", "ml",
    ),
    "quantity": (
        "number ordered", "number of items", "number", "quantity", "items", "no. of items", "numbers ordered",
    ),
    "delivered": ("number delivered", "numbers delivered", "delivered"),
    "delivery_years": ("year(s) of delivery", "years of delivery", "delivery year", "year of delivery"),
    "condition": ("status", "condition"),
    "value": ("value", "licence value", "license value", "total value", "value of licences", "amount"),
    "currency": ("currency",),
    "tiv": ("sipri tiv for total order", "tiv total order", "tiv deal"),
    "comments": ("comments", "comment", "remarks", "notes"),
}  # fmt: skip
NEEDED = {"sipri": ("supplier", "recipient", "weapon"), "unroca": ("year",), "licences": ("recipient",)}
NUMBER = re.compile(r"\d{1,3}(?:[,' \u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
ROMAN = re.compile(r"^(?:category\s*)?(VIII|VII|VI|IV|V|III|II|I)\b", re.IGNORECASE)
CURRENCY = re.compile(r"\b([A-Z]{3})\b|([£€$])")
TURNED = re.compile(r"^([^,(]+?)\s*(?:,\s*|\()([^,()]*\bof(?: the)?)\)?$", re.IGNORECASE)
SIGNS = {"£": "GBP", "€": "EUR", "$": "USD"}
CATEGORIES = {
    "aircraft": "aircraft", "air defence systems": "air-defence systems", "air-defence systems": "air-defence systems",
    "armoured vehicles": "armoured vehicles", "artillery": "artillery", "engines": "engines", "missiles": "missiles",
    "naval weapons": "naval weapons", "satellites": "satellites", "sensors": "sensors", "ships": "ships",
}  # fmt: skip


class UnreadableRegisterError(Exception):
    """The file is no register of the kind named; the message says what is missing. Raised by parse_register()."""


@dataclass(frozen=True, slots=True)
class RegisterDraft:
    """One line of a register; states by ISO 3166-1 alpha-3 where the name is one, always with the name as printed."""

    line: int
    supplier: str | None = None
    supplier_raw: str | None = None
    recipient: str | None = None
    recipient_raw: str | None = None
    reporter: str | None = None
    weapon: str | None = None
    weapon_raw: str | None = None
    description: str | None = None
    category: str | None = None
    register_category: str | None = None
    year: int | None = None
    quantity: int | None = None
    delivered: int | None = None
    delivery_years: tuple[str, ...] = ()
    condition: str | None = None
    value: float | None = None
    currency: str | None = None
    value_kind: str | None = None
    tiv: float | None = None
    comments: str | None = None
    uncertain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line by named column; ``marked`` are the columns with a question mark in the cell or in the one behind."""

    number: int
    cells: dict[str, str]
    marked: frozenset[str]
    currency: str | None

    def get(self, name: str) -> str | None:
        """Give a cell's text without its question mark, or None where it is empty."""
        return self.cells.get(name, "").strip().rstrip("?").strip().strip("[]()") or None


def parse_register(text: str, kind: str, supplier: str | None = None) -> tuple[RegisterDraft, ...]:
    """Read a register file of a kind: "sipri", "unroca" or "licences".

    ``supplier`` is the state whose licences they are, where no column names it. Raises UnreadableRegisterError.
    """
    read = {"sipri": _sipri, "unroca": _unroca, "licences": _licence}[kind]
    drafts = [draft for line in _lines(text, kind) if (draft := read(line, supplier)) is not None]
    if not drafts:
        raise UnreadableRegisterError(f"no line of this file reads as one of a {kind} register")
    return tuple(drafts)


def decode_register(data: bytes) -> str:
    """Give the text of a register file: UTF-8 where it is, else Latin-1, as SIPRI writes."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _lines(text: str, kind: str) -> Iterator[Line]:
    sample = text[:10_000]
    delimiter = max(",;\t", key=sample.count)
    reader = csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=delimiter)
    header: list[str | None] = []
    currency = None
    try:
        for cells in reader:
            if header:
                if any(cell.strip() for cell in cells):
                    yield _line(reader.line_num, header, cells, currency)
            elif reader.line_num <= HEAD_LINES:
                header = _header(cells, kind)
                currency = _currency(cells[header.index("value")]) if "value" in header else None
    except csv.Error as error:
        raise UnreadableRegisterError(f"line {reader.line_num} is no CSV: {error}") from error
    if not header:
        raise UnreadableRegisterError(f"no line names the columns {', '.join(NEEDED[kind])} of a {kind} register")


def _header(cells: Sequence[str], kind: str) -> list[str | None]:
    """Give what each column holds, or nothing where the line does not name the columns needed."""
    found: list[str | None] = []
    for cell in cells:
        plain = re.sub(r"\s+", " ", cell.strip().casefold())
        plain = re.sub(r"\s*\((?:gbp|eur|usd|£|€|\$)[^)]*\)$", "", plain)
        name = next((name for name, names in COLUMNS.items() if plain in names and name not in found), None)
        found.append(name)
    return found if set(NEEDED[kind]) <= set(found) else []


def _line(number: int, header: Sequence[str | None], cells: Sequence[str], currency: str | None) -> Line:
    named: dict[str, str] = {}
    marked = set()
    last = None
    for name, cell in zip(header, cells, strict=False):
        if name is not None:
            named[name] = cell
            last = name
            if cell.strip().endswith("?") or cell.strip().startswith(("[", "(")):
                marked.add(name)
        elif cell.strip() == "?" and last is not None:
            marked.add(last)
    return Line(number, named, frozenset(marked), currency)


def _sipri(line: Line, _supplier: str | None) -> RegisterDraft | None:
    if line.get("weapon") is None:
        return None
    years = tuple(YEAR.findall(line.get("delivery_years") or ""))
    marked = line.marked | ({"year"} if "?" in line.cells.get("year", "") else frozenset())
    return _draft(
        line,
        supplier_raw=line.get("supplier"),
        recipient_raw=line.get("recipient"),
        delivered=_whole(line.get("delivered")),
        delivery_years=years,
        condition=line.get("condition"),
        tiv=_number(line.get("tiv")),
        uncertain=tuple(sorted(marked)),
    )


def _unroca(line: Line, _supplier: str | None) -> RegisterDraft | None:
    """Read one report: who reports stands in its own column, or is the exporter or importer by the flow."""
    reporter, partner, flow = line.get("reporter"), line.get("partner"), (line.get("flow") or "").casefold()
    supplier, recipient = line.get("supplier"), line.get("recipient")
    if partner is not None or (reporter is not None and (supplier is None) != (recipient is None)):
        other = partner or supplier or recipient
        exports = flow.startswith("exp") if flow else supplier is None
        supplier, recipient = (reporter, other) if exports else (other, reporter)
    if supplier is None and recipient is None:
        return None
    return _draft(
        line,
        supplier_raw=supplier,
        recipient_raw=recipient,
        reporter=state_of(reporter) if reporter else None,
        register_category=_roman(line.get("register_category")),
        uncertain=tuple(sorted(line.marked)),
    )


def _licence(line: Line, supplier: str | None) -> RegisterDraft | None:
    if line.get("recipient") is None:
        return None
    value = _number(line.get("value"))
    return _draft(
        line,
        supplier_raw=line.get("supplier") or line.get("reporter") or supplier,
        recipient_raw=line.get("recipient"),
        register_category=line.get("register_category"),
        value=value,
        currency=None if value is None else _currency(line.get("currency") or "") or line.currency,
        value_kind=None if value is None else "licence",
        uncertain=tuple(sorted(line.marked)),
    )


def _draft(line: Line, supplier_raw: str | None, recipient_raw: str | None, **fields: object) -> RegisterDraft:
    weapon_raw, description = line.get("weapon"), line.get("description")
    weapon, category = goods_of(weapon_raw, description)
    year = YEAR.search(line.get("year") or "")
    values: dict[str, object] = {
        "year": int(year.group()) if year else None,
        "quantity": _whole(line.get("quantity")),
        "weapon": weapon,
        "weapon_raw": weapon_raw,
        "description": description,
        "category": category,
        "comments": line.get("comments"),
    }
    return RegisterDraft(
        line=line.number,
        supplier=state_of(supplier_raw),
        supplier_raw=supplier_raw,
        recipient=state_of(recipient_raw),
        recipient_raw=recipient_raw,
        **(values | fields),  # type: ignore[arg-type]
    )


@cache
def state_of(name: str | None) -> str | None:
    """Give the state a whole cell names; a group ("*" behind the name), "unknown" or a longer text names none."""
    if name is None or name.endswith("*"):
        return None
    if name in _codes():
        return name
    turned = TURNED.sub(r"\2 \1", name)  # "Congo, Democratic Republic of", "Korea (Republic of)"
    plain = re.sub(r"\(.*?\)", "", name).strip() if turned == name else turned
    states = find_states(plain)
    is_whole = len(states) == 1 and states[0].kind == "name" and (states[0].end - states[0].start) >= len(plain) * 0.6
    return states[0].iso3 if is_whole else None


@cache
def _codes() -> frozenset[str]:
    return frozenset(row["iso3"] for row in read_rows("actors.csv") if row["type"] in {"state", "historic_state"})


@cache
def goods_of(designation: str | None, description: str | None) -> tuple[str | None, str | None]:
    """Give designation and category by our own lists; the description may name a category itself."""
    for text in (designation, description):
        names = [hit.entry.value for hit in scan(text or "") if hit.entry.kind == "designation"]
        row = weapon_rows().get(names[0]) if names else None
        if row is not None:
            return names[0], row["category"] or None
    return None, CATEGORIES.get((description or designation or "").casefold())


def _number(text: str | None) -> float | None:
    match = NUMBER.search(text or "")
    return float(re.sub(r"[,' \u00a0]", "", match.group())) if match else None


def _whole(text: str | None) -> int | None:
    number = _number(text)
    return int(number) if number is not None and number.is_integer() else None


def _roman(text: str | None) -> str | None:
    """Give the category of the UN Register by its number; small arms are called VIII there."""
    match = ROMAN.match(text or "")
    if match:
        return "SALW" if match.group(1).upper() == "VIII" else match.group(1).upper()
    is_small = text is not None and re.search(r"small arms|light weapons|salw", text, re.IGNORECASE)
    return "SALW" if is_small else text


def _currency(text: str) -> str | None:
    match = CURRENCY.search(text)
    return None if match is None else match.group(1) or SIGNS[match.group(2)]
