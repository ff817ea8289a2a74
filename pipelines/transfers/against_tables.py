"""A page's text against its own tables: the value of a pair and year in both."""

from collections.abc import Iterable, Iterator, Sequence

from pipelines.transfers.drafts import Comparison, StatedClaim
from pipelines.transfers.figures import figure
from pipelines.transfers.intervals import Interval, overlap
from pipelines.transfers.things import thing_of

SCALES = (1e3, 1e6, 1e-3, 1e-6)
# A series counts what moved in a year, of all kinds: orders and single weapons are other measures.
FLOWS = frozenset({"delivering", "delivered", "general"})
# A price of one piece, or money lent for it, is not the year's trade.
OTHER_MEASURES = frozenset({"unit price", "loan", "backlog", "cumulative", "TIV", "notification ceiling"})

Key = tuple[int, str | None, str | None, int | None, str | None]


def compare_with_tables(
    claims: Sequence[StatedClaim], places: Iterable[int], cells: dict[Key, list[int]]
) -> tuple[list[Comparison], list[Comparison]]:
    """Give what agrees and what contradicts: claims of the text at the places, and their page's cells.

    A page that agrees with itself is still one origin.
    """
    agreeing: list[Comparison] = []
    contradicting: list[Comparison] = []
    for place in places:
        for comparison, agrees in _checks(claims, place, cells.get(_key(claims[place]), ())):
            (agreeing if agrees else contradicting).append(comparison)
    return agreeing, contradicting


def table_cells(claims: Sequence[StatedClaim], places: Iterable[int]) -> dict[Key, list[int]]:
    """Give the claims that series make, by article, pair, year and currency."""
    cells: dict[Key, list[int]] = {}
    for place in places:
        if claims[place].is_from_series and claims[place].claim.value_min is not None:
            cells.setdefault(_key(claims[place]), []).append(place)
    return cells


def _key(stated: StatedClaim) -> Key:
    claim = stated.claim
    return stated.article_id, claim.supplier, claim.recipient, stated.stated_year, claim.currency


def _checks(claims: Sequence[StatedClaim], place: int, cells: Sequence[int]) -> Iterator[tuple[Comparison, bool]]:
    stated = claims[place]
    claim = stated.claim
    has_value = claim.value_min is not None or claim.value_max is not None
    if not has_value or stated.is_from_series or claim.currency is None or claim.value_kind in OTHER_MEASURES:
        return
    if stated.stated_year is None or claim.modality in {"negated", "hypothetical"}:
        return
    if claim.status not in FLOWS or thing_of(claim).level > 0:
        return
    said = Interval(claim.value_min, claim.value_max, "value", claim.value_qualifier == "about")
    for cell in cells:
        other = claims[cell].claim
        printed = Interval(other.value_min, other.value_max, "value")
        note, agrees = _verdict(said, printed)
        sides = (figure(claims, [place], claim.status, said), figure(claims, [cell], other.status, printed))
        yield Comparison("table", f"text and table on {stated.stated_year}: {note}", sides), agrees


def _verdict(said: Interval, printed: Interval) -> tuple[str, bool]:
    if overlap(said, printed):
        return "agree", True
    for scale in SCALES:
        scaled = Interval(_times(printed.low, scale), _times(printed.high, scale), "value")
        if said.low is not None and said.high is not None and overlap(said, scaled):
            return "differ by a scale, trust neither", False
    return "differ", False


def _times(number: float | None, scale: float) -> float | None:
    return None if number is None else number * scale
