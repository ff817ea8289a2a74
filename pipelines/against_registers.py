"""Transfers held against rows of a register: what has no row, what no press wrote of, and where two sides differ."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipelines.registers import RegisterDraft

NEAR_YEARS = 2  # orders are dated by signature, by entry into force or by the press
# What SIPRI's rule takes: an order was placed, or deliveries began.
ORDERED = frozenset({"contracted", "in_production", "delivering", "delivered", "licensed_production"})
HANDED_OVER = frozenset({"delivering", "delivered"})


@dataclass(frozen=True, slots=True)
class ComparedTransfer:
    """What is needed of a transfer; ``years`` are those its claims state, or else the year of the first report."""

    id: int
    supplier: str | None
    recipient: str | None
    weapon: str | None
    category: str | None
    status: str
    years: tuple[int, ...]
    quantity_min: int | None
    quantity_max: int | None


@dataclass(frozen=True, slots=True)
class RegisterFinding:
    """One thing the comparison shows, with the transfer and the lines of the register it is about."""

    finding: str
    supplier: str | None
    recipient: str | None
    item: str | None
    years: tuple[int, ...]
    transfer: int | None
    lines: tuple[int, ...]
    note: str | None = None


def compare_with_register(
    transfers: Sequence[ComparedTransfer], rows: Sequence[RegisterDraft]
) -> tuple[RegisterFinding, ...]:
    """Give what agrees, what differs, transfers without a row, rows without a transfer, and mirror differences.

    Only transfers that a register can hold are missed in it: ordered, being delivered, or built under licence.
    """
    pairs: dict[tuple[str | None, str | None], list[RegisterDraft]] = defaultdict(list)
    for row in rows:
        pairs[row.supplier, row.recipient].append(row)
    findings: list[RegisterFinding] = []
    met: set[int] = set()
    for transfer in transfers:
        own = [row for row in pairs[transfer.supplier, transfer.recipient] if _is_match(transfer, row)]
        met |= {row.line for row in own}
        if own or transfer.status in ORDERED:
            findings.append(_of_transfer(transfer, own))
    findings += [_without_press(row) for row in rows if row.line not in met]
    return (*findings, *mirror_differences(rows))


def _is_match(transfer: ComparedTransfer, row: RegisterDraft) -> bool:
    if row.condition == "refused" and transfer.status != "denied":
        return False  # a licence that was refused is no trace of a transfer
    if transfer.weapon and row.weapon:
        is_same = transfer.weapon == row.weapon
    else:
        is_same = None in {transfer.category, row.category} or transfer.category == row.category
    years = _years(row) if transfer.status in HANDED_OVER or row.year is None else (row.year,)
    is_near = any(abs(one - other) <= NEAR_YEARS for one in transfer.years for other in years)
    return is_same and (is_near or not years or not transfer.years)


def _years(row: RegisterDraft) -> tuple[int, ...]:
    delivered = tuple(int(year) for year in row.delivery_years)
    return (row.year, *delivered) if row.year is not None else delivered


def _of_transfer(transfer: ComparedTransfer, rows: Sequence[RegisterDraft]) -> RegisterFinding:
    numbers = sorted({number for row in rows for number in (row.quantity, row.delivered) if number is not None})
    said = (transfer.quantity_min, transfer.quantity_max)
    note = None
    finding = "in both" if rows else "not in the register"
    if numbers and said != (None, None):
        low, high = said[0] or 0, said[1] if said[1] is not None else max(numbers)
        if not any(low <= number <= high for number in numbers):
            finding, note = "numbers differ", f"press {_range(said)}, register {', '.join(map(str, numbers))}"
    return RegisterFinding(
        finding=finding,
        supplier=transfer.supplier,
        recipient=transfer.recipient,
        item=transfer.weapon or transfer.category,
        years=transfer.years,
        transfer=transfer.id,
        lines=tuple(row.line for row in rows),
        note=note,
    )


def _range(bounds: tuple[int | None, int | None]) -> str:
    low, high = bounds
    if low == high:
        return str(low)
    return f"{'up to ' if low is None else low}{'' if low is None else '-'}{'more' if high is None else high}"


def _without_press(row: RegisterDraft) -> RegisterFinding:
    unknown = [
        f"{side} {raw!r} is no state we know"
        for side, state, raw in (
            ("supplier", row.supplier, row.supplier_raw),
            ("recipient", row.recipient, row.recipient_raw),
        )
        if state is None
    ]
    return RegisterFinding(
        finding="no press",
        supplier=row.supplier or row.supplier_raw,
        recipient=row.recipient or row.recipient_raw,
        item=row.weapon or row.weapon_raw or row.category or row.register_category,
        years=_years(row),
        transfer=None,
        lines=(row.line,),
        note="; ".join(unknown) or None,
    )


def mirror_differences(rows: Iterable[RegisterDraft]) -> tuple[RegisterFinding, ...]:
    """Give where two states report one trade with different numbers: neither is taken for the truth."""
    trades: dict[tuple[str | None, str | None, str | None, int | None], dict[str, list[RegisterDraft]]] = {}
    for row in rows:
        if row.reporter is not None:
            trade = trades.setdefault((row.supplier, row.recipient, row.register_category, row.year), {})
            trade.setdefault(row.reporter, []).append(row)
    found = []
    for (supplier, recipient, category, year), reports in trades.items():
        totals = {reporter: _total(own) for reporter, own in reports.items()}
        if any(one != other for one, other in combinations(totals.values(), 2)):
            found.append(
                RegisterFinding(
                    finding="mirror difference",
                    supplier=supplier,
                    recipient=recipient,
                    item=category,
                    years=() if year is None else (year,),
                    transfer=None,
                    lines=tuple(row.line for own in reports.values() for row in own),
                    note=", ".join(f"{reporter} reports {_number(total)}" for reporter, total in totals.items()),
                )
            )
    return tuple(found)


def _total(rows: Sequence[RegisterDraft]) -> int | None:
    """Add up the items one state reports for one trade and category; unknown stays unknown."""
    numbers = [row.quantity for row in rows]
    return None if None in numbers else sum(number for number in numbers if number is not None)


def _number(total: int | None) -> str:
    return "no number" if total is None else str(total)
