"""How strong a stage or a figure is: 0 unsupported, 1 single, 2 party, 3 independent, 4 confirmed, 5 documented."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from pipelines.transfers.drafts import RegisterEntry, StatedClaim
from pipelines.transfers.origins import group_by_source, party_of, tokens

UNSUPPORTED, SINGLE, PARTY, INDEPENDENT, CONFIRMED, DOCUMENTED = range(6)
TERTIARY = frozenset({"aggregator"})  # kinds of outlets that repeat others
NOBODYS = frozenset({None, "archive", "discovery"})  # kinds that do not say who publishes


class Support(NamedTuple):
    """What speaks for a stage or a figure; claims are places in the list joined from.

    ``sources`` are the independent ones; ``idle`` claims add nothing, by the reason.
    """

    sources: tuple[tuple[int, ...], ...]
    entries: tuple[RegisterEntry, ...]
    idle: dict[str, list[int]]


def weigh(claims: Sequence[StatedClaim], places: Sequence[int], entries: Sequence[RegisterEntry] = ()) -> Support:
    """Part the claims at the places into independent sources and what adds nothing."""
    idle: dict[str, list[int]] = {}
    for place in places:
        if (reason := _weakness(claims[place])) is not None:
            idle.setdefault(reason, []).append(place)
    idlers = {place for own in idle.values() for place in own}
    # Copies are told by all of them: two sources that one idle article ties together are still one.
    sources = [tuple(each for each in own if each not in idlers) for own in group_by_source(claims, places)]
    return Support(tuple(own for own in sources if own), tuple(entries), idle)


def _weakness(stated: StatedClaim) -> str | None:
    """Say why a claim cannot raise any level; None where it can."""
    if stated.is_withdrawn:
        return "gone from its address"
    if stated.outlet_kind in TERTIARY:
        return f"of an {stated.outlet_kind}"
    is_named = stated.is_signed or stated.agency or stated.claim.attributed_to
    return "of an unknown outlet, naming nobody" if stated.outlet_kind in NOBODYS and not is_named else None


def level_of(claims: Sequence[StatedClaim], support: Support) -> int:
    """Give the level, from 0 to 5."""
    counted = [place for own in support.sources for place in own]
    if any(record_of(claims[place]) for place in counted) or states_agree(support.entries):
        return DOCUMENTED
    documents = {party_of(claims[place]) for place in counted if is_document(claims[place])} - {None}
    documents |= {entry.reporter for entry in support.entries}
    if both_parties(claims, support) or any(_is_met(claims, support, each) for each in documents):
        return CONFIRMED
    if len(support.sources) > 1:
        return INDEPENDENT
    if documents or any(party_of(claims[place]) for place in counted):
        return PARTY
    return SINGLE if support.sources else UNSUPPORTED


def is_document(stated: StatedClaim) -> bool:
    """Answer whether it is what a party itself publishes, not what others report that it said."""
    return stated.outlet_kind == "government" and party_of(stated) is not None


def record_of(stated: StatedClaim) -> str | None:
    """Name the official record of the very stage that a claim stands in; None where it stands in none."""
    claim = stated.claim
    if not is_document(stated):
        return None
    if claim.rule == "36(b) notice":
        return claim.rule
    is_award = stated.is_contract_notice and claim.status == "contracted" and claim.modality != "attributed"
    return "contract notice" if is_award else None


def states_agree(entries: Sequence[RegisterEntry]) -> bool:
    """Answer whether two states report the same number of one year."""
    return any(
        one.reporter != other.reporter and one.quantity is not None
        and (one.stage, one.year, one.quantity) == (other.stage, other.year, other.quantity)
        for one, other in combinations(entries, 2)
    )  # fmt: skip


def both_parties(claims: Sequence[StatedClaim], support: Support) -> bool:
    """Answer whether both parties say so, in statements that share neither text nor outlet."""
    said: dict[str, set[frozenset[str]]] = {entry.reporter: {frozenset()} for entry in support.entries}
    for place in (place for own in support.sources for place in own):
        party = party_of(claims[place])
        if party is not None:
            said.setdefault(party, set()).add(frozenset(tokens(claims[place])))
    pairs = combinations(said.values(), 2)
    return any(one.isdisjoint(other) for first, second in pairs for one in first for other in second)


def _is_met(claims: Sequence[StatedClaim], support: Support, party: str | None) -> bool:
    """Answer whether another origin than the party itself says so too."""
    return any(all(party_of(claims[place]) != party for place in own) for own in support.sources)
