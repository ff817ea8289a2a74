"""What is crawled when: who schedules, what runs, what is overdue, what is due next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.crawl import Lease
from models.listing_crawls import CrawlFilters, CrawlRow, list_crawls
from models.listing_sources import SourceRow, Volume, list_sources

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ScheduleDetail:
    """The schedule; ``scheduler_until`` is how long the scheduler's lease holds, None where none is at work.

    ``due`` are the sources that wait for their time, the next one first; ``resting`` those that are not scheduled.
    """

    scheduler_until: datetime | None
    running: tuple[CrawlRow, ...]
    overdue: tuple[SourceRow, ...]
    due: tuple[SourceRow, ...]
    resting: tuple[SourceRow, ...]


def schedule_detail(session: Session, now: datetime, volumes: Mapping[int, Volume] | None = None) -> ScheduleDetail:
    """Give the schedule as of ``now``; ``volumes`` as for list_sources()."""
    listed = list_sources(session, now, volumes=volumes)
    sources = sorted(listed, key=lambda row: (row.next_crawl_at or NEVER, row.name))
    lease = session.scalar(select(Lease.expires_at).where(Lease.name == "scheduler", Lease.expires_at >= now))
    running = list_crawls(session, now, CrawlFilters(outcome="running")).rows
    return ScheduleDetail(
        scheduler_until=lease,
        running=tuple(row for row in running if row.is_running),
        overdue=tuple(row for row in sources if row.is_overdue),
        due=tuple(row for row in sources if row.enabled and not row.is_overdue and not row.is_running),
        resting=tuple(row for row in sources if not row.enabled),
    )
