"""The strongest claim of each article of a list, with its quote held against the text it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from models.article import Article, Revision
from models.claim import Claim
from models.table import ArticleTable


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
    place = func.row_number().over(partition_by=Claim.revision_id, order_by=_STRENGTH).label("place")
    ranked = select(Claim.id, Article.id.label("article_id"), place)
    ranked = ranked.join(Article, Article.current_revision_id == Claim.revision_id)
    best = ranked.where(Article.id.in_(article_ids)).subquery()
    query = select(best.c.article_id, Claim).join(Claim, Claim.id == best.c.id).where(best.c.place == 1)
    return {article_id: _quote_row(session, claim) for article_id, claim in session.execute(query)}


# Both sides named before one, a sentence before a table's cell, a fact before what somebody says or what once was.
_STRENGTH = (
    (case((Claim.supplier.is_not(None), 1), else_=0) + case((Claim.recipient.is_not(None), 1), else_=0)).desc(),
    case((Claim.paragraph.is_not(None), 0), else_=1),
    case({"asserted": 0, "attributed": 1, "historical": 2}, value=Claim.modality, else_=3),
    case((Claim.status == "general", 1), else_=0),
    Claim.confidence.desc(),
    Claim.position,
)


def _quote_row(session: Session, claim: Claim) -> QuoteRow:
    column, row_head, stands_there = _place(session, claim)
    return QuoteRow(
        number=claim.position + 1,
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
