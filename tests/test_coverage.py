"""The ledger of coverage and a source's days, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import Page, Source
from models.listing_coverage import Coverage, LedgerPart, coverage_ledger
from models.source_detail import daily_volumes, source_detail
from tests.sample_rows import NOW, add_article, add_run, source_for

LAST_MINUTE = datetime(2026, 5, 17, 23, 59, tzinfo=UTC)  # a Sunday; NOW is the Wednesday after


def add_page(session: Session, source: Source, found_at: datetime, state: str, reason: str | None = None) -> None:
    number = len(list(session.scalars(select(Page.id))))
    page = Page(url=f"https://x.example/{number}", source_id=source.id, found_at=found_at, found_in="feed", state=state)
    page.reason = reason
    session.add(page)
    session.flush()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session, session.begin():
        watched, failing = source_for(session, "harbour"), source_for(session, "vestnik")
        source_for(session, "notices")
        for day in range(10):
            add_run(session, watched, NOW - timedelta(days=day))
            add_run(session, failing, NOW - timedelta(days=day), "failed")
        add_run(session, failing, NOW - timedelta(days=1, hours=1))
        for _ in range(3):
            add_page(session, watched, LAST_MINUTE + timedelta(minutes=1), "done")
        add_page(session, watched, LAST_MINUTE, "irrelevant", "prior (-2.4)")
        add_page(session, failing, NOW, "refused", "consent wall")
        add_page(session, failing, NOW, "refused", "robots")
        add_page(session, failing, NOW, "refused", "robots")
        yield session


def cell(ledger: Coverage, outlet: str, week: int) -> tuple[str, dict[str, int]]:
    row = next(row for row in ledger.rows if row.outlet == outlet)
    return row.cells[week].watch, row.cells[week].pages


def test_nothing_reported_is_told_from_not_watched(session: Session) -> None:
    ledger = coverage_ledger(session, NOW.date(), LedgerPart(NOW.date(), weeks=4))
    assert ledger.weeks == (date(2026, 4, 27), date(2026, 5, 4), date(2026, 5, 11), date(2026, 5, 18))
    assert cell(ledger, "Harbour", 3) == ("watched", {"done": 3})
    assert cell(ledger, "Harbour", 2) == ("watched", {"irrelevant": 1})
    assert cell(ledger, "Harbour", 1) == ("not watched", {})
    assert cell(ledger, "Vestnik", 3) == ("watched in part", {"refused": 3})
    assert cell(ledger, "Notices", 3) == ("not watched", {})


def test_what_is_missing_has_its_reasons(session: Session) -> None:
    ledger = coverage_ledger(session, NOW.date(), LedgerPart(NOW.date(), weeks=1))
    row = next(row for row in ledger.rows if row.outlet == "Vestnik")
    assert [(each.state, each.reason, each.pages) for each in row.reasons] == [
        ("refused", "robots", 2),
        ("refused", "consent wall", 1),
    ]
    assert (row.cells[0].found, row.cells[0].lost, row.cells[0].crawls, row.cells[0].days) == (3, 3, 4, 3)


def test_days_that_are_to_come_are_not_held_against_anybody(session: Session) -> None:
    ledger = coverage_ledger(session, NOW.date(), LedgerPart(NOW.date() + timedelta(weeks=1), weeks=2))
    assert [each.days for each in ledger.rows[0].cells] == [3, 0]


def test_of_many_outlets_a_part_is_shown(session: Session) -> None:
    parts = [coverage_ledger(session, NOW.date(), LedgerPart(NOW.date(), 1, limit=2, offset=at)) for at in (0, 2)]
    assert [[row.outlet for row in part.rows] for part in parts] == [["Harbour", "Notices"], ["Vestnik"]]
    assert [part.outlets for part in parts] == [3, 3]


def test_the_ledger_of_one_outlet(session: Session) -> None:
    outlet_id = source_for(session, "vestnik").outlet_id
    ledger = coverage_ledger(session, NOW.date(), LedgerPart(NOW.date(), 1, outlet_id))
    assert (ledger.outlets, [row.outlet for row in ledger.rows]) == (1, ["Vestnik"])


def test_a_sources_days_fields_and_pages(session: Session) -> None:
    add_article(session, "seen-late", "Text.", first_seen_at=LAST_MINUTE, headline=None)
    add_article(session, "seen-next", "Text.", first_seen_at=LAST_MINUTE + timedelta(minutes=1))
    source_for(session, "harbour").expect = 14
    detail = source_detail(session, "harbour", NOW)
    assert detail is not None
    by_day = {each.day: each for each in detail.days}
    assert len(detail.days) == 30
    assert (by_day[LAST_MINUTE.date()].articles, by_day[NOW.date() - timedelta(days=2)].articles) == (1, 1)
    assert (by_day[NOW.date()].finished, by_day[NOW.date() - timedelta(days=10)].crawls) == (1, 0)
    assert detail.expected_a_day == 2
    assert {each.field: each.share for each in detail.fields}["headline"] == 0.5
    assert [(each.state, each.reason, each.pages) for each in detail.pages] == [
        ("done", None, 5),
        ("irrelevant", None, 1),
    ]
    assert daily_volumes(session, NOW, 4)["harbour"] == (1, 1, 0, 0)
    assert source_detail(session, "nobody", NOW) is None
