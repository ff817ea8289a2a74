"""The strongest claim of each article of a list, with its quote held against the text it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.article import Article, Revision
from models.claim import Claim
from models.table import ArticleTable

MODALITY_STRENGTH = {"asserted": 3, "attributed": 2, "historical": 1}


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """What an article states most surely; ``is_verified`` tells whether the words stand at the place that is named.

    ``number`` counts the claims of the article from 1, as its page does.
    """

    number: int
    quote: str
    supplier: str | None
    recipient: str | None
    weapon: str | None
    quantity: int | None
    status: str
    modality: str
    confidence: float
    paragraph: int | None
    table: int | None
    is_verified: bool


def strongest_claims(session: Session, article_ids: Sequence[int]) -> dict[int, QuoteRow]:
    """Give the strongest claim of each article that makes any, by the article's id."""
    query = select(Article.id, Claim).join(Claim, Claim.revision_id == Article.current_revision_id)
    claims: dict[int, list[Claim]] = {}
    for article_id, claim in session.execute(query.where(Article.id.in_(article_ids)).order_by(Claim.position)):
        claims.setdefault(article_id, []).append(claim)
    return {article_id: _quote_row(session, made) for article_id, made in claims.items()}


def _quote_row(session: Session, made: list[Claim]) -> QuoteRow:
    claim = max(made, key=_strength)
    return QuoteRow(
        number=made.index(claim) + 1,
        quote=claim.quote,
        supplier=claim.supplier,
        recipient=claim.recipient,
        weapon=claim.weapon or (", ".join(claim.weapon_raw) or None),
        quantity=claim.quantity,
        status=claim.status,
        modality=claim.modality,
        confidence=claim.confidence,
        paragraph=claim.paragraph,
        table=claim.table,
        is_verified=stands_in_text(session, claim),
    )


def _strength(claim: Claim) -> tuple[int, int, bool, float]:
    parties = (claim.supplier is not None) + (claim.recipient is not None)
    return (parties, MODALITY_STRENGTH.get(claim.modality, 0), claim.status != "general", claim.confidence)


def stands_in_text(session: Session, claim: Claim) -> bool:
    """Tell whether a claim's quote is what its revision has at the place that the claim names."""
    if claim.paragraph is None:
        query = select(ArticleTable.rows).where(
            ArticleTable.revision_id == claim.revision_id, ArticleTable.position == claim.table
        )
        return _at(session.scalar(query), claim.row, claim.column) == claim.quote
    paragraphs = session.scalar(select(Revision.paragraphs).where(Revision.id == claim.revision_id)) or []
    if claim.paragraph >= len(paragraphs):
        return False
    return bool(paragraphs[claim.paragraph]["text"][claim.start : claim.end] == claim.quote)


def _at(rows: list[list[str]] | None, row: int | None, column: int | None) -> str | None:
    if rows is None or row is None or column is None or row >= len(rows) or column >= len(rows[row]):
        return None
    return rows[row][column]
