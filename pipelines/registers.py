"""Trade registers the user has as files: SIPRI's, the UN's, tables of licences, read into rows of one form."""

import codecs
from dataclasses import dataclass, replace

from pipelines.register_cells import currency_of, goods_of, number_of, register_category_of, state_of, whole_of
from pipelines.register_lines import YEAR, Line, UnreadableRegisterError, read_lines


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


def parse_register(text: str, kind: str, supplier: str | None = None) -> tuple[RegisterDraft, ...]:
    """Read a register file of a kind: "sipri", "unroca" or "licences".

    ``supplier`` is the state whose licences or whose report they are, where no column names it. Raises
    UnreadableRegisterError.
    """
    read = {"sipri": _sipri, "unroca": _unroca, "licences": _licence}[kind]
    deals: dict[object, RegisterDraft] = {}
    for line in read_lines(text, kind):
        draft = read(line, supplier)
        if draft is not None:
            deal = line.get("deal") or line.number
            deals[deal] = _joined(deals[deal], draft) if deal in deals else draft
    if not deals:
        raise UnreadableRegisterError(f"no line of this file reads as one of a {kind} register")
    return tuple(deals.values())


def _joined(one: RegisterDraft, other: RegisterDraft) -> RegisterDraft:
    """Put lines of one deal together: SIPRI's newer export has one for each year of delivery."""
    numbers = (one.delivered, other.delivered)
    return replace(
        one,
        delivered=None if None in numbers else sum(number for number in numbers if number is not None),
        delivery_years=tuple(sorted({*one.delivery_years, *other.delivery_years})),
        uncertain=tuple(sorted({*one.uncertain, *other.uncertain})),
    )


def decode_register(data: bytes) -> str:
    """Give the text of a register file: UTF-8 or marked UTF-16 where it is, else Latin-1, as SIPRI writes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _sipri(line: Line, _supplier: str | None) -> RegisterDraft | None:
    if line.get("weapon") is None or line.get("recipient") is None:
        return None
    years = tuple(YEAR.findall(line.get("delivery_years") or ""))
    marked = line.marked | ({"year"} if "?" in line.cells.get("year", "") else frozenset())
    local = "local production" if (line.get("local") or "").casefold() == "yes" else None
    return _draft(
        line,
        supplier_raw=line.get("supplier"),
        recipient_raw=line.get("recipient"),
        delivered=whole_of(line.get("delivered")),
        delivery_years=years,
        condition=line.get("condition"),
        tiv=number_of(line.get("tiv")),
        comments=line.get("comments") or local,
        uncertain=tuple(sorted(marked)),
    )


def _unroca(line: Line, supplier: str | None) -> RegisterDraft | None:
    """Read one report: who reports stands in its own column, or is the exporter or importer by the flow."""
    reporter, partner, flow = line.get("reporter") or supplier, line.get("partner"), (line.get("flow") or "").casefold()
    exporter, recipient = line.get("supplier"), line.get("recipient")
    if partner is not None or (reporter is not None and (exporter is None) != (recipient is None)):
        other = partner or exporter or recipient
        exports = "exp" in flow if flow else exporter is None
        exporter, recipient = (reporter, other) if exports else (other, reporter)
    if exporter is None and recipient is None:
        return None
    if reporter is None and flow:
        reporter = exporter if "exp" in flow else recipient
    return _draft(
        line,
        supplier_raw=exporter,
        recipient_raw=recipient,
        reporter=state_of(reporter) if reporter else None,
        register_category=register_category_of(line.get("register_category")),
        uncertain=tuple(sorted(line.marked)),
    )


def _licence(line: Line, supplier: str | None) -> RegisterDraft | None:
    if line.get("recipient") is None:
        return None
    value = number_of(line.get("value"))
    refused = (line.get("refused") or "").casefold() in {"1", "yes", "true", "refused"}
    return _draft(
        line,
        supplier_raw=line.get("supplier") or line.get("reporter") or supplier,
        recipient_raw=line.get("recipient"),
        register_category=line.get("register_category"),
        condition="refused" if refused else line.get("condition"),
        value=value,
        currency=None if value is None else currency_of(line.get("currency") or "") or line.currency,
        value_kind=None if value is None else "refused" if refused else "licence",
        uncertain=tuple(sorted(line.marked)),
    )


def _draft(line: Line, supplier_raw: str | None, recipient_raw: str | None, **fields: object) -> RegisterDraft:
    weapon_raw, description = line.get("weapon"), line.get("description")
    weapon, category = goods_of(weapon_raw, description, line.get("category"))
    year = YEAR.search(line.get("year") or "")
    values: dict[str, object] = {
        "year": int(year.group()) if year else None,
        "quantity": whole_of(line.get("quantity")),
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
