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

    ``number`` counts the claims of the article from 1, as its page does. A cell of a table tells little by itself: its
    ``column`` and its row's first cell say what it is about.
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
    table: int | None
    column: str | None
    row_head: str | None
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
    column, row_head, stands_there = _place(session, claim)
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
        table=claim.table,
        column=column,
        row_head=row_head,
        is_verified=stands_there == claim.quote,
    )


def _strength(claim: Claim) -> tuple[int, bool, int, bool, float]:
    parties = (claim.supplier is not None) + (claim.recipient is not None)
    is_sentence = claim.paragraph is not None
    modality = MODALITY_STRENGTH.get(claim.modality, 0)
    return (parties, is_sentence, modality, claim.status != "general", claim.confidence)


def _place(session: Session, claim: Claim) -> tuple[str | None, str | None, str | None]:
    """Give the column and the row's head, for a claim from a table, and what the revision has at the claim's place."""
    if claim.paragraph is not None:
        paragraphs = session.scalar(select(Revision.paragraphs).where(Revision.id == claim.revision_id)) or []
        texts = [each["text"] for each in paragraphs[claim.paragraph : claim.paragraph + 1]]
        return None, None, "".join(texts)[claim.start : claim.end]
    query = select(ArticleTable).where(
        ArticleTable.revision_id == claim.revision_id, ArticleTable.position == claim.table
    )
    table = session.scalar(query)
    if table is None or claim.row is None or claim.column is None or claim.row >= len(table.rows):
        return None, None, None
    cells, columns = table.rows[claim.row], table.columns
    at = slice(claim.column, claim.column + 1)
    head = cells[0] if claim.column > 0 else None
    return "".join(columns[at]) or None, head, "".join(cells[at])
