"""The questions asked of the database, each with a name; command line and web pages ask the same ones."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.article import Article, Revision
from models.claim import Claim
from models.crawl import Capture, Page


def due_pages(session: Session, source_id: int, now: datetime, limit: int, without: Collection[int] = ()) -> list[Page]:
    """Give the pages of a source that are due, the newest found first."""
    query = select(Page).where(Page.source_id == source_id, Page.next_fetch_at <= now)
    if without:
        query = query.where(Page.id.not_in(without))
    return list(session.scalars(query.order_by(Page.found_at.desc(), Page.id).limit(limit)))


def sample_pages(session: Session, source_id: int, now: datetime, size: int) -> list[Page]:
    """Give so many of the pages that are due, spread evenly from the newest found to the oldest."""
    due = select(Page.id).where(Page.source_id == source_id, Page.next_fetch_at <= now)
    ids = list(session.scalars(due.order_by(Page.found_at.desc(), Page.id)))
    chosen = ids[:: max(1, len(ids) // size)][:size]
    return list(session.scalars(select(Page).where(Page.id.in_(chosen))))


def is_known(session: Session, url: str) -> bool:
    """Tell whether the frontier has the URL (in its canonical spelling)."""
    return session.scalar(select(Page.id).where(Page.url == url)) is not None


def known_captures(session: Session, urls: Collection[str]) -> set[tuple[str, datetime]]:
    """Name the captures of these URLs (in their canonical spelling): URL and instant of the fetch."""
    query = select(Page.url, Capture.fetched_at).join(Page).where(Page.url.in_(urls))
    return {(url, fetched_at) for url, fetched_at in session.execute(query)}


def current_text_sha256(session: Session, article_id: int) -> str | None:
    """Give the digest of the text an article has now."""
    query = select(Revision.text_sha256).join(Article, Article.current_revision_id == Revision.id)
    return session.scalar(query.where(Article.id == article_id))


def page_states(session: Session, source_id: int | None = None) -> dict[str, int]:
    """Count pages by state, of one source or of all."""
    query = select(Page.state, func.count()).group_by(Page.state)
    if source_id is not None:
        query = query.where(Page.source_id == source_id)
    return dict(session.execute(query).all())


def archive_end(session: Session, warc_file: str) -> int:
    """Say where the last record that a committed capture points to ends, 0 for a new file."""
    end = func.max(Capture.warc_offset + Capture.warc_length)
    return session.scalar(select(end).where(Capture.warc_file == warc_file)) or 0


def captures_of_articles(session: Session, article_ids: Collection[int]) -> dict[int, int]:
    """Give, by article, the capture that it reads like now."""
    query = select(Article.id, Revision.capture_id).join(Revision, Article.current_revision_id == Revision.id)
    return dict(session.execute(query.where(Article.id.in_(article_ids))).all())


def captures_of_claims(session: Session, claim_ids: Collection[int]) -> dict[int, int]:
    """Give, by claim, the capture whose text makes it."""
    query = select(Claim.id, Revision.capture_id).join(Revision, Claim.revision_id == Revision.id)
    return dict(session.execute(query.where(Claim.id.in_(claim_ids))).all())
