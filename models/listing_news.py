"""What is new: what was first seen, changed and joined since an instant."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.article import Article, Revision
from models.claim import Claim
from models.listing_articles import ArticleRow, article_rows
from models.listing_transfers import TransferRow, transfer_row
from models.transfer import Transfer

SHOWN = 8


@dataclass(frozen=True, slots=True)
class News:
    """How much is new since an instant, with the newest of each.

    ``changed`` counts articles that read otherwise than when they were first seen. ``newest_transfers`` are the newest
    there are, also where none of them is new.
    """

    since: datetime
    articles: int
    claims: int
    changed: int
    transfers: int
    new_articles: tuple[ArticleRow, ...]
    changed_articles: tuple[ArticleRow, ...]
    newest_transfers: tuple[TransferRow, ...]


def whats_new(session: Session, since: datetime) -> News:
    """Gather what is new."""
    is_new = Article.first_seen_at >= since
    later = select(Revision.article_id).join(Article, Article.id == Revision.article_id)
    later = later.where(Revision.seen_at >= since, Revision.seen_at > Article.first_seen_at)
    has_changed = Article.id.in_(later.scalar_subquery())
    claims = select(func.count(Claim.id)).join(Article, Article.current_revision_id == Claim.revision_id)
    newest = select(Article).where(is_new).order_by(Article.first_seen_at.desc(), Article.id.desc())
    return News(
        since=since,
        articles=session.scalar(select(func.count(Article.id)).where(is_new)) or 0,
        claims=session.scalar(claims.where(is_new)) or 0,
        changed=session.scalar(select(func.count(Article.id)).where(has_changed)) or 0,
        transfers=session.scalar(select(func.count(Transfer.id)).where(Transfer.first_seen_at >= since)) or 0,
        new_articles=article_rows(session, newest.limit(SHOWN)),
        changed_articles=article_rows(session, select(Article).where(has_changed).order_by(Article.id).limit(SHOWN)),
        newest_transfers=_newest_transfers(session),
    )


def _newest_transfers(session: Session) -> tuple[TransferRow, ...]:
    query = select(Transfer).order_by(Transfer.first_seen_at.desc().nulls_last(), Transfer.id.desc())
    return tuple(map(transfer_row, session.scalars(query.limit(SHOWN))))
