"""The words behind transfers: claims with who says them, checked against the text as it reads now."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.article import Article, Revision
from models.claim import Claim
from models.listing_claims import ClaimRow, claim_row
from models.listing_transfers import MOST_IDS
from models.outlet import Outlet
from models.table import ArticleTable
from models.transfer import transfer_claim


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One claim of a transfer with its outlet; ``is_verified`` says that the quote was found at its place just now.

    ``role`` is support, plan, denial or repeat. ``happened_on`` is a day in ISO form; ``capture_id`` names the page as
    it was archived.
    """

    claim: ClaimRow
    role: str
    happened_on: str | None
    outlet_id: int
    outlet_kind: str | None
    outlet_country: str | None
    owner: str | None
    language: str | None
    published_precision: str | None
    capture_id: int
    is_verified: bool


def evidence_of(session: Session, ids: Collection[int]) -> dict[int, EvidenceRow]:
    """Give the claims of transfers by their ids, those of the earliest article first."""
    query = (
        select(Claim, Article, Outlet, Revision, transfer_claim.c.role, ArticleTable.rows)
        .join(transfer_claim, transfer_claim.c.claim_id == Claim.id)
        .join(Revision, Revision.id == Claim.revision_id)
        .join(Article, Article.id == Revision.article_id)
        .join(Outlet, Outlet.id == Article.outlet_id)
        .outerjoin(
            ArticleTable, (ArticleTable.revision_id == Claim.revision_id) & (ArticleTable.position == Claim.table)
        )
    )
    ordered = sorted(ids)
    chunks = [ordered[at : at + MOST_IDS] for at in range(0, len(ordered), MOST_IDS)]
    found = [_row(each) for chunk in chunks for each in session.execute(query.where(Claim.id.in_(chunk)))]
    found.sort(key=_order)
    return {row.claim.id: row for row in found}


def _order(row: EvidenceRow) -> tuple[bool, float, int, int]:
    published = row.claim.published_at
    return published is None, published.timestamp() if published else 0.0, row.claim.article_id, row.claim.id


def _row(found: Any) -> EvidenceRow:
    claim, article, outlet, revision, role, cells = found
    return EvidenceRow(
        claim=claim_row(claim, article, outlet.name),
        role=role,
        happened_on=claim.happened_on.isoformat() if claim.happened_on else None,
        outlet_id=outlet.id,
        outlet_kind=outlet.kind,
        outlet_country=outlet.country,
        owner=outlet.owner,
        language=article.language,
        published_precision=article.published_precision,
        capture_id=revision.capture_id,
        is_verified=bool(claim.quote) and _at_its_place(claim, revision, cells) == claim.quote,
    )


def _at_its_place(claim: Claim, revision: Revision, cells: Any) -> str | None:
    """Give what stands where the claim says its quote does, or None where there is no such place."""
    try:
        if claim.paragraph is not None:
            return str(revision.paragraphs[claim.paragraph]["text"][claim.start : claim.end])
        return str(cells[claim.row][claim.column])
    except (IndexError, TypeError):
        return None
