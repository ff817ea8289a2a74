"""Two readings of one article side by side."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.article import Article, Revision
from models.fact_changes import ClaimChange, FactChange, find_claim_changes
from models.listing_articles import ArticleRow, article_rows
from models.listing_claims import claims_of_revision
from models.listing_detail import ParagraphRow, RevisionRow, paragraphs_of, revision_rows


@dataclass(frozen=True, slots=True)
class Comparison:
    """How an article read at two captures, the older one first, and which facts are other than before."""

    article: ArticleRow
    before: RevisionRow
    after: RevisionRow
    old_paragraphs: tuple[ParagraphRow, ...]
    new_paragraphs: tuple[ParagraphRow, ...]
    headings: tuple[FactChange, ...]
    claims: tuple[ClaimChange, ...]


def compare_revisions(session: Session, article_id: int, before_id: int, after_id: int) -> Comparison | None:
    """Compare two revisions of an article, whichever is named first; None where either is not one of its own."""
    article = session.get(Article, article_id)
    if article is None:
        return None
    rows = {row.id: row for row in revision_rows(session, article)}
    if before_id not in rows or after_id not in rows:
        return None
    before, after = sorted((rows[before_id], rows[after_id]), key=lambda row: (row.seen_at, row.id))
    old, new = session.get_one(Revision, before.id), session.get_one(Revision, after.id)
    return Comparison(
        article=article_rows(session, select(Article).where(Article.id == article_id))[0],
        before=before,
        after=after,
        old_paragraphs=paragraphs_of(old),
        new_paragraphs=paragraphs_of(new),
        headings=_headings(before, after),
        claims=find_claim_changes(
            claims_of_revision(session, article, before.id), claims_of_revision(session, article, after.id)
        ),
    )


def _headings(before: RevisionRow, after: RevisionRow) -> tuple[FactChange, ...]:
    told = (
        FactChange("headline", before.headline, after.headline),
        FactChange("published", _instant(before.published_at), _instant(after.published_at)),
        FactChange("modified", _instant(before.modified_at), _instant(after.modified_at)),
    )
    return tuple(change for change in told if change.old != change.new)


def _instant(at: datetime | None) -> str | None:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else None
