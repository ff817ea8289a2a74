"""Crawls: how each ended, how long it took, what it counted and what it fetched."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.crawl import Capture, CrawlRun, Page
from models.ledger import LOST_AFTER
from models.outlet import Source

FETCHES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class CrawlFilters:
    """What a crawl must meet; None asks nothing. ``outcome`` may also be ``running``."""

    source: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class CrawlRow:
    """One crawl; ``seconds`` is how long it took, or has taken so far as its process last said."""

    id: int
    source: str
    outlet: str
    outlet_id: int
    slot: datetime
    started_at: datetime
    finished_at: datetime | None
    seconds: float
    outcome: str | None
    reason: str | None
    is_running: bool
    counts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CrawlPage:
    """A part of a list of crawls, and how long the whole list is."""

    total: int
    rows: tuple[CrawlRow, ...]


@dataclass(frozen=True, slots=True)
class FetchRow:
    """One fetch of a crawl; ``article_id`` is empty where it led to no article."""

    capture_id: int
    url: str
    state: str
    reason: str | None
    article_id: int | None
    fetched_at: datetime
    status: int | None
    bytes: int | None
    is_kept: bool
    error: str | None


@dataclass(frozen=True, slots=True)
class CrawlDetail:
    """One crawl with the first of its fetches, and how many there are by HTTP status (None: no answer)."""

    crawl: CrawlRow
    statuses: dict[str, int]
    fetches: tuple[FetchRow, ...]


def list_crawls(session: Session, now: datetime, filters: CrawlFilters, limit: int = 50, offset: int = 0) -> CrawlPage:
    """List crawls, the latest started first."""
    query = select(CrawlRun).where(*_conditions(filters))
    total = session.scalar(query.with_only_columns(func.count(CrawlRun.id))) or 0
    rows = session.scalars(query.order_by(CrawlRun.id.desc()).limit(limit).offset(offset))
    return CrawlPage(total, tuple(_crawl_row(row, now) for row in rows))


def _conditions(filters: CrawlFilters) -> Iterator[ColumnElement[bool]]:
    if filters.source is not None:
        named = select(Source.id).where(Source.name == filters.source)
        yield CrawlRun.source_id.in_(named.scalar_subquery())
    if filters.outcome is not None:
        is_open = filters.outcome == "running"
        yield CrawlRun.finished_at.is_(None) if is_open else CrawlRun.outcome == filters.outcome


def _crawl_row(run: CrawlRun, now: datetime) -> CrawlRow:
    return CrawlRow(
        id=run.id,
        source=run.source.name,
        outlet=run.source.outlet.name,
        outlet_id=run.source.outlet_id,
        slot=run.slot,
        started_at=run.started_at,
        finished_at=run.finished_at,
        seconds=((run.finished_at or run.heartbeat_at) - run.started_at).total_seconds(),
        outcome=run.outcome,
        reason=run.reason,
        is_running=run.finished_at is None and run.heartbeat_at >= now - LOST_AFTER,
        counts=run.counts,
    )


def crawl_detail(session: Session, crawl_id: int, now: datetime) -> CrawlDetail | None:
    """Give one crawl with what it fetched, or None."""
    run = session.get(CrawlRun, crawl_id)
    if run is None:
        return None
    by_status = select(Capture.status, func.count()).where(Capture.crawl_run_id == crawl_id).group_by(Capture.status)
    statuses = session.execute(by_status.order_by(Capture.status)).all()
    return CrawlDetail(
        crawl=_crawl_row(run, now),
        statuses={"no answer" if status is None else str(status): number for status, number in statuses},
        fetches=_fetches(session, crawl_id),
    )


def _fetches(session: Session, crawl_id: int) -> tuple[FetchRow, ...]:
    query = select(Capture, Page).join(Page).where(Capture.crawl_run_id == crawl_id)
    return tuple(
        FetchRow(
            capture_id=capture.id,
            url=page.url,
            state=page.state,
            reason=page.reason,
            article_id=page.article_id,
            fetched_at=capture.fetched_at,
            status=capture.status,
            bytes=capture.bytes,
            is_kept=capture.warc_file is not None,
            error=capture.error,
        )
        for capture, page in session.execute(query.order_by(Capture.id).limit(FETCHES_SHOWN))
    )
