"""Late, silent, failing, blocked, disabled: each state from a history in the database; the interval that adapts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import ledger, source_checks, source_choices
from models.crawl import CrawlRun, Page
from models.listing_sources import list_sources
from models.outlet import Source
from models.source_choices import Choices
from models.source_health import adapt_interval, fresh_for, quiet_for
from tests.sample_rows import add_article

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OUTLET = {"name": "The Wire", "homepage": None, "country": "FR", "languages": ["en"], "kind": None, "owner": None}


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def register(engine: Engine, every: timedelta = HOUR, expect: int | None = None, name: str = "the_wire") -> None:
    facts = [ledger.SourceFacts(name, every, expect, OUTLET | {"name": name})]
    ledger.register_sources(engine, facts, NOW - 90 * DAY)


def source(engine: Engine) -> Source:
    with Session(engine) as session:
        return session.scalars(select(Source)).one()


def crawl(engine: Engine, at: datetime, outcome: str = "finished", reason: str | None = None, **counts: int) -> Source:
    """Let one crawl end; counts are given with two underscores for a slash."""
    run = ledger.start_run(engine, "the_wire", at)
    assert run is not None
    ledger.beat(engine, run.id, at, {name.replace("__", "/"): number for name, number in counts.items()})
    ledger.finish_run(engine, run.id, at, outcome=outcome, reason=reason)
    return source(engine)


def add_pages(engine: Engine, times: list[datetime]) -> None:
    """Let the source have found one page at each time."""
    with Session(engine) as session, session.begin():
        source_id = session.scalars(select(Source.id)).one()
        for number, at in enumerate(times):
            url = f"https://wire.example/{at:%Y%m%d%H%M}/{number}"
            session.add(Page(url=url, source_id=source_id, found_at=at, found_in="feed", state="done"))


def daily(first_day: int, last_day: int, number: int) -> list[datetime]:
    """Give so many times a day, from so many days ago to so many."""
    days = range(first_day, last_day, -1)
    return [NOW - timedelta(days=day) + timedelta(minutes=n) for day in days for n in range(number)]


def crawled_daily(engine: Engine) -> None:
    for day in range(7, 0, -1):
        crawl(engine, NOW - timedelta(days=day))


def test_nothing_new_for_long_is_silence(engine: Engine) -> None:
    register(engine)
    add_pages(engine, daily(60, 6, 3))
    row = crawl(engine, NOW)
    assert (row.state, row.reason) == ("silent", "nothing new since 2026-11-13, usually about 21 a week")
    add_pages(engine, [NOW])
    assert crawl(engine, NOW + HOUR).state == "healthy"


def test_a_weekend_is_no_silence_and_a_rare_outlet_may_be_quiet(engine: Engine) -> None:
    register(engine)
    add_pages(engine, daily(60, 1, 3))
    assert crawl(engine, NOW).state == "healthy"
    assert quiet_for(700.0) == timedelta(days=2)
    assert quiet_for(1.0) == timedelta(days=56)
    assert quiet_for(None) == timedelta(days=60)


def test_what_is_expected_judges_a_new_source(engine: Engine) -> None:
    register(engine, expect=70)
    add_pages(engine, [NOW - 3 * DAY])
    assert crawl(engine, NOW).state == "silent"
    source_choices.choose(engine, "the_wire", Choices(expect=2), NOW)
    assert crawl(engine, NOW + HOUR).state == "healthy"


def test_volume_that_falls_off_its_own_history(engine: Engine) -> None:
    register(engine, expect=500)
    add_pages(engine, [*daily(60, 7, 5), NOW - 2 * DAY, NOW - HOUR])
    crawled_daily(engine)
    row = crawl(engine, NOW)
    assert (row.state, row.reason) == ("silent", "volume fell: 2 pages found in 7 days, usually about 35 a week")


def test_a_week_without_crawls_is_ours_not_the_outlets(engine: Engine) -> None:
    register(engine)
    add_pages(engine, [*daily(60, 7, 5), NOW - 2 * DAY, NOW - HOUR])
    assert crawl(engine, NOW).state == "healthy"


def test_a_field_that_is_gone_from_most_pages(engine: Engine) -> None:
    register(engine)
    for hour in range(10, 2, -1):
        crawl(engine, NOW - hour * HOUR, extract__read=5, extract__published__missing=1)
    crawl(engine, NOW - HOUR, extract__read=6, extract__published__missing=6)
    row = crawl(engine, NOW, extract__read=6, extract__published__missing=6)
    assert row.state == "failing"
    assert row.reason == "layout changed: published missing on 100% of 12 pages, on 20% before"


def test_a_field_that_was_never_there_is_no_change(engine: Engine) -> None:
    register(engine)
    for hour in range(10, 0, -1):
        row = crawl(engine, NOW - hour * HOUR, extract__read=8, extract__headline__missing=8)
    assert row.state == "healthy"


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        ("blocked by Cloudflare (https://wire.example/feed)", "blocked"),
        ("robots (https://wire.example/feed)", "blocked"),
        ("TLS (https://wire.example/feed)", "failing"),
    ],
)
def test_failures_name_their_state(engine: Engine, reason: str, state: str) -> None:
    register(engine)
    row = crawl(engine, NOW, "failed", reason)
    assert (row.state, row.reason) == (state, reason)


def test_a_wish_for_a_pause_is_kept(engine: Engine) -> None:
    register(engine)
    row = crawl(engine, NOW, "failed", "status 429", way_in__pause_seconds=7200)
    assert row.next_crawl_at == NOW + 2 * HOUR


def test_a_source_nobody_comes_to_is_late(engine: Engine) -> None:
    register(engine)
    crawl(engine, NOW)
    ledger.mark_late(engine, NOW + 2 * HOUR)
    assert source(engine).state == "healthy"
    with Session(engine) as session:  # the clock alone tells, also where no scheduler lives to write it
        assert list_sources(session, NOW + 4 * HOUR)[0].state == "late"
    ledger.mark_late(engine, NOW + 4 * HOUR)
    assert (source(engine).state, source(engine).reason) == (
        "late",
        "due since 2026-11-20 13:00 UTC, and no room for it",
    )
    assert crawl(engine, NOW + 4 * HOUR).state == "healthy"


def test_the_operators_choices_win_over_the_file_and_its_changes(engine: Engine) -> None:
    register(engine, every=HOUR, expect=20)
    source_choices.choose(engine, "the_wire", Choices(interval=7200, delay=3.0, expect=5), NOW)
    source_choices.pause(engine, "the_wire", NOW)
    register(engine, every=3 * HOUR, expect=99)  # the file changed
    row = source(engine)
    assert (row.interval, row.current_interval, row.expect, row.expected) == (10_800, 7200, 99, 5)
    assert (row.enabled, row.state, row.reason) == (False, "disabled", "paused on 2026-11-20")
    assert source_choices.delay_of(engine, "the_wire") == 3.0
    assert ledger.due_sources(engine, NOW + 90 * DAY) == []
    assert crawl(engine, NOW).state == "disabled"  # crawled by hand
    source_choices.enable(engine, "the_wire", NOW)
    source_choices.choose(engine, "the_wire", Choices(forget=frozenset({"interval", "expect", "delay"})), NOW)
    row = source(engine)
    assert (row.current_interval, row.expected, row.operator_delay, row.state) == (10_800, 99, None, "healthy")
    assert ledger.due_sources(engine, NOW) == ["the_wire"]


ADAPTED: list[Any] = [
    pytest.param(3600, {"found/urls": 20, "found/new": 20}, 1800, id="no overlap: sooner"),
    pytest.param(3600, {"found/urls": 20, "found/new": 17}, 1800, id="too little overlap"),
    pytest.param(3600, {"found/urls": 20, "found/new": 3}, 3600, id="enough overlap"),
    pytest.param(3600, {"found/urls": 20, "found/new": 0}, 4500, id="all repeat: later"),
    pytest.param(3600, {"way_in/unchanged": 1}, 4500, id="unchanged: later"),
    pytest.param(7200, {"found/urls": 20, "found/new": 3}, 5400, id="back towards what was asked for"),
    pytest.param(3600, {"found/urls": 2, "found/new": 2}, 3600, id="too few to tell"),
    pytest.param(900, {"found/urls": 20, "found/new": 20}, 900, id="a quarter at least"),
    pytest.param(14_000, {"found/urls": 20, "found/new": 0}, 14_400, id="four times at most"),
    pytest.param(3600, {}, 3600, id="nothing was counted"),
]


@pytest.mark.parametrize(("current", "counts", "expected"), ADAPTED)
def test_the_interval_adapts(current: int, counts: dict[str, int], expected: int) -> None:
    assert adapt_interval(3600, current, counts) == expected


def test_bounds_of_the_interval() -> None:
    assert (
        adapt_interval(600, 600, {"found/urls": 9, "found/new": 9}) == 300
    )  # never more often than every five minutes
    assert adapt_interval(86_400, 86_400, {"found/urls": 9, "found/new": 0}) == 86_400  # nor more rarely than daily
    assert fresh_for(3600, {"found/feed/ttl_minutes": 120}) == 2 * HOUR
    assert fresh_for(3600, {"way_in/fresh_seconds": 10**9}) == 4 * HOUR


def test_missed_stories_are_warned_of_and_the_next_poll_comes_sooner(engine: Engine) -> None:
    register(engine)
    add_pages(engine, [NOW])
    row = crawl(engine, NOW, found__urls=20, found__new=20)
    assert (row.reason, row.adapted_interval) == (None, None)  # the first poll has nothing to overlap with
    row = crawl(engine, NOW + HOUR, found__urls=20, found__new=20)
    assert (row.state, row.adapted_interval) == ("healthy", 1800)
    assert row.reason is not None
    assert row.reason.startswith("stories may have been missed")
    assert row.next_crawl_at == NOW + 1.5 * HOUR


def test_checks_are_kept_and_due_daily(engine: Engine) -> None:
    register(engine)
    assert not source_checks.is_check_due(engine, DAY, NOW)  # nothing was ever crawled
    crawl(engine, NOW - 2 * DAY)
    assert source_checks.is_check_due(engine, DAY, NOW)
    drafts = [
        source_checks.CheckDraft("the_wire", "gone", "status 404", "feed at X"),
        source_checks.CheckDraft("no", "alive"),
    ]
    source_checks.store_checks(engine, drafts, NOW)
    assert not source_checks.is_check_due(engine, DAY, NOW + 23 * HOUR)
    with Session(engine) as session:
        row = list_sources(session, NOW)[0]
        assert session.scalars(select(CrawlRun)).all()
    assert (row.check, row.check_reason, row.check_proposal, row.checked_at) == ("gone", "status 404", "feed at X", NOW)


def test_a_known_article_is_the_one_read_last(session: Session) -> None:
    add_article(session, "first", "France sells Egypt jets.")
    add_article(session, "second", "Norway buys tanks.")
    session.commit()
    engine = session.get_bind()
    assert source_checks.known_articles(engine, ["harbour", "nobody"]) == {"harbour": "https://harbour.example/second"}
