"""Crawl runs, the pages they know (the frontier), what they fetched, and who may schedule."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, Identity
from models.outlet import Source

OUTCOMES = ("finished", "incomplete", "failed", "killed", "lost")
PAGE_STATES = ("wanted", "kept", "done", "irrelevant", "failed", "gone", "refused")
LOST_STATES = ("kept", "failed", "gone", "refused")  # found, and yet no article: each has a reason
HAS_REASON = text("reason IS NOT NULL AND state <> 'irrelevant'")  # of those nearly every page has its own
IS_LOST = text(f"state IN {LOST_STATES}")  # as written here, or SQLite does not see that its index answers


class CrawlRun(Base):
    """One crawl. While it runs ``finished_at`` is empty, and a source has at most one such row."""

    __tablename__ = "crawl_run"
    __table_args__ = (
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
        UniqueConstraint("source_id", "slot"),
        Index("ix_crawl_run_started", "source_id", "started_at", "outcome"),
        Index(
            "ix_crawl_run_running",
            "source_id",
            unique=True,
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
    )

    id: Mapped[Identity]
    source_id: Mapped[int] = mapped_column(BigId, ForeignKey("source.id"))
    slot: Mapped[datetime]
    started_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)

    source: Mapped[Source] = relationship()


class Page(Base):
    """One URL we know and what is to be done with it. It is due when ``next_fetch_at`` has come."""

    __tablename__ = "page"
    __table_args__ = (
        CheckConstraint(f"state IN {PAGE_STATES}", name="state"),
        Index("ix_page_due", "source_id", "next_fetch_at"),
        Index("ix_page_found", "source_id", "found_at", "state"),
        Index(
            "ix_page_lost", "source_id", "found_at", "state", "reason", sqlite_where=IS_LOST, postgresql_where=IS_LOST
        ),
        Index("ix_page_reason", "source_id", "state", "reason", sqlite_where=HAS_REASON, postgresql_where=HAS_REASON),
        Index("ix_page_state", "source_id", "state"),
    )

    id: Mapped[Identity]
    url: Mapped[str] = mapped_column(unique=True)
    source_id: Mapped[int] = mapped_column(BigId, ForeignKey("source.id"))
    article_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("article.id"), index=True)
    found_at: Mapped[datetime]
    found_in: Mapped[str]
    title: Mapped[str | None]
    published_raw: Mapped[str | None]
    state: Mapped[str]
    reason: Mapped[str | None]
    relevance: Mapped[float | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_fetch_at: Mapped[datetime | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]


class Capture(Base):
    """One fetch of a page: where its bytes lie in the archive, or why there are none."""

    __tablename__ = "capture"

    id: Mapped[Identity]
    page_id: Mapped[int] = mapped_column(BigId, ForeignKey("page.id"), index=True)
    crawl_run_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("crawl_run.id"), index=True)
    fetched_at: Mapped[datetime]
    final_url: Mapped[str]
    status: Mapped[int | None]
    sha256: Mapped[str | None]
    bytes: Mapped[int | None]
    warc_file: Mapped[str | None] = mapped_column(index=True)
    warc_offset: Mapped[int | None] = mapped_column(BigId)
    warc_length: Mapped[int | None] = mapped_column(BigId)
    error: Mapped[str | None]

    page: Mapped[Page] = relationship()


class Lease(Base):
    """Who may do what only one may do at a time; void once ``expires_at`` has passed."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    expires_at: Mapped[datetime]
