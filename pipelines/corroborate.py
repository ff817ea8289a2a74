"""From claims to transfers: what independent outlets say about the same thing, joined and held against each other."""

from collections.abc import Sequence

from pipelines.transfers.against_tables import Key, compare_with_tables, table_cells
from pipelines.transfers.drafts import RegisterEntry, StatedClaim, TransferDraft
from pipelines.transfers.figures import amounts_of, contradicting_figures, quantities_of, too_many_delivered
from pipelines.transfers.grading import graded
from pipelines.transfers.joining import Cluster, join
from pipelines.transfers.ladder import beside_of, contradicting_stages, earliest, rungs_of, status_of
from pipelines.transfers.origins import find_origins

KEY_MAX = 400  # characters; a unique index of PostgreSQL takes no more than 2,700 bytes


def corroborate(claims: Sequence[StatedClaim], entries: Sequence[RegisterEntry] = ()) -> tuple[TransferDraft, ...]:
    """Join claims of one or more pairs into transfers; the order of the claims does not matter.

    ``entries`` are what registers have of the one pair: they make no transfer and tell how strong its stages are.
    A claim belongs to one transfer at most. To none belong: claims of table series, general statements and negations
    that nothing else explains, and claims that name neither a pair nor a side with a designation.
    """
    pairs: dict[tuple[str, str], list[int]] = {}
    for place, stated in enumerate(claims):
        pairs.setdefault((stated.claim.supplier or "", stated.claim.recipient or ""), []).append(place)
    return tuple(graded(draft, claims, entries) for pair in sorted(pairs) for draft in _of_pair(claims, pairs[pair]))


def _of_pair(claims: Sequence[StatedClaim], places: Sequence[int]) -> list[TransferDraft]:
    cells = table_cells(claims, places)
    taken: dict[str, int] = {}
    drafts = []
    for cluster in join(claims, places):
        key = _key(claims, cluster)
        taken[key] = taken.get(key, 0) + 1
        drafts.append(_draft(claims, cluster, key if taken[key] == 1 else f"{key}#{taken[key]}", cells))
    return drafts


def _key(claims: Sequence[StatedClaim], cluster: Cluster) -> str:
    """Name a transfer by what stays when more claims join it: pair, item, and case or first year."""
    first = claims[cluster.members[0]]
    claim, thing = first.claim, cluster.thing
    item = thing.weapon or "/".join([thing.category or "arms", *sorted(thing.nouns)[:1]])
    years = [claims[place].stated_year for place in cluster.members]
    known = [year for year in years if year is not None]
    day = first.day or (first.published_at or first.first_seen_at).date()
    when = cluster.case_number or (min(known) if known else day.year)
    return f"{claim.supplier or '?'} > {claim.recipient or '?'}: {item}, {when}"[:KEY_MAX]


def _draft(claims: Sequence[StatedClaim], cluster: Cluster, key: str, cells: dict[Key, list[int]]) -> TransferDraft:
    places = sorted(cluster.members)
    rungs = rungs_of(claims, places)
    quantities, amounts = quantities_of(claims, places), amounts_of(claims, places)
    origins = find_origins(claims, places)
    agreeing, contradicting = compare_with_tables(claims, places, cells)
    years = [year for place in places if (year := claims[place].stated_year) is not None]
    claim = claims[cluster.members[0]].claim
    return TransferDraft(
        key=key,
        supplier=claim.supplier,
        recipient=claim.recipient,
        weapon=cluster.thing.weapon,
        category=cluster.thing.category,
        status=status_of(rungs),
        claims=tuple(places),
        independent_origins=len(origins),
        items=tuple(sorted({raw for place in places for raw in claims[place].claim.weapon_raw})),
        beside=beside_of(rungs),
        case_number=cluster.case_number,
        year_min=min(years, default=None),
        year_max=max(years, default=None),
        first_reported_at=earliest(claims[place].published_at for place in places),
        first_seen_at=earliest(claims[place].first_seen_at for place in places),
        rungs=rungs,
        quantities=quantities,
        amounts=amounts,
        origins=origins,
        contradictions=(
            *contradicting_figures(claims, quantities, "quantity"),
            *too_many_delivered(quantities),
            *contradicting_figures(claims, amounts, "value"),
            *contradicting_stages(claims, rungs),
            *contradicting,
        ),
        agreements=tuple(agreeing),
    )
