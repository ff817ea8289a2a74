"""One source in full: its volume by day, what its articles lack, what became of its pages and why."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.article import Article
from models.crawl import HAS_REASON, CrawlRun, Page
from models.days import as_day, day_of, days_from, midnight
from models.listing_coverage import PageReason
from models.listing_crawls import CrawlFilters, CrawlRow, list_crawls
from models.listing_sources import SourceRow, list_sources
from models.outlet import Source

DAYS = 30
CRAWLS = 10
SAMPLE = 200  # newest articles that field coverage is measured on
FIELDS = ("headline", "authors", "published_at", "language", "description", "section", "image")


@dataclass(frozen=True, slots=True)
class DayVolume:
    """What a source brought on one day; ``crawls`` are those begun then, ``finished`` those that came to their end."""

    day: date
    articles: int
    crawls: int
    finished: int


@dataclass(frozen=True, slots=True)
class FieldCoverage:
    """How many of the newest articles have a field."""

    field: str
    filled: int
    articles: int

    @property
    def share(self) -> float:
        """Give the share from 0 to 1."""
        return self.filled / self.articles if self.articles else 0.0


@dataclass(frozen=True, slots=True)
class SourceDetail:
    """One source; ``expected_a_day`` is what its spider file expects, None where that says nothing.

    ``pages`` gives no reasons for pages about something else.
    """

    source: SourceRow
    failures: float
    expected_a_day: float | None
    days: tuple[DayVolume, ...]
    fields: tuple[FieldCoverage, ...]
    pages: tuple[PageReason, ...]
    crawls: tuple[CrawlRow, ...]


def source_detail(session: Session, name: str, now: datetime) -> SourceDetail | None:
    """Give one source, or None."""
    source = session.scalar(select(Source).where(Source.name == name))
    if source is None:
        return None
    (row,) = list_sources(session, now, Source.id == source.id)
    return SourceDetail(
        source=row,
        failures=source.failures,
        expected_a_day=source.expect / 7 if source.expect is not None else None,
        days=_days(session, source.id, now),
        fields=_fields(session, source.id),
        pages=_pages(session, source.id),
        crawls=list_crawls(session, now, CrawlFilters(source=name), CRAWLS).rows,
    )


def _days(session: Session, source_id: int, now: datetime) -> tuple[DayVolume, ...]:
    first = now.date() - timedelta(days=DAYS - 1)
    articles = _by_day(session, source_id, first)
    day = day_of(session, CrawlRun.started_at)
    query = select(day, CrawlRun.outcome, func.count()).where(
        CrawlRun.source_id == source_id, CrawlRun.started_at >= midnight(first)
    )
    crawls, finished = Counter[date](), Counter[date]()
    for ran_on, outcome, number in session.execute(query.group_by(day, CrawlRun.outcome)):
        crawls[as_day(ran_on)] += number
        finished[as_day(ran_on)] += number if outcome == "finished" else 0
    return tuple(DayVolume(each, articles[each], crawls[each], finished[each]) for each in days_from(first, DAYS))


def _by_day(session: Session, source_id: int, first: date) -> Counter[date]:
    day = day_of(session, Article.first_seen_at)
    query = select(day, func.count()).where(Article.source_id == source_id, Article.first_seen_at >= midnight(first))
    return Counter({as_day(seen_on): number for seen_on, number in session.execute(query.group_by(day))})


def _fields(session: Session, source_id: int) -> tuple[FieldCoverage, ...]:
    columns = [getattr(Article, name) for name in FIELDS]
    newest = (Article.first_seen_at.desc(), Article.id.desc())
    query = select(*columns).where(Article.source_id == source_id).order_by(*newest).limit(SAMPLE)
    rows = session.execute(query).all()
    return tuple(FieldCoverage(name, sum(bool(row[at]) for row in rows), len(rows)) for at, name in enumerate(FIELDS))


def _pages(session: Session, source_id: int) -> tuple[PageReason, ...]:
    """Count by state and by reason, each with an index that holds it; what is left of a state has no reason."""
    of_source, states, reasons = Page.source_id == source_id, (Page.state,), (Page.state, Page.reason)
    by_state = session.execute(select(*states, func.count()).where(of_source).group_by(*states)).all()
    given = session.execute(select(*reasons, func.count()).where(of_source, HAS_REASON).group_by(*reasons)).all()
    rows = [PageReason(*row) for row in given]
    for state, number in by_state:
        left = number - sum(row.pages for row in rows if row.state == state)
        rows += [PageReason(state, None, left)] if left else []
    return tuple(sorted(rows, key=lambda row: (row.state, -row.pages, row.reason or "")))


def daily_volumes(session: Session, now: datetime, days: int) -> dict[str, tuple[int, ...]]:
    """Give how many articles each source brought on each of the last days, today last, by the source's name."""
    first = now.date() - timedelta(days=days - 1)
    day = day_of(session, Article.first_seen_at)
    query = select(Source.name, day, func.count()).join(Source, Source.id == Article.source_id)
    counts: Counter[tuple[str, date]] = Counter()
    for name, seen_on, number in session.execute(
        query.where(Article.first_seen_at >= midnight(first)).group_by(Source.name, day)
    ):
        counts[name, as_day(seen_on)] = number
    names = session.scalars(select(Source.name))
    return {name: tuple(counts[name, each] for each in days_from(first, days)) for name in names}
