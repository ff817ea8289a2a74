from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from models.article_search import SearchQuestion, search_articles
from models.filters import ArticleFilters
from models.search_index import SearchIndex
from tests.sample_rows import add_article, add_claim, new_database, source_for


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, SearchIndex]]:
    folder = tmp_path_factory.mktemp("suggestions")
    engine = new_database(folder)
    with Session(engine) as session, session.begin():
        source_for(session, "defense_wire", outlet="Defense Wire", country="FR")
        jets = add_article(session, "jets", "Seoul sent 12 Rafale fighters to Egypt.", source="defense_wire")
        add_claim(session, jets, "12 Rafale fighters", supplier="KOR", recipient="EGY", weapon="Rafale")
        falcons = add_article(session, "falcons", "Washington sells Fighting Falcons.")
        add_claim(session, falcons, "Falcons", supplier="USA", recipient="TUR", weapon="F-16 Fighting Falcon")
        add_article(session, "russe", "Танки.", language="ru")
    index = SearchIndex(folder / "index")
    index.update(engine)
    with Session(engine) as session:
        yield session, index
    engine.dispose()


NOTHING = ArticleFilters()
MEANT = {
    "a misspelt designation": (SearchQuestion("rafaele"), "words", "Rafale"),
    "one among other words": (SearchQuestion("rafaele egypt"), "words", "Rafale egypt"),
    "a misspelt state": (SearchQuestion("egyptt"), "words", "Egypt"),
    "a state named in another language": (SearchQuestion("Corée du Sud"), "words", "(supplier:KOR OR recipient:KOR)"),
    "a state in Russian": (SearchQuestion("Турция"), "words", "(supplier:TUR OR recipient:TUR)"),
    "a demonym": (SearchQuestion("coréen"), "words", "(supplier:KOR OR recipient:KOR)"),
    "two words of one name": (SearchQuestion("south korea"), "words", "(supplier:KOR OR recipient:KOR)"),
    "another name of a designation": (SearchQuestion("Ф-16"), "words", 'weapon:"F-16 Fighting Falcon"'),
    "a name where a code is wanted": (SearchQuestion("supplier:korea fighters"), "words", "supplier:KOR fighters"),
    "a quoted name": (SearchQuestion('recipient:"turkey"'), "words", "recipient:TUR"),
    "a stage in words": (SearchQuestion("status:contract"), "words", "status:contracted"),
    "filter: name": (SearchQuestion("", ArticleFilters(supplier="South Korea")), "supplier", "KOR"),
    "filter: two letters": (SearchQuestion("", ArticleFilters(supplier="kr")), "supplier", "KOR"),
    "filter: misspelt demonym": (SearchQuestion("", ArticleFilters(recipient="egyptiann")), "recipient", "EGY"),
    "filter: three letters for an outlet's": (SearchQuestion("", ArticleFilters(country="FRA")), "country", "FR"),
    "filter: outlet": (SearchQuestion("", ArticleFilters(outlet="Defence Wire")), "outlet", "Defense Wire"),
    "filter: language": (SearchQuestion("", ArticleFilters(language="Russian")), "language", "ru"),
    "filter: weapon": (SearchQuestion("", ArticleFilters(weapon="Ф-16")), "weapon", "F-16 Fighting Falcon"),
    "filter beside words": (SearchQuestion("falcons", ArticleFilters(supplier="american")), "supplier", "USA"),
}


@pytest.mark.parametrize("case", MEANT.values(), ids=MEANT)
def test_means(filled: tuple[Session, SearchIndex], case: tuple[SearchQuestion, str, str]) -> None:
    question, name, value = case
    found = search_articles(*filled, question)
    assert found.total == 0
    assert (name, value) in {(each.name, each.value) for each in found.suggestions if each.count > 0}


NOT_MEANT = {
    "nothing near": SearchQuestion("zzzyyyxxx"),
    "near, but finds no more": SearchQuestion("Indonesiaa"),
    "only signs are no name": SearchQuestion("", ArticleFilters(supplier="--")),
    "without words": SearchQuestion("", ArticleFilters(access="teaser")),
}


@pytest.mark.parametrize("question", NOT_MEANT.values(), ids=NOT_MEANT)
def test_means_nothing_else(filled: tuple[Session, SearchIndex], question: SearchQuestion) -> None:
    assert search_articles(*filled, question).suggestions == ()
