from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models import Article
from models.article_search import SearchQuestion, search_articles
from models.listings import (
    ArticleFilters,
    article_detail,
    article_ids,
    list_articles,
    list_claims,
    list_series,
    list_sources,
    totals,
)
from models.search_index import SearchIndex
from tests.sample_rows import (
    NOW,
    add_article,
    add_claim,
    add_revision,
    add_run,
    add_structured_data,
    add_table,
    new_database,
    source_for,
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = new_database(tmp_path)
    with Session(engine) as session:
        yield session
    engine.dispose()


def _three_articles(session: Session) -> None:
    source_for(session, "vestnik", country="RU")
    rafale = add_article(session, "rafale", "Egypt signed for 30 Rafale jets.")
    add_claim(session, rafale, "30 Rafale jets", quantity=30)
    add_article(session, "tanks", "Танки.", source="vestnik", language="ru", published_at=NOW - timedelta(days=9))
    add_article(session, "undated", "No date.", published_at=None, access="teaser")


FILTERS = {
    "nothing asked": (ArticleFilters(), ["rafale", "tanks", "undated"]),
    "since": (ArticleFilters(since=NOW - timedelta(days=2)), ["rafale"]),
    "since counts": (ArticleFilters(since=NOW - timedelta(days=1)), ["rafale"]),
    "until does not": (ArticleFilters(until=NOW - timedelta(days=1)), ["tanks"]),
    "outlet, any case": (ArticleFilters(outlet="VESTNIK"), ["tanks"]),
    "country": (ArticleFilters(country="ru"), ["tanks"]),
    "language": (ArticleFilters(language="ru"), ["tanks"]),
    "source": (ArticleFilters(source="harbour"), ["rafale", "undated"]),
    "access": (ArticleFilters(access="teaser"), ["undated"]),
    "supplier": (ArticleFilters(supplier="fra"), ["rafale"]),
    "supplier and status": (ArticleFilters(supplier="FRA", status="delivered"), []),
    "recipient": (ArticleFilters(recipient="EGY", status="contracted"), ["rafale"]),
    "quotes are text": (ArticleFilters(outlet="' OR 1=1 --"), []),
}


@pytest.mark.parametrize("case", FILTERS.values(), ids=FILTERS)
def test_filters(session: Session, case: tuple[ArticleFilters, list[str]]) -> None:
    filters, expected = case
    _three_articles(session)
    page = list_articles(session, filters)
    assert [row.url.rpartition("/")[2] for row in page.rows] == expected
    assert page.total == len(expected)
    assert len(article_ids(session, filters)) == len(expected)


def test_a_claim_must_meet_all_of_its_filters_at_once(session: Session) -> None:
    article = add_article(session, "two", "France sells. Spain buys.")
    add_claim(session, article, "France sells", supplier="FRA", recipient=None)
    add_claim(session, article, "Spain buys", supplier=None, recipient="ESP")
    assert list_articles(session, ArticleFilters(supplier="FRA", recipient="ESP")).total == 0


def test_articles_by_ids_keep_their_order(session: Session) -> None:
    _three_articles(session)
    page = list_articles(session, ArticleFilters(), ids=[3, 99, 1], limit=1, offset=1)
    assert (page.total, [row.id for row in page.rows]) == (2, [1])


def test_paging(session: Session) -> None:
    _three_articles(session)
    page = list_articles(session, ArticleFilters(), limit=2, offset=2)
    assert (page.total, len(page.rows)) == (3, 1)


def test_claims_are_those_of_the_text_as_it_reads_now(session: Session) -> None:
    article = add_article(session, "rafale", "Egypt signed for 30 Rafale jets.")
    add_claim(session, article, "30 Rafale jets", quantity=30)
    add_revision(session, article, "Egypt signed for 31 Rafale jets.")
    add_claim(session, article, "31 Rafale jets", quantity=31)
    page = list_claims(session, ArticleFilters(supplier="FRA"))
    assert [(row.quantity, row.outlet) for row in page.rows] == [(31, "Harbour")]
    assert page.total == 1
    assert list_claims(session, ArticleFilters(supplier="DEU")).total == 0


def test_series_keep_their_gaps(session: Session) -> None:
    article = add_article(session, "table", "See the table.")
    add_table(session, article, {2020: 3.0, 2021: None, 2022: 5.0})
    page = list_series(session, ArticleFilters(supplier="fra"))
    assert page.total == 1
    assert [(each.period, each.value, each.missing) for each in page.rows[0].observations] == [
        (2020, 3.0, False),
        (2021, None, True),
        (2022, 5.0, False),
    ]
    assert list_series(session, ArticleFilters(recipient="EGY")).total == 0


def test_article_with_all_its_parts(session: Session) -> None:
    article = add_article(
        session, "rafale", ["Lead.", "Egypt signed for 30 Rafale jets."], amp_url="https://a.example/amp"
    )
    copy = add_article(session, "copy", "Egypt signed.", origin_group=article.id)
    add_revision(session, article, ["Lead.", "Egypt signed for 30 Rafale jets in May."])
    add_claim(session, article, "30 Rafale jets")
    add_table(session, article, {2020: 3.0})
    add_structured_data(session, article, {"@type": "NewsArticle"})
    detail = article_detail(session, article.id)
    assert detail is not None
    fields = {each.name: each for each in detail.fields}
    assert (fields["headline"].origin, fields["published_at"].raw) == ("h1", "19 May 2026, 12:00")
    assert [each.number for each in detail.paragraphs] == [0, 1]
    assert [each.is_current for each in detail.revisions] == [False, True]
    assert len(detail.captures) == 2
    assert detail.tables[0].series[0].observations[0].period == 2020
    assert detail.structured_data[0].data == {"@type": "NewsArticle"}
    assert (detail.claims[0].paragraph, detail.article.claims) == (1, 1)
    assert [row.id for row in detail.origin_group] == [copy.id]
    assert detail.candidates[0].origin == "og:title"


@pytest.mark.parametrize("address", ["https://harbour.example/rafale", "https://a.example/amp"])
def test_article_by_address(session: Session, address: str) -> None:
    article = add_article(session, "rafale", "Text.", amp_url="https://a.example/amp")
    detail = article_detail(session, address)
    assert detail is not None
    assert detail.article.id == article.id


@pytest.mark.parametrize("unknown", [99, "https://nowhere.example/"])
def test_unknown_article(session: Session, unknown: int | str) -> None:
    assert article_detail(session, unknown) is None


# next crawl due (minutes ago), interval in minutes, has run before, is overdue
OVERDUE = {
    "due just now": (1, 60, True, False),
    "within two intervals": (119, 60, True, False),
    "after two intervals": (121, 60, True, True),
    "short interval: ten minutes at least": (9, 1, True, False),
    "short interval, eleven minutes": (11, 1, True, True),
    "never run, eleven minutes": (11, 60, False, True),
    "never run, just registered": (1, 60, False, False),
}


@pytest.mark.parametrize("case", OVERDUE.values(), ids=OVERDUE)
def test_overdue(session: Session, case: tuple[int, int, bool, bool]) -> None:
    minutes, interval, has_run, expected = case
    source = source_for(session, next_crawl_at=NOW - timedelta(minutes=minutes), interval=interval * 60)
    if has_run:
        add_run(session, source, NOW - timedelta(days=1))
    (row,) = list_sources(session, NOW)
    assert row.is_overdue is expected


def test_a_disabled_source_is_never_overdue_and_one_that_lost_its_time_is(session: Session) -> None:
    source_for(session, "asleep", enabled=False, next_crawl_at=NOW - timedelta(days=9))
    add_run(session, source_for(session, "forgotten", next_crawl_at=None), NOW - timedelta(days=1))
    source_for(session, "never_asked_for", next_crawl_at=None)
    assert [row.is_overdue for row in list_sources(session, NOW)] == [False, True, False]


def test_a_source_at_work_is_not_overdue(session: Session) -> None:
    source = source_for(session, next_crawl_at=NOW - timedelta(days=1))
    add_run(session, source, NOW - timedelta(seconds=5), outcome=None)
    (row,) = list_sources(session, NOW)
    assert (row.is_running, row.is_overdue) == (True, False)


def test_a_source_with_what_it_brought(session: Session) -> None:
    article = add_article(session, "new", "Text.")
    add_article(session, "old", "Text.", first_seen_at=NOW - timedelta(days=8))
    add_run(session, article.source, NOW - timedelta(hours=2), outcome="failed")
    add_run(session, article.source, NOW - timedelta(hours=1))
    (row,) = list_sources(session, NOW)
    assert (row.articles, row.articles_last_week, row.pages) == (2, 1, {"done": 2})
    assert (row.last_outcome, row.last_run_at) == ("finished", NOW - timedelta(hours=1))


def test_totals(session: Session) -> None:
    article = add_article(session, "rafale", "30 Rafale jets.")
    add_claim(session, article, "30 Rafale jets")
    add_table(session, article, {2020: 1.0})
    found = totals(session)
    assert (found.sources, found.pages, found.articles, found.revisions) == (1, {"done": 1}, 1, 1)
    assert (found.tables, found.series, found.claims, found.captures) == (1, 1, 1, 1)


def test_both_kinds_of_database_answer_alike(engine: Engine, tmp_path: Path) -> None:
    with Session(engine) as session, session.begin():
        _three_articles(session)
        article = session.get_one(Article, 1)
        add_table(session, article, {2020: 3.0, 2021: None})
        add_structured_data(session, article, {"@type": "NewsArticle"})
        add_run(session, article.source, NOW - timedelta(hours=1))
        add_revision(session, session.get_one(Article, 2), "Радары.")
    everything = ArticleFilters(
        NOW - timedelta(days=30), NOW, "harbour", "GB", "en", "FRA", "EGY", "contracted", "full"
    )
    index = SearchIndex(tmp_path / "index")
    assert index.update(engine) == 3
    with Session(engine) as session:
        assert [row.id for row in list_articles(session, ArticleFilters()).rows] == [1, 2, 3]
        assert [row.id for row in list_articles(session, everything).rows] == [1]
        assert list_claims(session, everything).total == 1
        assert list_series(session, ArticleFilters(supplier="FRA")).total == 1
        assert [row.articles for row in list_sources(session, NOW)] == [2, 1]
        assert totals(session).revisions == 4
        detail = article_detail(session, "https://harbour.example/rafale")
        assert detail is not None
        assert (len(detail.claims), len(detail.tables)) == (1, 1)
        found = search_articles(session, index, SearchQuestion("jet", everything))
        assert [row.article.id for row in found.rows] == [1]
        assert search_articles(session, index, SearchQuestion("радар")).total == 1
