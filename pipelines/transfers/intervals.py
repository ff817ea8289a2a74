"""What a claim says about a number: an interval, open where the words leave it open."""

from dataclasses import dataclass
from math import inf

from pipelines.items import ClaimDraft

ABOUT = 0.1
ROUNDED = 0.05  # values are printed rounded; numbers of items are not


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high`` of one unit: "items", or a kind of value in a currency; open where they are None."""

    low: float | None
    high: float | None
    unit: str
    about: bool = False


def quantity_interval(claim: ClaimDraft) -> Interval | None:
    """Give the number of items a claim states."""
    if claim.quantity is None:
        return None
    number, qualifier = float(claim.quantity), claim.quantity_qualifier
    low = None if qualifier == "up_to" else number
    high = None if qualifier in {"over", "range", "at least"} else number
    return Interval(low, high, "items", qualifier == "about")


def value_interval(claim: ClaimDraft) -> Interval | None:
    """Give the value a claim states; kinds and currencies are units of their own."""
    low, high = claim.value_min, claim.value_max
    if low is None and high is None:
        return None
    return Interval(low, high, f"{claim.value_kind} {claim.currency}", claim.value_qualifier == "about")


def overlap(one: Interval, other: Interval) -> bool:
    """Answer whether two intervals can both be true."""
    (first, last), (low, high) = _bounds(one), _bounds(other)
    return first <= high and low <= last


def _bounds(interval: Interval) -> tuple[float, float]:
    slack = ABOUT if interval.about else 0.0 if interval.unit == "items" else ROUNDED
    low = 0.0 if interval.low is None else interval.low * (1 - slack)
    high = inf if interval.high is None else interval.high * (1 + slack)
    return low, high
