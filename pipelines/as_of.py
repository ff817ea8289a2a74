"""Transfers as they would have been joined at an earlier time, from what articles said and we had seen by then."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from models.claim import Claim
from models.listing_transfers import (
    UNKNOWN,
    TransferDetail,
    TransferFilters,
    TransferPage,
    TransferRow,
    claims_by_id,
    meets,
    transfer_row,
)
from models.transfer import Transfer
from pipelines.corroborate import corroborate
from pipelines.register_entries import register_entries
from pipelines.stated_claims import Pair, pairs_where, stated_claims
from pipelines.store_transfers import fill_transfer
from pipelines.transfers.drafts import StatedClaim, TransferDraft


def list_transfers_as_of(session: Session, filters: TransferFilters, as_of: datetime, limit: int = 50) -> TransferPage:
    """List the transfers as they were known at a time; articles first seen later, and later edits, do not count."""
    found = [row for row, _ in known_transfers(session, filters, as_of)]
    found.sort(key=lambda row: (-(row.first_reported_at.timestamp() if row.first_reported_at else 0.0), row.key))
    return TransferPage(len(found), tuple(found[:limit]))


def known_transfers(
    session: Session, filters: TransferFilters, as_of: datetime
) -> Iterator[tuple[TransferRow, list[int]]]:
    """Yield the transfers as they were known at a time, each with the ids of its claims."""
    sides = {"supplier": Claim.supplier, "recipient": Claim.recipient}
    conditions = [
        column == getattr(filters, name)
        for name, column in sides.items()
        if getattr(filters, name) not in (None, UNKNOWN)
    ]
    for pair in pairs_where(session, conditions, as_of):
        for row, draft, claims in _of_pair(session, pair, as_of):
            if meets(row, filters):
                yield row, [claims[place].claim_id for place in draft.claims]


def transfer_detail_as_of(session: Session, number: int, as_of: datetime) -> TransferDetail | None:
    """Give what was known of a transfer at a time, or None where nothing was.

    It is the one of the same key, or else the one whose articles it shares most.
    """
    stored = session.get(Transfer, number)
    if stored is None:
        return None
    known = list(_of_pair(session, (stored.supplier, stored.recipient), as_of))
    same = [each for each in known if each[0].key == stored.key]
    articles = {claim.article_id for claim in claims_by_id(session, [claim.id for claim in stored.claims])}
    shared = max(known, key=lambda each: len(articles & _articles(each[1], each[2])), default=None)
    if not same and (shared is None or not articles & _articles(shared[1], shared[2])):
        return None
    row, draft, claims = same[0] if same else shared  # type: ignore[misc]
    return TransferDetail(row, claims_by_id(session, [claims[place].claim_id for place in draft.claims]))


def _of_pair(
    session: Session, pair: Pair, as_of: datetime
) -> list[tuple[TransferRow, TransferDraft, list[StatedClaim]]]:
    claims = stated_claims(session, pair, as_of)
    joined = []
    for draft in corroborate(claims, register_entries(session, pair, as_of)):
        row = Transfer()  # never added to the session
        fill_transfer(row, draft, claims)
        joined.append((transfer_row(row), draft, claims))
    return joined


def _articles(draft: TransferDraft, claims: list[StatedClaim]) -> set[int]:
    return {claims[place].article_id for place in draft.claims}
