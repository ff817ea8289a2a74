"""The run ledger and the scheduler's memory: which source is due, which crawl runs, how the last ones ended."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import source_health
from models.article import Article, ArticleChange
from models.crawl import CrawlRun, Lease
from models.outlet import Outlet, Source

HEARTBEAT = timedelta(seconds=10)
LOST_AFTER = timedelta(seconds=45)  # a run that has not said for so long that it lives, does not
FAILURE_WEIGHTS = {"failed": 1.0, "incomplete": 0.5, "killed": 0.5, "lost": 0.25}
OVERDUE_AT_LEAST = timedelta(minutes=10)
RETRY_FAILED, RETRY_BROKEN = timedelta(seconds=30), timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What a spider file says of its source; ``outlet`` holds the outlet's columns."""

    name: str
    every: timedelta
    expect: int | None
    outlet: dict[str, Any]
    is_scheduled: bool = True


def insert_for(session: Session) -> Any:
    """Give the INSERT of the session's database, which knows ON CONFLICT on both."""
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert


def register_sources(engine: Engine, facts: Sequence[SourceFacts], now: datetime, *, are_due: bool = True) -> None:
    """Write outlets and sources as their spider files say; state, schedule and the operator's choices stay.

    A new source is due at once; where not ``are_due`` it has no time until something crawls or schedules it.
    """
    with Session(engine) as session, session.begin():
        for source in facts:
            outlet = session.scalar(select(Outlet).where(Outlet.name == source.outlet["name"])) or Outlet()
            indexed = (outlet.country, outlet.kind)
            for column, value in source.outlet.items():
                setattr(outlet, column, value)
            session.add(outlet)
            session.flush()
            if indexed != (outlet.country, outlet.kind):
                articles = select(Article.id).where(Article.outlet_id == outlet.id)
                session.execute(insert(ArticleChange).from_select(["article_id"], articles))
            row = session.scalar(select(Source).where(Source.name == source.name))
            interval = int(source.every.total_seconds())
            if row is None:
                state = "healthy" if source.is_scheduled else "disabled"
                row = Source(name=source.name, enabled=source.is_scheduled, state=state)
                session.add(row)
            if row.next_crawl_at is None and are_due:
                row.next_crawl_at = now
            if row.interval != interval and row.operator_interval is None:
                row.adapted_interval = None
            row.outlet_id, row.interval, row.expect = outlet.id, interval, source.expect


def due_sources(engine: Engine, now: datetime, names: Sequence[str] | None = None) -> list[str]:
    """Name the enabled sources whose time has come and that no crawl is at, the longest due first."""
    running = select(CrawlRun.source_id).where(CrawlRun.finished_at.is_(None))
    query = (
        select(Source.name)
        .where(Source.enabled, Source.next_crawl_at <= now, Source.id.not_in(running))
        .order_by(Source.next_crawl_at)
    )
    if names is not None:
        query = query.where(Source.name.in_(names))
    with Session(engine) as session:
        return list(session.scalars(query))


def start_run(engine: Engine, source_name: str, now: datetime) -> CrawlRun | None:
    """Open a crawl of the source, or None where one is under way already; a dead one is closed as lost first."""
    close_lost_runs(engine, now)
    with Session(engine, expire_on_commit=False) as session:
        try:
            with session.begin():
                source = session.scalar(select(Source).where(Source.name == source_name))
                if source is None:
                    raise KeyError(source_name)
                run = CrawlRun(source_id=source.id, slot=now, started_at=now, heartbeat_at=now, counts={})
                session.add(run)
        except IntegrityError:  # the unique index of running crawls: another process was first
            return None
        return run


def place_of_run(engine: Engine, run_id: int) -> tuple[int, int]:
    """Give the ids of the run's source and of that source's outlet."""
    query = select(Source.id, Source.outlet_id).join(CrawlRun).where(CrawlRun.id == run_id)
    with Session(engine) as session:
        return session.execute(query).one()


def beat(engine: Engine, run_id: int, now: datetime, counts: dict[str, Any]) -> None:
    """Say that the run lives, and what it counted so far."""
    with Session(engine) as session, session.begin():
        session.execute(update(CrawlRun).where(CrawlRun.id == run_id).values(heartbeat_at=now, counts=counts))


def close_lost_runs(engine: Engine, now: datetime) -> int:
    """Close the runs whose process has not been heard of; give their number."""
    with Session(engine) as session:
        query = select(CrawlRun.id).where(CrawlRun.finished_at.is_(None), CrawlRun.heartbeat_at < now - LOST_AFTER)
        lost = list(session.scalars(query))
    for run_id in lost:
        finish_run(engine, run_id, now, outcome="lost", reason="its process was not heard of any more")
    return len(lost)


def finish_run(engine: Engine, run_id: int, now: datetime, *, outcome: str, reason: str | None) -> bool:
    """Close a run unless it is closed already, and set the source's next time; give whether this call closed it."""
    with Session(engine) as session, session.begin():
        run = session.get(CrawlRun, run_id, with_for_update=True)
        if run is None or run.finished_at is not None:
            return False
        run.finished_at, run.outcome, run.reason = now, outcome, reason
        session.flush()
        _judge_source(session, run.source, run, now)
        return True


def _judge_source(session: Session, source: Source, run: CrawlRun, now: datetime) -> None:
    """Set the source's state and next time from how its run ended and from its own history."""
    if run.outcome == "finished":
        state, reason = _after_success(session, source, run, now)
    else:
        state, reason = _after_failure(source, run, now)
    if source.enabled:
        source.state, source.reason = state, reason


def _after_success(session: Session, source: Source, run: CrawlRun, now: datetime) -> tuple[str, str | None]:
    asked, was_crawled = source.asked_interval, source.last_success_at is not None
    if was_crawled:
        adapted = source_health.adapt_interval(asked, source.current_interval, run.counts)
        source.adapted_interval = adapted if adapted != asked else None
    source.failures, source.last_success_at = 0.0, now
    interval = timedelta(seconds=source.current_interval)
    source.next_crawl_at = now + max(interval, source_health.fresh_for(asked, run.counts))
    health = source_health.judge_health(session, source, now)
    missed = "stories may have been missed: the poll shared too few URLs with the one before"
    overlap = missed if was_crawled and source_health.is_overlap_lost(run.counts) else None
    return health.state, health.reason or overlap or run.reason


def _after_failure(source: Source, run: CrawlRun, now: datetime) -> tuple[str, str | None]:
    """Failures add up by weight and slow the source down, never stop it; a host's wish for a pause is kept."""
    source.failures += FAILURE_WEIGHTS[run.outcome or "failed"]
    is_blocked = run.reason is not None and run.reason.startswith(("robots", "blocked"))
    # A process that died is no fault of the source: try again at once, though ever later if it goes on dying.
    first = RETRY_BROKEN if run.outcome in ("killed", "lost") else RETRY_FAILED
    wait = min(first * 2 ** min(source.failures * 2, 20), timedelta(seconds=source.asked_interval * 4))
    pause = timedelta(seconds=run.counts.get("way_in/pause_seconds", 0))
    source.next_crawl_at = now + max(wait, pause)
    return ("blocked" if is_blocked else "failing"), run.reason


def mark_late(engine: Engine, now: datetime) -> None:
    """Set the state of healthy sources whose crawl should have begun long ago: there is no room for them."""
    running = select(CrawlRun.source_id).where(CrawlRun.finished_at.is_(None))
    due = select(Source).where(Source.enabled, Source.state == "healthy", Source.next_crawl_at < now - OVERDUE_AT_LEAST)
    with Session(engine) as session, session.begin():
        for source in session.scalars(due.where(Source.id.not_in(running))):
            if is_overdue(source, now, has_run=source.last_success_at is not None):
                source.state = "late"
                source.reason = f"due since {source.next_crawl_at:%Y-%m-%d %H:%M} UTC, and no room for it"


def is_overdue(source: Source, now: datetime, *, has_run: bool) -> bool:
    """Tell whether a crawl should have begun long ago: two intervals, or ten minutes where none has begun yet.

    One without a time was forgotten if it was crawled before; else nobody asked for a crawl so far.

    Nobody but the clock is asked, so that a scheduler that died is seen too.
    """
    if not source.enabled:
        return False
    if source.next_crawl_at is None:
        return has_run
    grace = timedelta(seconds=2 * source.current_interval) if has_run else OVERDUE_AT_LEAST
    return source.next_crawl_at < now - max(grace, OVERDUE_AT_LEAST)


def validators_of(engine: Engine, source_id: int) -> dict[str, Any]:
    """Give ETag and Last-Modified of each way in as it was last read to its end."""
    with Session(engine) as session:
        return session.scalar(select(Source.validators).where(Source.id == source_id)) or {}


def keep_validators(engine: Engine, source_id: int, validators: dict[str, Any]) -> None:
    """Keep ETag and Last-Modified of each way in, for asking whether it changed."""
    with Session(engine) as session, session.begin():
        session.execute(update(Source).where(Source.id == source_id).values(validators=validators))


def make_due(engine: Engine, names: Sequence[str], now: datetime) -> None:
    """Let the named sources be crawled as soon as there is a place."""
    with Session(engine) as session, session.begin():
        session.execute(update(Source).where(Source.name.in_(names)).values(next_crawl_at=now))


def crawled_since(engine: Engine, since: datetime) -> tuple[set[str], set[str]]:
    """Name the sources with a crawl begun since then that came to its own end, and those with one that broke off."""
    query = select(Source.name, CrawlRun.outcome).join(CrawlRun)
    query = query.where(CrawlRun.started_at >= since, CrawlRun.finished_at.is_not(None))
    with Session(engine) as session:
        ended = session.execute(query).all()
    broken = {name for name, outcome in ended if outcome in ("killed", "lost")}
    return {name for name, outcome in ended if outcome not in ("killed", "lost")}, broken


def new_holder() -> str:
    """Name a process that wants a lease, unlike any other."""
    return secrets.token_hex(8)


def take_lease(engine: Engine, name: str, holder: str, now: datetime, lasts: timedelta) -> bool:
    """Take or renew a lease; False while another holder's is still good."""
    with Session(engine) as session, session.begin():
        statement = insert_for(session)(Lease).values(name=name, holder=holder, expires_at=now + lasts)
        session.execute(statement.on_conflict_do_nothing())
        taken = session.execute(
            update(Lease)
            .where(Lease.name == name, (Lease.holder == holder) | (Lease.expires_at < now))
            .values(holder=holder, expires_at=now + lasts)
            .returning(Lease.name)
        )
        return taken.first() is not None


def give_lease_back(engine: Engine, name: str, holder: str, now: datetime) -> None:
    """End a lease early, so that a waiting process need not wait for its end."""
    with Session(engine) as session, session.begin():
        session.execute(update(Lease).where(Lease.name == name, Lease.holder == holder).values(expires_at=now))
