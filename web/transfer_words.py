"""How transfers are put into words: stages, figures that stay ranges, money by kind, what filters ask."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from models.listing_claims import ClaimRow
from models.listing_transfers import TransferRow
from models.names import country_name
from models.transfer import level_words
from web.shown import show_number, show_time

# Stages in the order of the trade, then the states beside it.
STAGES = (
    "rumoured", "offered", "requested", "negotiating", "approved", "donated", "contracted", "in_production",
    "delivering", "delivered", "licensed_production", "suspended", "cancelled", "denied", "seized", "general",
)  # fmt: skip
WORDS = {
    "donated": "given as aid", "in_production": "in production", "delivering": "being delivered",
    "licensed_production": "built under licence", "general": "no stage known",
}  # fmt: skip
GREAT = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def is_code(name: str) -> bool:
    """Tell a state's code from a group's name."""
    return len(name) == 3 and name.isascii() and name.isupper()


def state_name(code: str | None) -> str:
    """Write a state's code as its name; names of groups stay as they are, None becomes "unknown"."""
    if code is None:
        return "unknown"
    return country_name(code) if is_code(code) else code


def stage_words(status: str) -> str:
    """Write a stage for people; of "not delivered" too."""
    before, _, name = status.rpartition("not ")
    return f"{'not ' if before == '' and name != status else ''}{WORDS.get(name, name.replace('_', ' '))}"


def span(low: float | None, high: float | None, about: bool = False, money: bool = False) -> str:
    """Write a figure as exactly as it is known; open and unknown ends are said."""
    write = show_money if money else show_number
    before = "about " if about else ""
    if low is None and high is None:
        return "unknown"
    if low == high:
        return before + write(low)
    if high is None:
        return f"{before}{write(low)} or more"
    return f"{before}up to {write(high)}" if low is None else f"{before}{write(low)} to {write(high)}"


def show_money(amount: float | None) -> str:
    """Write an amount in millions and more as people say it; nothing is rounded away that is in three digits."""
    if amount is None:
        return "unknown"
    for size, name in GREAT:
        if abs(amount) >= size:
            return f"{amount / size:,.3f}".rstrip("0").rstrip(".") + f" {name}"
    return show_number(amount)


def quantity_words(row: TransferRow) -> str:
    """Write how many."""
    return span(row.quantity_min, row.quantity_max)


def value_words(row: TransferRow) -> str:
    """Write the value with its currency; its kind is said beside it."""
    if row.value_min is None and row.value_max is None:
        return "unknown"
    return f"{span(row.value_min, row.value_max, money=True)} {row.currency or 'of unknown currency'}"


def item_words(row: TransferRow) -> str:
    """Say what is transferred: the designation, the words used, or the category."""
    return row.weapon or ", ".join(row.items[:3]) or row.category or "arms, not named"


def evidence_address(claim: ClaimRow) -> str:
    """Give the address of the words of a claim: its article at the paragraph or the table."""
    if claim.paragraph is not None:
        return f"/articles/{claim.article_id}#p{claim.paragraph}"
    return f"/articles/{claim.article_id}" + (f"#table-{claim.table}" if claim.table is not None else "#text")


def state_address(state: str | None) -> str:
    """Give the address of the page of a state or a group."""
    return f"/countries/{quote(state or 'unknown', safe='')}"


def weapon_address(name: str) -> str:
    """Give the address of the page of a weapon."""
    return f"/weapons/{quote(name, safe='')}"


def day_words(at: str | None) -> str:
    """Write an instant kept as an ISO text as its day."""
    return show_time(datetime.fromisoformat(at), "day") if at else "date unknown"


def under_filters(chosen: Mapping[str, Any]) -> str:
    """Say in a title which filters hold."""
    words = [
        state_name(str(value)) if name in {"supplier", "recipient", "state"} else stage_words(str(value))
        for name, value in chosen.items()
        if name in {"state", "weapon", "category", "status", "year"}
    ]
    if "supplier" in chosen:
        words.append(f"from {state_name(chosen['supplier'])}")
    if "recipient" in chosen:
        words.append(f"to {state_name(chosen['recipient'])}")
    words += [
        f"{name} {chosen[name]}" for name in ("origins", "level", "contradicted", "since", "until") if name in chosen
    ]
    return f", {', '.join(words)}" if words else ""


FILTERS = {
    "stage": stage_words, "span": span, "money": show_money, "quantity": quantity_words, "value": value_words,
    "item": item_words, "evidence_address": evidence_address, "state": state_name, "state_address": state_address,
    "weapon_address": weapon_address, "day": day_words,
    "level": level_words,
}  # fmt: skip
