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
from models.ledger import LOST_AFTER, is_overdue
from models.outlet import Source, SourceCheck
from models.source_checks import last_checks
from models.table import ArticleTable, Series
from models.transfer import Transfer


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source with its state, its last crawl and check, and what it brought.

    ``interval`` (seconds) and ``expect`` are those in force; ``chosen`` names what the operator set.
    """

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
    delay: float | None
    chosen: tuple[str, ...]
    last_outcome: str | None
    last_run_at: datetime | None
    last_success_at: datetime | None
    next_crawl_at: datetime | None
    is_running: bool
    is_overdue: bool
    articles: int
    articles_last_week: int
    pages: dict[str, int]
    check: str | None
    checked_at: datetime | None
    check_reason: str | None
    check_proposal: str | None


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


@dataclass(frozen=True, slots=True)
class _Lately:
    """What happened to one source."""

    run: CrawlRun | None
    volume: Volume
    check: SourceCheck | None


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
    checks = last_checks(session, ids)
    counted = source_volumes(session, now, ids) if volumes is None else volumes
    lately = {each: _Lately(runs.get(each), counted.get(each, Volume()), checks.get(each)) for each in ids}
    return [_source_row(each, lately[each.id], now) for each in sources]


def _source_row(source: Source, lately: _Lately, now: datetime) -> SourceRow:
    run, volume, check = lately.run, lately.volume, lately.check
    is_running = run is not None and run.finished_at is None and run.heartbeat_at >= now - LOST_AFTER
    is_late = not is_running and is_overdue(source, now, has_run=run is not None)
    return SourceRow(
        name=source.name,
        outlet=source.outlet.name,
        outlet_id=source.outlet_id,
        country=source.outlet.country,
        kind=source.outlet.kind,
        homepage=source.outlet.homepage,
        state="late" if is_late and source.state == "healthy" else source.state,
        reason=source.reason,
        enabled=source.enabled,
        interval=source.current_interval,
        expect=source.expected,
        delay=source.operator_delay,
        chosen=_chosen(source),
        last_outcome=run.outcome if run else None,
        last_run_at=run.started_at if run else None,
        last_success_at=source.last_success_at,
        next_crawl_at=source.next_crawl_at,
        is_running=is_running,
        is_overdue=is_late,
        articles=volume.articles,
        articles_last_week=volume.last_week,
        pages=volume.pages,
        check=check.verdict if check else None,
        checked_at=check.checked_at if check else None,
        check_reason=check.reason if check else None,
        check_proposal=check.proposal if check else None,
    )


def _chosen(source: Source) -> tuple[str, ...]:
    choices = {"every": source.operator_interval, "expect": source.operator_expect, "delay": source.operator_delay}
    return tuple(name for name, value in choices.items() if value is not None)


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
    rows = session.execute(query.group_by(Page.source_id, Page.state))
    return sorted((source_id, state, number) for source_id, state, number in rows)


def _of(table: type[Article | Page], source_ids: Sequence[int] | None) -> list[ColumnElement[bool]]:
    return [] if source_ids is None else [table.source_id.in_(source_ids)]
