"""Numbers and values of one transfer with who says what, and where they contradict each other."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import combinations

from pipelines.items import ClaimDraft
from pipelines.transfers.drafts import Comparison, Figure, StatedClaim
from pipelines.transfers.intervals import Interval, overlap, quantity_interval, value_interval
from pipelines.transfers.origins import count_origins, outlets_of

# At these stages different numbers are parts of one order, not contradictions.
PARTS = frozenset({"in_production", "delivering"})
SAME_DELIVERY = 31  # days within which two reports of a delivery speak of one
DELIVERED = ("delivered", "delivering")


def quantities_of(claims: Sequence[StatedClaim], places: Sequence[int]) -> tuple[Figure, ...]:
    """Give each number of items that is stated for a stage."""
    return _figures(claims, places, quantity_interval)


def amounts_of(claims: Sequence[StatedClaim], places: Sequence[int]) -> tuple[Figure, ...]:
    """Give each value that is stated for a stage, kinds and currencies apart."""
    return _figures(claims, places, value_interval)


def _figures(
    claims: Sequence[StatedClaim], places: Sequence[int], read: Callable[[ClaimDraft], Interval | None]
) -> tuple[Figure, ...]:
    groups: dict[tuple[str, Interval], list[int]] = {}
    for place in places:
        claim = claims[place].claim
        interval = read(claim)
        if interval is not None and not claims[place].is_denial:
            groups.setdefault((claim.status, interval), []).append(place)
    return tuple(figure(claims, group, status, interval) for (status, interval), group in groups.items())


def figure(claims: Sequence[StatedClaim], places: Sequence[int], status: str, interval: Interval) -> Figure:
    """Put a number together with who states it."""
    is_value = interval.unit != "items"
    claim = claims[places[0]].claim
    return Figure(
        status=status,
        low=interval.low,
        high=interval.high,
        claims=tuple(places),
        outlets=outlets_of(claims, places),
        origins=count_origins(claims, places),
        about=interval.about,
        kind=claim.value_kind if is_value else None,
        currency=claim.currency if is_value else None,
    )


def contradicting_figures(
    claims: Sequence[StatedClaim], figures: Sequence[Figure], field: str
) -> tuple[Comparison, ...]:
    """Give the numbers of one stage that cannot both be true, every side kept; plans contradict nobody."""
    groups: dict[tuple[str, str | None, str | None], list[Figure]] = {}
    for each in figures:
        if each.origins and each.status not in PARTS:
            groups.setdefault((each.status, each.kind, each.currency), []).append(each)
    found = []
    for (status, _, _), group in groups.items():
        sides = {
            place
            for (one, first), (other, second) in combinations(enumerate(group), 2)
            if not overlap(_interval(first, field), _interval(second, field)) and _meet(claims, first, second)
            for place in (one, other)
        }
        if sides:
            found.append(
                Comparison(field, f"different at stage {status}", tuple(group[side] for side in sorted(sides)))
            )
    return tuple(found)


def too_many_delivered(figures: Sequence[Figure]) -> tuple[Comparison, ...]:
    """Give a number delivered that is higher than any number ordered."""
    ordered = [each for each in figures if each.status == "contracted" and each.origins]
    delivered = [each for each in figures if each.status in DELIVERED and each.origins and each.low is not None]
    if not ordered or not delivered or any(each.high is None for each in ordered):
        return ()
    most = max(_high(each) for each in ordered)
    over = [each for each in delivered if each.low is not None and each.low * (0.9 if each.about else 1) > most]
    return (Comparison("quantity", "more delivered than ordered", (*ordered, *over)),) if over else ()


def _high(figure: Figure) -> float:
    return (figure.high or 0.0) * (1.1 if figure.about else 1.0)


def _interval(figure: Figure, field: str) -> Interval:
    return Interval(figure.low, figure.high, "items" if field == "quantity" else field, figure.about)


def _meet(claims: Sequence[StatedClaim], one: Figure, other: Figure) -> bool:
    """Tell whether two figures are about the same event: deliveries weeks apart are two, an order is one."""
    if one.status != "delivered":
        return True
    days = [[_day(claims[place]) for place in each.claims] for each in (one, other)]
    return any(abs((first - second).days) <= SAME_DELIVERY for first in days[0] for second in days[1])


def _day(stated: StatedClaim) -> date:
    return stated.day or (stated.published_at or stated.first_seen_at).date()
