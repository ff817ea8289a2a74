"""Articles and how they read over time."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, Identity
from models.crawl import Capture
from models.outlet import Outlet, Source


class Article(Base):
    """One piece at one canonical URL. ``origin_group`` is the id of the first article of its origin group."""

    __tablename__ = "article"
    __table_args__ = (
        CheckConstraint("published_precision IN ('minute', 'day', 'none')", name="precision"),
        Index("ix_article_seen", "source_id", "first_seen_at"),
        Index("ix_article_outlet", "outlet_id", "current_revision_id"),  # so that claims are counted without the rows
        # SQLite reads its index of published_at backwards, the unknown last; PostgreSQL would have the unknown first.
        Index("ix_article_newest", text("published_at DESC NULLS LAST"), text("id DESC")).ddl_if(dialect="postgresql"),
    )

    id: Mapped[Identity]
    canonical_url: Mapped[str] = mapped_column(unique=True)
    canonical_origin: Mapped[str]
    amp_url: Mapped[str | None]
    source_id: Mapped[int] = mapped_column(BigId, ForeignKey("source.id"))
    outlet_id: Mapped[int] = mapped_column(BigId, ForeignKey("outlet.id"))
    headline: Mapped[str | None]
    headline_origin: Mapped[str | None]
    authors: Mapped[list[str]]
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    published_origin: Mapped[str | None]
    published_precision: Mapped[str | None]
    published_raw: Mapped[str | None]
    published_flag: Mapped[str | None]
    modified_at: Mapped[datetime | None]
    modified_raw: Mapped[str | None]
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    gone_at: Mapped[datetime | None]
    language: Mapped[str | None]
    access: Mapped[str]
    description: Mapped[str | None]
    section: Mapped[str | None]
    keywords: Mapped[list[str]]
    image: Mapped[str | None]
    publisher: Mapped[str | None]
    agency: Mapped[str | None]
    relevance: Mapped[float]
    relevance_reasons: Mapped[list[str]]
    candidates: Mapped[list[Any]]
    problems: Mapped[list[str]]
    body_reader: Mapped[str | None]
    body_confidence: Mapped[float | None]
    fingerprint: Mapped[bytes | None]
    origin_group: Mapped[int | None] = mapped_column(BigId, index=True)
    current_revision_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("revision.id", use_alter=True, name="fk_article_current_revision_id"), index=True
    )

    outlet: Mapped[Outlet] = relationship()
    source: Mapped[Source] = relationship()
    current_revision: Mapped["Revision | None"] = relationship(foreign_keys=[current_revision_id], post_update=True)


class ArticleChange(Base):
    """One line for each time that an article or its claims changed; the search index follows these lines."""

    __tablename__ = "article_change"
    __table_args__ = (Index("ix_article_change_article", "article_id", "id"),)

    id: Mapped[Identity]
    article_id: Mapped[int] = mapped_column(BigId, ForeignKey("article.id"))


class FingerprintBand(Base):
    """One band of an article's MinHash: articles that share a band may be copies of each other."""

    __tablename__ = "fingerprint_band"
    __table_args__ = (Index("ix_fingerprint_band_key", "key"),)

    article_id: Mapped[int] = mapped_column(BigId, ForeignKey("article.id"), primary_key=True)
    key: Mapped[int] = mapped_column(BigId, primary_key=True)


class Revision(Base):
    """How an article read at one capture; ``paragraphs`` is a list of ``{"text", "kind"}``, numbered from 0."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("article_id", "capture_id"),)

    id: Mapped[Identity]
    article_id: Mapped[int] = mapped_column(BigId, ForeignKey("article.id"))
    capture_id: Mapped[int] = mapped_column(BigId, ForeignKey("capture.id"))
    seen_at: Mapped[datetime] = mapped_column(index=True)
    headline: Mapped[str | None]
    published_at: Mapped[datetime | None]
    modified_at: Mapped[datetime | None]
    paragraphs: Mapped[list[Any]]
    text_sha256: Mapped[str]

    article: Mapped[Article] = relationship(foreign_keys=[article_id])
    capture: Mapped[Capture] = relationship()
