"""What we watch and how it fares: sources with their health, and the totals of the whole database."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.article import Article, Revision
from models.base import Base
from models.claim import Claim
from models.crawl import Capture, CrawlRun, Page
from models.ledger import LOST_AFTER
from models.outlet import Source
from models.table import ArticleTable, Series
from models.transfer import Transfer

OVERDUE_AT_LEAST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source with its state, its last crawl and what it brought."""

    name: str
    outlet: str
    outlet_id: int
    country: str | None
    kind: str | None
    homepage: str | None
    state: str
    reason: str | None
    enabled: bool
    interval: int
    expect: int | None
    last_outcome: str | None
    last_run_at: datetime | None
    last_success_at: datetime | None
    next_crawl_at: datetime | None
    is_running: bool
    is_overdue: bool
    articles: int
    articles_last_week: int
    pages: dict[str, int]


@dataclass(frozen=True, slots=True)
class Totals:
    """How much of everything the database holds."""

    sources: int
    pages: dict[str, int]
    articles: int
    revisions: int
    tables: int
    series: int
    claims: int
    transfers: int
    captures: int


@dataclass(slots=True)
class Volume:
    """What one source brought: articles ever and in the last seven days, and its pages by state."""

    articles: int = 0
    last_week: int = 0
    pages: dict[str, int] = field(default_factory=dict)


def totals(session: Session) -> Totals:
    """Count what the database holds."""
    return Totals(
        sources=_count(session, Source),
        pages=_pages_by_state(session),
        articles=_count(session, Article),
        revisions=_count(session, Revision),
        tables=_count(session, ArticleTable),
        series=_count(session, Series),
        claims=_count(session, Claim),
        transfers=_count(session, Transfer),
        captures=session.scalar(select(func.count()).where(Capture.warc_file.is_not(None))) or 0,
    )


def _pages_by_state(session: Session) -> dict[str, int]:
    added: Counter[str] = Counter()
    for _, state, number in _page_states(session):
        added[state] += number
    return dict(sorted(added.items()))


def _count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def list_sources(
    session: Session, now: datetime, *conditions: ColumnElement[bool], volumes: Mapping[int, Volume] | None = None
) -> list[SourceRow]:
    """List the sources that meet the conditions by name, each with its health as of ``now``.

    ``volumes`` are those of source_volumes(), where they were counted a moment ago.
    """
    sources = session.scalars(select(Source).where(*conditions).order_by(Source.name)).all()
    ids = [source.id for source in sources]
    runs = _last_runs(session, ids)
    counted = source_volumes(session, now, ids) if volumes is None else volumes
    return [_source_row(each, runs.get(each.id), now, counted.get(each.id, Volume())) for each in sources]


def _source_row(source: Source, run: CrawlRun | None, now: datetime, volume: Volume) -> SourceRow:
    is_running = run is not None and run.finished_at is None and run.heartbeat_at >= now - LOST_AFTER
    return SourceRow(
        name=source.name,
        outlet=source.outlet.name,
        outlet_id=source.outlet_id,
        country=source.outlet.country,
        kind=source.outlet.kind,
        homepage=source.outlet.homepage,
        state=source.state,
        reason=source.reason,
        enabled=source.enabled,
        interval=source.interval,
        expect=source.expect,
        last_outcome=run.outcome if run else None,
        last_run_at=run.started_at if run else None,
        last_success_at=source.last_success_at,
        next_crawl_at=source.next_crawl_at,
        is_running=is_running,
        is_overdue=not is_running and is_overdue(source, now, has_run=run is not None),
        articles=volume.articles,
        articles_last_week=volume.last_week,
        pages=volume.pages,
    )


def is_overdue(source: Source, now: datetime, *, has_run: bool) -> bool:
    """Tell whether a crawl should have begun long ago: two intervals, or ten minutes where none has begun yet.

    Nobody but the clock is asked, so that a scheduler that died is seen too.
    """
    if not source.enabled:
        return False
    if source.next_crawl_at is None:
        return True
    grace = timedelta(seconds=2 * source.interval) if has_run else OVERDUE_AT_LEAST
    return source.next_crawl_at < now - max(grace, OVERDUE_AT_LEAST)


def _last_runs(session: Session, source_ids: Sequence[int]) -> dict[int, CrawlRun]:
    """Find each source's last run, through the index of their slots: there may be millions of runs."""
    last = select(CrawlRun.id).where(CrawlRun.source_id == Source.id).order_by(CrawlRun.slot.desc()).limit(1)
    newest = select(last.correlate(Source).scalar_subquery()).where(Source.id.in_(source_ids))
    runs = session.scalars(select(CrawlRun).where(CrawlRun.id.in_(newest.scalar_subquery())))
    return {run.source_id: run for run in runs}


def source_volumes(session: Session, now: datetime, source_ids: Sequence[int] | None = None) -> dict[int, Volume]:
    """Count what sources brought, by the source's id: of some or of all."""
    volumes: defaultdict[int, Volume] = defaultdict(Volume)
    last_week = func.count().filter(Article.first_seen_at >= now - timedelta(days=7))
    by_source = select(Article.source_id, func.count(), last_week).where(*_of(Article, source_ids))
    for source_id, articles, of_last_week in session.execute(by_source.group_by(Article.source_id)):
        volumes[source_id].articles, volumes[source_id].last_week = articles, of_last_week
    for source_id, state, number in _page_states(session, source_ids):
        volumes[source_id].pages[state] = number
    return dict(volumes)


def _page_states(session: Session, source_ids: Sequence[int] | None = None) -> list[tuple[int, str, int]]:
    """Count the pages of each source by state; an index has both, so no page itself is read."""
    query = select(Page.source_id, Page.state, func.count()).where(*_of(Page, source_ids))
    return sorted(tuple(row) for row in session.execute(query.group_by(Page.source_id, Page.state)))


def _of(table: type[Article | Page], source_ids: Sequence[int] | None) -> list[ColumnElement[bool]]:
    return [] if source_ids is None else [table.source_id.in_(source_ids)]
