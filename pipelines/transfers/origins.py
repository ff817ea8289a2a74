"""Which claims count as one source: of one owner, one text, one upstream, one case."""

import re
from collections.abc import Iterator, Sequence

from pipelines.transfers.drafts import Origin, StatedClaim

OFFICIAL = frozenset({"government", "state media"})  # kinds of outlets that speak for their state
NOT_WORD = re.compile(r"[\W_]+")
# Whoever is quoted by such words alone is nobody in particular.
NOBODY = """
a an the of in to with on and several some two three senior unnamed anonymous sources source official officials people
person familiar matter media reports report reportedly local experts expert analysts analyst observers witnesses
insiders diplomats diplomat military western government us
fuentes fuente oficiales funcionarios medios segun expertos prensa
источник источники источников сми эксперты экспертов данным по
responsables medias presse selon kaynaklar kaynak basin yetkililer
"""
UNNAMED = frozenset(NOBODY.split())


def find_origins(claims: Sequence[StatedClaim], places: Sequence[int]) -> tuple[Origin, ...]:
    """Give the independent sources among the supporting claims at the places, in the order of their first claim."""
    supports = [place for place in places if claims[place].is_support]
    return tuple(_origin(claims, group) for group in group_by_source(claims, supports))


def group_by_source(claims: Sequence[StatedClaim], places: Sequence[int]) -> list[list[int]]:
    """Part the claims at the places by their independent sources, in the order of their first claim."""
    leader: dict[int, int] = {}
    holders: dict[str, int] = {}
    for place in places:
        leader[place] = place
        for token in tokens(claims[place]):
            first = holders.setdefault(token, place)
            one, other = _root(leader, first), _root(leader, place)
            leader[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = {}
    for place in places:
        groups.setdefault(_root(leader, place), []).append(place)
    return list(groups.values())


def count_origins(claims: Sequence[StatedClaim], places: Sequence[int]) -> int:
    """Count the independent sources among the supporting claims at the places."""
    return len(find_origins(claims, places))


def tokens(stated: StatedClaim) -> Iterator[str]:
    """Give what ties a claim to others of its source: whoever shares one of these is no second source."""
    yield f"one text: group {stated.origin_group}"
    for name in {stated.outlet, stated.owner, stated.agency} - {None}:
        yield f"one voice: {_plain(str(name))}"
    if stated.claim.case_number:
        yield f"one case: {stated.claim.case_number}"
    voice = voice_of(stated)
    if voice:
        yield _upstream(stated, voice)


def voice_of(stated: StatedClaim) -> str | None:
    """Name whose words they are: who is quoted, or the state whose official outlet or state medium tells it itself."""
    claim = stated.claim
    is_hearsay = claim.modality == "attributed" and stated.outlet_kind == "state media"
    if claim.attributed_to or stated.outlet_kind not in OFFICIAL or is_hearsay:
        return claim.attributed_to
    return stated.outlet_state


def party_of(stated: StatedClaim) -> str | None:
    """Name the party to the deal whose words they are, supplier or recipient; None where they are another's."""
    voice = voice_of(stated)
    return voice if voice and voice in {stated.claim.supplier, stated.claim.recipient} else None


def _upstream(stated: StatedClaim, name: str) -> str:
    """Name who is quoted; unnamed sources of one day may be one briefing, so they count once."""
    plain = _plain(name)
    if UNNAMED.issuperset(plain.split()):
        return f"unnamed sources on {(stated.published_at or stated.first_seen_at):%Y-%m-%d}"
    return f"one voice: {plain}"


def _plain(name: str) -> str:
    return NOT_WORD.sub(" ", name.casefold()).strip().removeprefix("the ")


def _root(leader: dict[int, int], place: int) -> int:
    while leader[place] != place:
        leader[place] = leader[leader[place]]
        place = leader[place]
    return place


def _origin(claims: Sequence[StatedClaim], group: list[int]) -> Origin:
    counts: dict[str, set[int]] = {}
    for place in group:
        for token in tokens(claims[place]):
            counts.setdefault(token, set()).add(claims[place].article_id)
    shared = sorted(token for token, articles in counts.items() if len(articles) > 1)
    return Origin(tuple(group), outlets_of(claims, group), tuple(shared))


def outlets_of(claims: Sequence[StatedClaim], places: Sequence[int]) -> tuple[str, ...]:
    """Name the outlets of claims, each once."""
    return tuple(sorted({claims[place].outlet for place in places}))
