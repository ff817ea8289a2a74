"""An article's text held against its own tables: what agrees, what differs, what a gap leaves open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipelines.items import ClaimDraft, TableDraft
from pipelines.transfers.against_tables import FLOWS, OTHER_MEASURES, compare_with_tables, table_cells
from pipelines.transfers.drafts import StatedClaim
from pipelines.transfers.things import thing_of

# What a licence allows, a loan or an order is worth is no measure of what moved in a year.
YEARLY_FLOWS = frozenset({None, "arms exports", "arms imports", "arms sales", "deliveries"})
NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TableCheckDraft:
    """One statement of the text and one cell, by their places among the claims; ``agrees`` is None at a gap."""

    claim: int
    cell: int | None
    agrees: bool | None
    note: str


def check_tables(claims: Sequence[ClaimDraft], tables: Sequence[TableDraft]) -> tuple[TableCheckDraft, ...]:
    """Hold each value that the text states for a pair and year against the page's own series.

    Agreement is no corroboration: one page is one origin.
    """
    stated = [StatedClaim(claim, place, 0, "", 0, None, NEVER) for place, claim in enumerate(claims)]
    flows = [place for place, each in enumerate(claims) if each.value_kind in YEARLY_FLOWS and not thing_of(each).level]
    cells = {key: places for key, places in table_cells(stated, flows).items() if _is_whole(claims, places)}
    compared = compare_with_tables(stated, range(len(stated)), cells)
    found = [
        TableCheckDraft(each.sides[0].claims[0], each.sides[1].claims[0], agrees, each.note)
        for agrees, part in zip((True, False), compared, strict=True)
        for each in part
    ]
    return tuple(sorted([*found, *_gaps(claims, tables)], key=lambda each: (each.claim, each.cell or 0)))


def _is_whole(claims: Sequence[ClaimDraft], places: Sequence[int]) -> bool:
    """Answer whether the cells of one pair and year are its whole: several columns of a table are parts or measures."""
    tables = [claims[place].evidence.table for place in places]
    return len(set(tables)) == len(tables)


def _gaps(claims: Sequence[ClaimDraft], tables: Sequence[TableDraft]) -> Iterator[TableCheckDraft]:
    """Give the statements about a year that a series of their pair and currency leaves out."""
    missing = {
        (series.supplier, series.recipient, series.unit, observation.period)
        for table in tables
        for series in table.series
        for observation in series.observations
        if observation.missing and series.value_kind in YEARLY_FLOWS
    }
    for place, claim in enumerate(claims):
        year = claim.happened_on.year if claim.happened_on else claim.year
        if _is_yearly(claim) and (claim.supplier, claim.recipient, claim.currency, year) in missing:
            yield TableCheckDraft(place, None, None, f"text and table on {year}: the table has a gap")


def _is_yearly(claim: ClaimDraft) -> bool:
    """Answer whether a claim of the text can be held against what moved in a year, as the comparison itself asks."""
    is_flow = claim.status in FLOWS and claim.value_kind not in OTHER_MEASURES and not thing_of(claim).level
    return is_flow and claim.evidence.paragraph is not None and claim.currency is not None
