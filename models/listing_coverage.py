"""The coverage ledger: what was watched in each week, and what became of the pages found then.

It tells "nothing was reported" from "nobody looked": a week counts as watched on the days on which a crawl of the
outlet came to its end.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager

from models.crawl import IS_LOST, LOST_STATES, CrawlRun, Page
from models.days import day_of, days_from, midnight, monday_of
from models.outlet import Outlet, Source


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """One outlet in one week, which begins on the Monday ``week``; ``pages`` counts those found then, by state.

    ``days_watched`` of ``days`` so far had a crawl that came to its end.
    """

    week: date
    days: int
    days_watched: int
    crawls: int
    pages: dict[str, int]

    @property
    def found(self) -> int:
        """Say how many pages were found."""
        return sum(self.pages.values())

    @property
    def lost(self) -> int:
        """Say how many of them could not be had."""
        return sum(self.pages.get(state, 0) for state in LOST_STATES)

    @property
    def watch(self) -> str:
        """Say how well the week was watched: whole, partly, or not at all."""
        if not self.days_watched:
            return "not watched"
        return "watched" if self.days_watched >= self.days else "watched in part"


@dataclass(frozen=True, slots=True)
class PageReason:
    """How many pages are in a state for a reason."""

    state: str
    reason: str | None
    pages: int


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One outlet over the weeks, the earliest first."""

    outlet_id: int
    outlet: str
    kind: str | None
    country: str | None
    sources: tuple[str, ...]
    cells: tuple[CoverageCell, ...]
    reasons: tuple[PageReason, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The ledger over some weeks; ``outlets`` is how many there are, of which the rows are a part."""

    weeks: tuple[date, ...]
    outlets: int
    rows: tuple[CoverageRow, ...]


@dataclass(frozen=True, slots=True)
class LedgerPart:
    """Which part of the ledger: so many weeks up to the one with the day ``last``, of one outlet or so many by name."""

    last: date
    weeks: int
    outlet_id: int | None = None
    limit: int = 100
    offset: int = 0


@dataclass(slots=True)
class _Tally:
    """What is counted for one outlet in one week."""

    pages: Counter[str] = field(default_factory=Counter)
    crawls: int = 0
    days: set[date | str] = field(default_factory=set)  # as the database writes them


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is asked about: sources, each with its outlet's id, and the Mondays of the weeks.

    Naming the sources lets one index serve source and time.
    """

    outlets: dict[int, int]
    mondays: tuple[date, ...]

    def conditions(self, table: Any, instant: Any, weeks: Sequence[date] = ()) -> tuple[ColumnElement[bool], ...]:
        """Ask for the rows of the sources in some of the weeks, or in all."""
        asked = weeks or self.mondays
        since, until = midnight(asked[0]), midnight(asked[-1] + timedelta(weeks=1))
        return (table.source_id.in_(list(self.outlets)), instant >= since, instant < until)


_Tallies = defaultdict[tuple[int, date], _Tally]


def coverage_ledger(session: Session, today: date, part: LedgerPart) -> Coverage:
    """Give a part of the ledger."""
    mondays = tuple(days_from(monday_of(part.last) - timedelta(weeks=part.weeks - 1), part.weeks, step=7))
    outlets, sources = _sources(session, part)
    scope = _Scope({source.id: source.outlet_id for source in sources}, mondays)
    tallies: _Tallies = defaultdict(_Tally)
    _count_pages(session, scope, tallies)
    _count_crawls(session, scope, tallies)
    reasons = _reasons(session, scope)
    rows = (
        CoverageRow(
            outlet_id=outlet.id,
            outlet=outlet.name,
            kind=outlet.kind,
            country=outlet.country,
            sources=tuple(source.name for source in own),
            cells=tuple(_cell(monday, tallies[outlet.id, monday], today) for monday in mondays),
            reasons=tuple(reasons[outlet.id]),
        )
        for outlet, own in groupby(sources, key=attrgetter("outlet"))
    )
    return Coverage(mondays, outlets, tuple(rows))


def _cell(monday: date, tally: _Tally, today: date) -> CoverageCell:
    days = max(0, min(7, (today - monday).days + 1))
    return CoverageCell(monday, days, len(tally.days), tally.crawls, dict(sorted(tally.pages.items())))


def _sources(session: Session, part: LedgerPart) -> tuple[int, Sequence[Source]]:
    """Count the outlets asked for, and give the sources of those shown."""
    outlets = select(Outlet.id).where(Outlet.id.in_(select(Source.outlet_id)))
    if part.outlet_id is not None:
        outlets = outlets.where(Outlet.id == part.outlet_id)
    number = session.scalar(outlets.with_only_columns(func.count(Outlet.id))) or 0
    shown = session.scalars(outlets.order_by(Outlet.name, Outlet.id).limit(part.limit).offset(part.offset)).all()
    query = select(Source).options(contains_eager(Source.outlet)).join(Outlet).where(Outlet.id.in_(shown))
    return number, session.scalars(query.order_by(Outlet.name, Outlet.id, Source.name)).all()


def _count_pages(session: Session, scope: _Scope, tallies: _Tallies) -> None:
    """Count week by week: asking each page for its day would take twice as long."""
    by = (Page.source_id, Page.state)
    for monday in scope.mondays:
        query = select(*by, func.count()).where(*scope.conditions(Page, Page.found_at, [monday])).group_by(*by)
        for source_id, state, number in session.execute(query):
            tallies[scope.outlets[source_id], monday].pages[state] += number


def _count_crawls(session: Session, scope: _Scope, tallies: _Tallies) -> None:
    """Count the crawls of each week, and gather the days of those that came to their end."""
    day, source = day_of(session, CrawlRun.started_at), CrawlRun.source_id
    for monday in scope.mondays:
        asked = scope.conditions(CrawlRun, CrawlRun.started_at, [monday])
        for source_id, number in session.execute(select(source, func.count()).where(*asked).group_by(source)):
            tallies[scope.outlets[source_id], monday].crawls += number
        ended = select(source, day).where(*asked, CrawlRun.outcome == "finished").distinct()
        for source_id, ran_on in session.execute(ended):
            tallies[scope.outlets[source_id], monday].days.add(ran_on)


def _reasons(session: Session, scope: _Scope) -> defaultdict[int, list[PageReason]]:
    by = (Page.source_id, Page.state, Page.reason)
    query = select(*by, func.count()).where(*scope.conditions(Page, Page.found_at), IS_LOST)
    counts: Counter[tuple[int, str, str | None]] = Counter()
    for source_id, state, reason, number in session.execute(query.group_by(*by)):
        counts[scope.outlets[source_id], state, reason] += number
    reasons: defaultdict[int, list[PageReason]] = defaultdict(list)
    for (outlet_id, state, reason), number in counts.most_common():
        reasons[outlet_id].append(PageReason(state, reason, number))
    return reasons
