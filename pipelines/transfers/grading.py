"""Puts the level and its explanation to every stage and figure of a transfer, and the figure to show first in front."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.transfers.drafts import Comparison, Figure, RegisterEntry, Rung, StatedClaim, TransferDraft
from pipelines.transfers.explaining import explain
from pipelines.transfers.ladder import HANDED_OVER
from pipelines.transfers.origins import party_of
from pipelines.transfers.strength import level_of, weigh

NEAR_YEARS = 1  # a delivery is registered for the year of its end, and told of when it comes


def graded(draft: TransferDraft, claims: Sequence[StatedClaim], entries: Iterable[RegisterEntry]) -> TransferDraft:
    """Give the transfer with its levels; of the entries of registers those count that can only mean it."""
    own = [entry for entry in entries if _is_about(draft, claims, entry)]
    return replace(
        draft,
        rungs=tuple(_rung(claims, rung, own) for rung in draft.rungs),
        quantities=_best_first(claims, [_number(claims, each, own) for each in draft.quantities]),
        amounts=_best_first(claims, [_figure(claims, each) for each in draft.amounts]),
        contradictions=tuple(_compared(claims, each, own) for each in draft.contradictions),
        agreements=tuple(_compared(claims, each, own) for each in draft.agreements),
    )


def _rung(claims: Sequence[StatedClaim], rung: Rung, entries: Iterable[RegisterEntry]) -> Rung:
    support = weigh(claims, rung.claims, [entry for entry in entries if _is_of(entry, rung.status)])
    return replace(rung, level=level_of(claims, support), explanation=explain(claims, support))


def _number(claims: Sequence[StatedClaim], figure: Figure, entries: Iterable[RegisterEntry]) -> Figure:
    return _figure(claims, figure, [each for each in entries if _is_of(each, figure.status) and _holds(figure, each)])


def _figure(claims: Sequence[StatedClaim], figure: Figure, entries: Sequence[RegisterEntry] = ()) -> Figure:
    support = weigh(claims, _speaking(claims, figure), entries)
    return replace(figure, level=level_of(claims, support), explanation=explain(claims, support))


def _speaking(claims: Sequence[StatedClaim], figure: Figure) -> list[int]:
    """Give who speaks for a figure; for a side that says "not delivered" those who deny it."""
    if figure.status.startswith("not "):
        return list(figure.claims)
    return [place for place in figure.claims if claims[place].is_support]


def _compared(claims: Sequence[StatedClaim], each: Comparison, entries: Sequence[RegisterEntry]) -> Comparison:
    grade = _number if each.field == "quantity" else _stage if each.field in {"status", "existence"} else _value
    return replace(each, sides=tuple(grade(claims, side, entries) for side in each.sides))


def _stage(claims: Sequence[StatedClaim], figure: Figure, entries: Iterable[RegisterEntry]) -> Figure:
    return _figure(claims, figure, [each for each in entries if _is_of(each, figure.status)])


def _value(claims: Sequence[StatedClaim], figure: Figure, _entries: Iterable[RegisterEntry]) -> Figure:
    return _figure(claims, figure)


def _is_about(draft: TransferDraft, claims: Sequence[StatedClaim], entry: RegisterEntry) -> bool:
    """Answer whether an entry means this transfer: the same weapon, or else the same category and number."""
    own = [claims[place] for place in draft.claims if _is_of(entry, claims[place].claim.status)]
    told = [each for each in own if each.is_support and abs(_year(each) - entry.year) <= NEAR_YEARS]
    if not told:
        return False
    if draft.weapon and entry.weapon:
        return draft.weapon == entry.weapon
    categories = {each.claim.register_category for each in told} if entry.register_category else {draft.category}
    is_kind = (entry.register_category or entry.category or "") in categories
    return is_kind and any(
        _is_of(entry, each.status) and each.origins and _holds(each, entry) for each in draft.quantities
    )


def _is_of(entry: RegisterEntry, status: str) -> bool:
    return entry.stage == status or {entry.stage, status} <= HANDED_OVER


def _year(stated: StatedClaim) -> int:
    return stated.stated_year or (stated.published_at or stated.first_seen_at).year


def _holds(figure: Figure, entry: RegisterEntry) -> bool:
    """Answer whether the number of an entry is exactly that of a figure, or within its range."""
    if entry.quantity is None or (figure.low is None and figure.high is None):
        return False
    return (figure.low or 0) <= entry.quantity <= (figure.high if figure.high is not None else entry.quantity)


def _best_first(claims: Sequence[StatedClaim], figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Put the figures in the order in which one is shown where not all can be."""
    return tuple(sorted(figures, key=lambda figure: _rank(claims, figure)))


def _rank(claims: Sequence[StatedClaim], figure: Figure) -> tuple[int, bool, bool, int, bool]:
    """Rank by level, then primary, then the later report of a delivery or the earlier of an order, then specialists."""
    speaking = [claims[place] for place in _speaking(claims, figure)]
    days = [(each.published_at or each.first_seen_at).toordinal() for each in speaking]
    day = -max(days, default=0) if figure.status in HANDED_OVER else min(days, default=0)
    is_primary = any(party_of(each) for each in speaking)
    is_specialist = any(each.outlet_kind == "specialist press" for each in speaking)
    return -figure.level, not speaking, not is_primary, day, not is_specialist
