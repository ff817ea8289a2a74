from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import ledger
from models.crawl import CrawlRun
from models.outlet import Source

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OUTLET = {
    "name": "The Wire",
    "homepage": None,
    "country": "FR",
    "languages": ["en"],
    "kind": "newspaper",
    "owner": None,
}


@pytest.fixture
def watched(engine: Engine) -> Engine:
    ledger.register_sources(engine, [ledger.SourceFacts("the_wire", HOUR, 20, OUTLET)], NOW)
    return engine


def source(engine: Engine) -> Source:
    with Session(engine) as session:
        return session.scalars(select(Source)).one()


def test_a_new_source_is_due_at_once_and_registering_twice_changes_nothing(watched: Engine) -> None:
    ledger.register_sources(watched, [ledger.SourceFacts("the_wire", HOUR, 20, OUTLET)], NOW + HOUR)
    assert ledger.due_sources(watched, NOW) == ["the_wire"]


def test_a_source_that_is_only_known_is_neither_due_nor_overdue(engine: Engine) -> None:
    facts, late = [ledger.SourceFacts("the_wire", HOUR, 20, OUTLET)], NOW + timedelta(days=3)
    ledger.register_sources(engine, facts, NOW, are_due=False)
    assert not ledger.is_overdue(source(engine), late, has_run=False)
    assert ledger.due_sources(engine, late) == []
    ledger.register_sources(engine, facts, late)
    assert ledger.due_sources(engine, late) == ["the_wire"]


def test_after_days_of_being_down_a_source_is_crawled_once(watched: Engine) -> None:
    late = NOW + timedelta(days=3)
    assert ledger.due_sources(watched, late) == ["the_wire"]
    run = ledger.start_run(watched, "the_wire", late)
    assert run is not None
    assert ledger.due_sources(watched, late) == []
    ledger.finish_run(watched, run.id, late, outcome="finished", reason=None)
    assert ledger.due_sources(watched, late) == []
    assert source(watched).next_crawl_at == late + HOUR


def test_two_crawls_of_one_source_are_not_possible(watched: Engine) -> None:
    assert ledger.start_run(watched, "the_wire", NOW) is not None
    assert ledger.start_run(watched, "the_wire", NOW + timedelta(seconds=1)) is None


def test_a_run_nobody_hears_of_is_lost_and_taken_over(watched: Engine) -> None:
    first = ledger.start_run(watched, "the_wire", NOW)
    assert first is not None
    later = NOW + ledger.LOST_AFTER + timedelta(seconds=1)
    assert ledger.start_run(watched, "the_wire", later) is not None
    with Session(watched) as session:
        assert session.get_one(CrawlRun, first.id).outcome == "lost"


def test_failures_slow_a_source_down_and_success_forgives_them(watched: Engine) -> None:
    now, waits = NOW, []
    for _ in range(4):
        run = ledger.start_run(watched, "the_wire", now)
        assert run is not None
        ledger.finish_run(watched, run.id, now, outcome="failed", reason="DNS (https://wire.example/feed)")
        row = source(watched)
        assert row.next_crawl_at is not None
        waits.append(row.next_crawl_at - now)
        assert (row.state, row.reason) == ("failing", "DNS (https://wire.example/feed)")
        now = row.next_crawl_at
    assert waits == sorted(waits)
    run = ledger.start_run(watched, "the_wire", now)
    assert run is not None
    ledger.finish_run(watched, run.id, now, outcome="finished", reason=None)
    assert (source(watched).state, source(watched).failures, source(watched).reason) == ("healthy", 0.0, None)


def test_a_run_is_closed_once(watched: Engine) -> None:
    run = ledger.start_run(watched, "the_wire", NOW)
    assert run is not None
    assert ledger.finish_run(watched, run.id, NOW, outcome="finished", reason=None)
    assert not ledger.finish_run(watched, run.id, NOW, outcome="killed", reason="late")
    assert source(watched).state == "healthy"


def test_one_scheduler_acts_and_the_other_takes_over(engine: Engine) -> None:
    lasts = timedelta(seconds=30)
    assert ledger.take_lease(engine, "scheduler", "a", NOW, lasts)
    assert not ledger.take_lease(engine, "scheduler", "b", NOW + timedelta(seconds=29), lasts)
    assert ledger.take_lease(engine, "scheduler", "a", NOW + timedelta(seconds=29), lasts)
    assert ledger.take_lease(engine, "scheduler", "b", NOW + timedelta(seconds=60), lasts)
    ledger.give_lease_back(engine, "scheduler", "b", NOW + timedelta(seconds=61))
    assert ledger.take_lease(engine, "scheduler", "c", NOW + timedelta(seconds=62), lasts)
