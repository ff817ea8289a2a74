"""How a source fares by its own history: silent, fallen off, its fields gone; and how often to look.

A source is measured by the pages it names and by what extraction finds on them. What is usual is what it did before,
or what its spider file or the operator expects where it is new.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.crawl import CrawlRun, Page
from models.outlet import Source

WEEK = timedelta(weeks=1)
HISTORY = timedelta(weeks=8)
QUIET_GAPS = 8  # a pause of so many usual gaps between two articles has a chance of 1 in 3,000
QUIET_LEAST, QUIET_MOST = timedelta(days=2), timedelta(days=60)  # a weekend is no silence
VOLUME_LEAST = 8  # articles a week under which a poor week says nothing
VOLUME_FELL = 0.25
FIELDS = ("headline", "published", "paragraphs")
RECENT_READ, EARLIER_READ = 10, 30  # pages read that a share can be told from
RUNS_LOOKED_AT = 80

FEW = 5  # URLs named by a poll under which overlap says nothing
OVERLAP_LEAST = 0.2
SOONEST, LATEST = timedelta(minutes=5), timedelta(days=1)
BOUND = 4  # how far the interval may go from the one asked for, as a factor either way


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a source that was crawled well, and why it is not healthy."""

    state: str
    reason: str | None


def judge_health(session: Session, source: Source, now: datetime) -> Health:
    """Judge a source after a crawl that came to its end."""
    if reason := _lost_fields(session, source):
        return Health("failing", f"layout changed: {reason}")
    if reason := _silence(session, source, now):
        return Health("silent", reason)
    return Health("healthy", None)


def _silence(session: Session, source: Source, now: datetime) -> str | None:
    """Say that a source has named nothing new for long, or much less than usual."""
    first, last = _first_and_last(session, source.id)
    if first is None or last is None:
        return None
    usual = usual_per_week(session, source, now)
    if now - last > quiet_for(usual):
        return f"nothing new since {last:%Y-%m-%d}, usually {_rate(usual)}"
    lately = _found_between(session, source.id, now - WEEK, now)
    is_told = usual is not None and usual >= VOLUME_LEAST and now - first > 2 * WEEK
    if is_told and _was_crawled_daily(session, source.id, now) and lately < VOLUME_FELL * (usual or 0):
        return f"volume fell: {lately} pages found in 7 days, usually {_rate(usual)}"
    return None


def _rate(usual: float | None) -> str:
    return f"about {usual:.0f} a week" if usual and usual >= 1 else "fewer than one a week"


def quiet_for(usual: float | None) -> timedelta:
    """Give how long a source with so many articles a week may be quiet before it counts as silent."""
    if not usual:
        return QUIET_MOST
    return min(max(WEEK / usual * QUIET_GAPS, QUIET_LEAST), QUIET_MOST)


def usual_per_week(session: Session, source: Source, now: datetime) -> float | None:
    """Give how many pages a week are usual: of its history and what is expected the lower, None where neither is known.

    The last week is what is judged; the first day brought what had piled up before. Both are left out.
    """
    first, _ = _first_and_last(session, source.id)
    known = [] if source.expected is None else [float(source.expected)]
    if first is not None:
        begin, end = max(first + timedelta(days=1), now - HISTORY), now - WEEK
        if end - begin >= 2 * WEEK:
            known.append(_found_between(session, source.id, begin, end) / ((end - begin) / WEEK))
    return min(known, default=None)


def _first_and_last(session: Session, source_id: int) -> tuple[datetime | None, datetime | None]:
    query = select(func.min(Page.found_at), func.max(Page.found_at)).where(Page.source_id == source_id)
    first, last = session.execute(query).one()
    return first, last


def _found_between(session: Session, source_id: int, begin: datetime, end: datetime) -> int:
    query = select(func.count()).select_from(Page).where(Page.source_id == source_id)
    return session.scalar(query.where(Page.found_at >= begin, Page.found_at < end)) or 0


def _was_crawled_daily(session: Session, source_id: int, now: datetime) -> bool:
    """Tell whether crawls ended well on most of the last days, so that a poor week is the outlet's, not ours."""
    query = select(CrawlRun.started_at).where(CrawlRun.source_id == source_id, CrawlRun.outcome == "finished")
    days = {at.date() for at in session.scalars(query.where(CrawlRun.started_at >= now - WEEK))}
    return len(days) >= 5


def _lost_fields(session: Session, source: Source) -> str | None:
    """Say which field extraction lately misses on most pages and did not miss before."""
    query = select(CrawlRun.counts).where(CrawlRun.source_id == source.id, CrawlRun.finished_at.is_not(None))
    recent, earlier = _pool(session.scalars(query.order_by(CrawlRun.id.desc()).limit(RUNS_LOOKED_AT)).all())
    if recent["read"] < RECENT_READ or earlier["read"] < EARLIER_READ:
        return None
    for field in FIELDS:
        now, before = recent[field] / recent["read"], earlier[field] / earlier["read"]
        if now >= 0.5 and now - before >= 0.4:
            return f"{field} missing on {now:.0%} of {recent['read']} pages, on {before:.0%} before"
    return None


def _pool(runs: Any) -> tuple[Counter[str], Counter[str]]:
    """Add up what runs read and missed, the newest first: the latest ones until enough was read, and the rest."""
    recent: Counter[str] = Counter()
    earlier: Counter[str] = Counter()
    for counts in runs:
        pool = recent if recent["read"] < RECENT_READ else earlier
        pool["read"] += counts.get("extract/read", 0)
        for field in FIELDS:
            pool[field] += counts.get(f"extract/{field}/missing", 0)
    return recent, earlier


def adapt_interval(asked: int, current: int, counts: Mapping[str, Any]) -> int:
    """Give the seconds to the next crawl, bounded around ``asked``.

    Fewer where a poll shared too few URLs with what was known, more where it named nothing new, else back towards
    what was asked for.
    """
    found, new = counts.get("found/urls", 0), counts.get("found/new", 0)
    wanted = float(current)
    if found >= FEW and is_overlap_lost(counts):
        wanted = current / 2
    elif new == 0 and (found >= FEW or counts.get("way_in/unchanged")):
        wanted = current * 1.25
    elif new:
        wanted = current + (asked - current) / 2
    least = min(max(asked / BOUND, SOONEST.total_seconds()), asked)
    return int(min(max(wanted, least), max(asked, min(asked * BOUND, LATEST.total_seconds()))))


def is_overlap_lost(counts: Mapping[str, Any]) -> bool:
    """Tell whether a poll named so few known URLs that others may have come and gone since the one before."""
    found, new = counts.get("found/urls", 0), counts.get("found/new", 0)
    return bool(found >= FEW and found - new < OVERLAP_LEAST * found)


def fresh_for(asked: int, counts: Mapping[str, Any]) -> timedelta:
    """Give how long the ways in ask not to be polled (TTL, Expires), at most four times what was asked for."""
    seconds = max(60 * counts.get("found/feed/ttl_minutes", 0), counts.get("way_in/fresh_seconds", 0))
    return timedelta(seconds=min(seconds, asked * BOUND))
