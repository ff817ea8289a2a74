from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.article_search import SearchQuestion, search_articles
from models.facets import Facets, find_facets
from models.filters import ArticleFilters, UnclearFilterError
from models.listing_articles import list_articles
from models.search_index import SearchIndex
from tests.sample_rows import add_article, add_claim, new_database, source_for


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, SearchIndex]]:
    folder = tmp_path_factory.mktemp("facets")
    engine = new_database(folder)
    with Session(engine) as session, session.begin():
        _write(session)
    index = SearchIndex(folder / "index")
    index.update(engine)
    with Session(engine) as session:
        yield session, index
    engine.dispose()


def _write(session: Session) -> None:
    source_for(session, "vestnik", country="RU").outlet.kind = "government"
    jets = add_article(session, "jets", "France sells jets. America sells tanks to Poland for a billion.")
    add_claim(session, jets, "France sells jets", value_min=5e8, value_max=7e8, currency="EUR", category="aircraft")
    add_claim(
        session, jets, "America sells tanks", supplier="USA", recipient="POL", weapon="M1 Abrams",
        status="delivered", category="armoured vehicles", value_min=1e9, value_max=None, currency="USD",
    )  # fmt: skip
    more = add_article(session, "more", "France sells more jets.", published_at=datetime(2024, 3, 1, tzinfo=UTC))
    add_claim(session, more, "France sells more jets", recipient="GRC", category="aircraft")
    add_article(session, "танки", "Танки и самолёты.", source="vestnik", language="ru", access="teaser")
    add_article(session, "undated", "Jets of nobody.", published_at=None)


def _counts(facets: Facets, name: str) -> dict[str, int]:
    return {each.value: each.count for each in getattr(facets, name)}


NOTHING = ArticleFilters()
COUNTS = {
    "outlets": (NOTHING, "outlet", {"Harbour": 3, "Vestnik": 1}),
    "countries of outlets": (NOTHING, "country", {"GB": 3, "RU": 1}),
    "kinds": (NOTHING, "kind", {"newspaper": 3, "government": 1}),
    "languages": (NOTHING, "language", {"en": 3, "ru": 1}),
    "access": (NOTHING, "access", {"full": 3, "teaser": 1}),
    "years, the undated left out": (NOTHING, "year", {"2026": 2, "2024": 1}),
    "an article counts once for a supplier": (NOTHING, "supplier", {"FRA": 2, "USA": 1}),
    "a facet is not narrowed by its own filter": (ArticleFilters(supplier="USA"), "supplier", {"FRA": 2, "USA": 1}),
    "others are, by the same claim": (ArticleFilters(supplier="USA"), "recipient", {"POL": 1}),
    "others are, whatever the case": (ArticleFilters(supplier="fra"), "recipient", {"EGY": 1, "GRC": 1}),
    "status of the same claim": (ArticleFilters(weapon="m1"), "status", {"delivered": 1}),
    "category of the same claim": (ArticleFilters(supplier="FRA"), "category", {"aircraft": 2}),
    "value and supplier of one claim": (ArticleFilters(currency="USD"), "supplier", {"USA": 1}),
    "value, own filter left out": (ArticleFilters(currency="EUR", supplier="USA"), "supplier", {"FRA": 1}),
    "outlets with such a claim": (ArticleFilters(recipient="GRC"), "outlet", {"Harbour": 1}),
    "dates do not narrow years": (
        ArticleFilters(since=datetime(2025, 1, 1, tzinfo=UTC)),
        "year",
        {"2026": 2, "2024": 1},
    ),
}


@pytest.mark.parametrize("case", COUNTS.values(), ids=COUNTS)
def test_counts(filled: tuple[Session, SearchIndex], case: tuple[ArticleFilters, str, dict[str, int]]) -> None:
    filters, name, expected = case
    assert _counts(find_facets(*filled, SearchQuestion("", filters)), name) == expected


def test_words_narrow_all_facets(filled: tuple[Session, SearchIndex]) -> None:
    facets = find_facets(*filled, SearchQuestion("tanks"))
    assert (_counts(facets, "outlet"), _counts(facets, "supplier")) == ({"Harbour": 1}, {"FRA": 1, "USA": 1})


def test_labels_are_for_people(filled: tuple[Session, SearchIndex]) -> None:
    facets = find_facets(*filled, SearchQuestion(""))
    labels = {each.value: each.label for name in ("country", "supplier", "language") for each in getattr(facets, name)}
    assert labels == {
        "GB": "United Kingdom", "RU": "Russia", "en": "English", "ru": "Russian",
        "FRA": "France", "USA": "United States",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", ["supplier", "recipient", "category", "status", "outlet", "country", "kind", "language"]
)
@pytest.mark.parametrize("filters", [NOTHING, ArticleFilters(supplier="FRA"), ArticleFilters(currency="USD")])
def test_a_count_is_what_choosing_the_value_finds(
    filled: tuple[Session, SearchIndex], filters: ArticleFilters, name: str
) -> None:
    session, index = filled
    for each in getattr(find_facets(session, index, SearchQuestion("", filters)), name):
        chosen = ArticleFilters(**{**{n: getattr(filters, n) for n in filters.__dataclass_fields__}, name: each.value})
        assert search_articles(session, index, SearchQuestion("", chosen)).total == each.count


VALUES = {
    "within": (ArticleFilters(value_min=4e8, value_max=8e8, currency="eur"), ["jets"]),
    "another currency": (ArticleFilters(value_min=4e8, value_max=8e8, currency="GBP"), []),
    "overlaps": (ArticleFilters(value_min=6e8, currency="EUR"), ["jets"]),
    "too small": (ArticleFilters(value_min=8e8, currency="EUR"), []),
    "open at the top": (ArticleFilters(value_min=5e9, currency="USD"), ["jets"]),
    "below the least": (ArticleFilters(value_max=9e8, currency="USD"), []),
    "any value in the currency": (ArticleFilters(currency="USD"), ["jets"]),
    "value of another claim": (ArticleFilters(currency="USD", supplier="FRA"), []),
    "designation": (ArticleFilters(weapon="m1 abrams"), ["jets"]),
    "first word of a designation": (ArticleFilters(weapon="M1"), ["jets"]),
    "part of a word": (ArticleFilters(weapon="M"), []),
    "category": (ArticleFilters(category="aircraft"), ["jets", "more"]),
    "kind of the outlet": (ArticleFilters(kind="Government"), ["танки"]),
    "two facts of two claims": (ArticleFilters(supplier="USA", category="aircraft"), []),
    "three facts of one claim": (
        ArticleFilters(supplier="usa", category="Armoured vehicles", status="delivered"),
        ["jets"],
    ),
}


@pytest.mark.parametrize("case", VALUES.values(), ids=VALUES)
def test_filters_of_claims(filled: tuple[Session, SearchIndex], case: tuple[ArticleFilters, list[str]]) -> None:
    filters, expected = case
    found = search_articles(*filled, SearchQuestion("", filters))
    assert [row.article.url.rpartition("/")[2] for row in found.rows] == expected
    assert found.total == len(expected)


def test_a_value_needs_its_currency() -> None:
    with pytest.raises(UnclearFilterError, match="currency"):
        ArticleFilters(value_min=1e9)


def test_both_kinds_of_database_count_alike(engine: Engine, tmp_path: Path) -> None:
    with Session(engine) as session, session.begin():
        _write(session)
    index = SearchIndex(tmp_path / "index")
    index.update(engine)
    with Session(engine) as session:
        for filters, name, expected in COUNTS.values():
            assert _counts(find_facets(session, index, SearchQuestion("", filters)), name) == expected


ENDS = [0, 1, 999, 1000, 1001, 49_999, 120_000, 5e8, 500_000_001, 999_999_999, 1.2e9, 1.25e9, 5e9, 7.5e14, 1e15, 1e17]


@pytest.fixture(scope="module")
def valued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, SearchIndex]]:
    """One article for each two ends, either of which may be open."""
    folder = tmp_path_factory.mktemp("valued")
    engine = new_database(folder)
    pairs = [(least, most) for least in (None, *ENDS) for most in (None, *ENDS) if (least or 0) <= (most or 1e18)]
    with Session(engine) as session, session.begin():
        for number, (least, most) in enumerate(pairs):
            article = add_article(session, f"a{number}", "France sells jets.")
            add_claim(session, article, "France sells jets", value_min=least, value_max=most, currency="EUR")
    index = SearchIndex(folder / "index")
    index.update(engine)
    with Session(engine) as session:
        yield session, index
    engine.dispose()


@pytest.mark.parametrize("least", [None, 0, 1000, 1100, 49_999, 5e8, 6e8, 1.21e9, 9.9e9, 6e14, 7.5e14])
@pytest.mark.parametrize("most", [None, 0, 1, 999, 1500, 5e8, 1.2e9, 1.3e9, 2e10, 8e14])
def test_values_are_found_as_the_lists_find_them(
    valued: tuple[Session, SearchIndex], least: float | None, most: float | None
) -> None:
    session, index = valued
    for supplier in (None, "FRA"):
        filters = ArticleFilters(value_min=least, value_max=most, currency="EUR", supplier=supplier)
        found = search_articles(session, index, SearchQuestion("", filters), limit=1)
        assert found.total == list_articles(session, filters, limit=1).total
