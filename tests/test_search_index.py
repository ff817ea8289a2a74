import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models import Article
from models.article_search import SearchQuestion, search_articles
from models.filters import ArticleFilters
from models.search_index import QuerySyntaxError, SearchIndex
from tests.sample_rows import NOW, add_article, add_claim, add_revision, new_database, source_for

ARTICLES = {
    "en-tanks": ("en", "Poland orders tanks", "Warsaw will buy 180 K2 tanks from Seoul, its ministry said."),
    "en-jets": (
        "en",
        "Jets for Egypt",
        "Cairo gets F-16 fighters; the Exportación council objected. Price: $2.5bn.",
    ),
    "es": ("es", "España aprueba la exportación", "El Gobierno autorizó exportaciones de misiles a Perú."),
    "ru": ("ru", "Поставка танков", "Россия поставила 12 танков и один самолёт Алжиру."),
    "tr": ("tr", "İstanbul'da anlaşma", "Şirket, insansız hava araçlarını İSTANBUL limanından gönderdi."),
    "fr": ("fr", "La Grèce achète", "Athènes a commandé des frégates françaises."),
    "pl": ("pl", "Haubice dla Ukrainy", "Polska przekaże haubice Krab."),
    "uk": (None, "Гаубиці", "Україна отримала гаубиці."),
    "zh": ("zh", "韩国坦克", "波兰接收韩国坦克。"),
    "ar": ("ar", "صفقة", "تسلمت الجزائر الطائرات الروسية أمس."),
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SearchIndex, Engine]]:
    folder = tmp_path_factory.mktemp("search")
    engine = new_database(folder)
    with Session(engine) as session, session.begin():
        source_for(session, "vestnik", country="RU")
        for day, (slug, (language, headline, text)) in enumerate(ARTICLES.items()):
            source = "vestnik" if slug == "ru" else "harbour"
            published = NOW - timedelta(days=day) if slug != "pl" else None
            article = add_article(
                session, slug, text, language=language, headline=headline, source=source, published_at=published
            )
            article.authors = ["Jane Doe"] if slug == "en-jets" else []
            if slug == "en-tanks":
                add_claim(session, article, "180 K2 tanks", supplier="KOR", recipient="POL")
                add_claim(session, article, "K2 tanks", supplier="USA", recipient="EGY", weapon="K2 Black Panther")
    index = SearchIndex(folder / "index")
    assert index.update(engine) == len(ARTICLES)
    yield index, engine
    engine.dispose()


def _slugs(filled: tuple[SearchIndex, Engine], question: SearchQuestion) -> list[str]:
    index, engine = filled
    with Session(engine) as session:
        page = search_articles(session, index, question)
        assert page.total == len(page.rows)
        return [row.article.url.rpartition("/")[2] for row in page.rows]


FOUND = {
    "one word": ("seoul", ["en-tanks"]),
    "a word in another form": ("tank", ["en-tanks"]),
    "Russian word form, nothing said of the language": ("танк", ["ru"]),
    "Russian word form, the other way": ("танками", ["ru"]),
    "Russian yo": ("самолет", ["ru"]),
    "Russian yo, asked": ("самолёты", ["ru"]),
    "Spanish plural from singular": ("misil", ["es"]),
    "accent left out": ("exportacion", ["en-jets", "es"]),
    "accent put in": ("éxportación", ["en-jets", "es"]),
    "French accents": ("fregate athenes", ["fr"]),
    "Turkish capital with dot": ("istanbul", ["tr"]),
    "Turkish suffixes": ("aracı", ["tr"]),
    "a language without stemmer": ("krab haubice", ["pl"]),
    "no language known": ("гаубиці", ["uk"]),
    "Chinese within a sentence": ("坦克", ["zh"]),
    "Arabic alef": ("امس", ["ar"]),
    "all words wanted": ("warsaw cairo", []),
    "all words, headline and text": ("poland seoul", ["en-tanks"]),
    "AND": ("warsaw AND seoul", ["en-tanks"]),
    "OR": ("warsaw OR cairo", ["en-jets", "en-tanks"]),
    "AND binds closer than OR": ("cairo OR warsaw seoul", ["en-jets", "en-tanks"]),
    "group": ("(cairo OR warsaw) seoul", ["en-tanks"]),
    "NOT": ("(cairo OR warsaw) NOT seoul", ["en-jets"]),
    "AND NOT": ("exportación AND NOT misiles", ["en-jets"]),
    "NOT alone": ("NOT harbour", ["ru"]),
    "phrase": ('"k2 tanks"', ["en-tanks"]),
    "phrase in the wrong order": ('"tanks k2"', []),
    "curly quotes": ("“K2 tanks”", ["en-tanks"]),
    "prefix": ("frega*", ["fr"]),
    "prefix with accent": ("frég*", ["fr"]),
    "prefix of a compound": ("F-1*", ["en-jets"]),
    "headline only": ("headline:tank", ["en-tanks"]),
    "headline only, not there": ("headline:seoul", []),
    "headline phrase": ('headline:"jets for egypt"', ["en-jets"]),
    "headline group": ("headline:(jets OR tanks)", ["en-jets", "en-tanks"]),
    "hyphens are literal": ("F-16", ["en-jets"]),
    "lower-case operators are words": ("poland or warsaw", []),
    "a colon is literal": ("price: body:2.5bn", []),
    "signs between words": ("$2.5bn", ["en-jets"]),
    "regex letters are literal": ("ca.ro", []),
    "signs beside a word ask nothing": ("seoul --- &", ["en-tanks"]),
    "outlet": ("vestnik", ["ru"]),
    "author": ('"jane doe"', ["en-jets"]),
}


@pytest.mark.parametrize("case", FOUND.values(), ids=FOUND)
def test_finds(filled: tuple[SearchIndex, Engine], case: tuple[str, list[str]]) -> None:
    words, expected = case
    assert sorted(_slugs(filled, SearchQuestion(words))) == sorted(expected)


FIELDS = {
    "text alone": ("text:seoul", ["en-tanks"]),
    "text alone, word form": ("text:misil", ["es"]),
    "text alone, not the headline": ("text:jets", []),
    "author": ("author:jane", ["en-jets"]),
    "author, not in the text": ("author:warsaw", []),
    "outlet": ("outlet:vestnik", ["ru"]),
    "outlet phrase": ('outlet:"vestnik"', ["ru"]),
    "country of the outlet": ("country:ru", ["ru"]),
    "kind": ("kind:newspaper warsaw", ["en-tanks"]),
    "language": ("language:PL", ["pl"]),
    "source": ("source:vestnik", ["ru"]),
    "access": ("access:teaser", []),
    "year": ("year:2026 warsaw", ["en-tanks"]),
    "supplier": ("supplier:KOR", ["en-tanks"]),
    "supplier, any case": ("Supplier:kor", ["en-tanks"]),
    "facts of one claim": ("supplier:KOR recipient:POL", ["en-tanks"]),
    "facts of two claims": ("supplier:KOR recipient:EGY", []),
    "facts in groups of their own may be of two claims": ("(supplier:KOR warsaw) recipient:EGY", ["en-tanks"]),
    "either of two": ("recipient:(POL OR DZA)", ["en-tanks"]),
    "but not": ("language:en NOT supplier:KOR", ["en-jets"]),
    "designation": ("weapon:Rafale", ["en-tanks"]),
    "designation in quotes": ('weapon:"k2 black panther"', ["en-tanks"]),
    "first word of a designation": ("weapon:K2", ["en-tanks"]),
    "status": ("status:contracted warsaw", ["en-tanks"]),
    "a fact of nobody": ("supplier:XXX", []),
    "an unknown field is literal": ("weight:seoul", []),
    "a field with nothing after it is literal": ("headline: seoul", []),
}


@pytest.mark.parametrize("case", FIELDS.values(), ids=FIELDS)
def test_fields(filled: tuple[SearchIndex, Engine], case: tuple[str, list[str]]) -> None:
    words, expected = case
    assert sorted(_slugs(filled, SearchQuestion(words))) == sorted(expected)


# Asked, and as it stands in a text.
FORMS = {
    "ar": ["دبابة دبابات", "دبابات دبابة", "طائرة الطائرات", "صفقة الصفقة", "فرقاطة فرقاطات"],
    "de": ["Panzer Panzern", "Rakete Raketen", "Lieferungen Lieferung", "Haubitze Haubitzen", "vertrag Verträge"],
    "el": ["φρεγάτα φρεγάτες", "πύραυλος πύραυλοι", "πυραυλος πύραυλοι"],
    "en": ["howitzer howitzers", "deliveries delivery", "supply supplied"],
    "es": ["misil misiles", "fragatas fragata", "exportacion exportaciones", "avión aviones", "entrega entregó"],
    "fr": ["frégate frégates", "fregates frégate", "livrer livré", "helicoptere hélicoptères", "chars char"],
    "it": ["missile missili", "contratti contratto"],
    "nl": ["fregat fregatten", "tanks tank"],
    "pt": ["míssil mísseis", "exportacao exportações", "avião aviões", "fragata fragatas", "navio navios"],
    "ru": ["танк танков", "ракетами ракета", "поставка поставок", "самолет самолётов", "вооружение вооружений"],
    "sv": ["stridsvagn stridsvagnar", "fartyg fartygen"],
    "tr": ["füze füzeler", "füzeleri füze", "uçak uçağı", "anlaşma anlaşması", "tank tankları", "aracı araçları"],
}


@pytest.mark.parametrize(
    ("language", "pair"),
    [pytest.param(code, pair, id=f"{code}: {pair}") for code, pairs in FORMS.items() for pair in pairs],
)
def test_a_word_is_found_in_its_other_forms(forms: SearchIndex, language: str, pair: str) -> None:
    asked, written = pair.split()
    snippets = [hit.snippet for hit in forms.search(f"{asked} language:{language}", limit=50).hits]
    assert any(part.is_hit and part.text == written for snippet in snippets for part in snippet)


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    folder = tmp_path_factory.mktemp("forms")
    engine = new_database(folder)
    with Session(engine) as session, session.begin():
        for language, pairs in FORMS.items():
            for number, pair in enumerate(pairs):
                add_article(session, f"{language}-{number}", f"… {pair.split()[1]} …", language=language)
    index = SearchIndex(folder / "index")
    index.update(engine)
    engine.dispose()
    return index


MISTAKES = {
    "quote": ('"k2 tanks', "quotation mark"),
    "open parenthesis": ("(tanks", "not closed"),
    "closing parenthesis": ("tanks)", "no opening"),
    "operator first": ("AND tanks", "missing after the beginning"),
    "operator last": ("tanks OR", "missing after OR"),
    "not what": ("tanks NOT", "missing after NOT"),
    "empty group": ("()", "missing after ("),
    "asterisk alone": ("tanks *", "at least 2 letters"),
    "short prefix": ("t*", "at least 2 letters"),
    "signs only": ("--- &", "no word"),
    "too long": ("tank " * 300, "longer than"),
    "asterisk in a fact": ("supplier:KO*", "whole value"),
    "too deep": ("(" * 30 + "tank" + ")" * 30, "deeper than"),
}


@pytest.mark.parametrize("case", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_line(filled: tuple[SearchIndex, Engine], case: tuple[str, str]) -> None:
    words, expected = case
    with pytest.raises(QuerySyntaxError) as error:
        filled[0].search(words)
    assert expected in str(error.value)
    assert "\n" not in str(error.value)


FILTERS = {
    "since": (ArticleFilters(since=NOW - timedelta(days=1)), ["en-tanks", "en-jets"]),
    "until": (ArticleFilters(since=NOW - timedelta(days=2), until=NOW - timedelta(days=1)), ["es"]),
    "outlet": (ArticleFilters(outlet="vestnik"), ["ru"]),
    "country": (ArticleFilters(country="ru"), ["ru"]),
    "source": (ArticleFilters(source="vestnik"), ["ru"]),
    "language": (ArticleFilters(language="es"), ["es"]),
    "access": (ArticleFilters(access="teaser"), []),
    "supplier": (ArticleFilters(supplier="KOR"), ["en-tanks"]),
    "two facts": (ArticleFilters(supplier="KOR", language="ru"), []),
    "an outlet that is not": (ArticleFilters(outlet="nobody"), []),
}


@pytest.mark.parametrize("case", FILTERS.values(), ids=FILTERS)
def test_filters_without_words(filled: tuple[SearchIndex, Engine], case: tuple[ArticleFilters, list[str]]) -> None:
    filters, expected = case
    assert _slugs(filled, SearchQuestion("", filters)) == expected


def test_filters_with_words(filled: tuple[SearchIndex, Engine]) -> None:
    assert _slugs(filled, SearchQuestion("exportacion", ArticleFilters(language="es"))) == ["es"]


def test_order_by_date_puts_the_unknown_last(filled: tuple[SearchIndex, Engine]) -> None:
    slugs = _slugs(filled, SearchQuestion("harbour", order="date"))
    assert slugs == [slug for slug in ARTICLES if slug not in {"ru", "pl"}] + ["pl"]


def test_headlines_weigh_more(filled: tuple[SearchIndex, Engine]) -> None:
    assert _slugs(filled, SearchQuestion("exportacion"))[0] == "es"


def test_paging(filled: tuple[SearchIndex, Engine]) -> None:
    page = filled[0].search("harbour", limit=4, offset=8)
    assert (page.total, len(page.hits)) == (9, 1)


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("танк самолет", ["танков", "самолёт"]),
        ("exportacion misil", ["exportaciones", "misiles"]),
        ('"k2 tanks"', ["K2", "tanks"]),
        ("frega*", ["frégates"]),
        ("坦克", ["坦", "克"]),
        ("istanbul", ["İSTANBUL"]),
    ],
)
def test_snippets_mark_hits(filled: tuple[SearchIndex, Engine], words: str, marked: list[str]) -> None:
    hit = next(hit for hit in filled[0].search(words).hits if any(part.is_hit for part in hit.snippet))
    assert [part.text for part in hit.snippet if part.is_hit] == marked


def test_snippet_is_text_of_the_article(tmp_path: Path) -> None:
    engine = new_database(tmp_path)
    text = "Ёлка. " + "Пустые слова тут. " * 100 + "Алжир получит <b>танки</b> & ракеты. " + "Ещё слова. " * 100
    with Session(engine) as session, session.begin():
        add_article(session, "long", text, language="ru")
    index = SearchIndex(tmp_path / "index")
    index.update(engine)
    (hit,) = index.search("танков").hits
    assert "".join(part.text for part in hit.snippet) in text
    assert [part.text for part in hit.snippet if part.is_hit] == ["танки"]
    engine.dispose()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = new_database(tmp_path)
    with Session(engine) as session, session.begin():
        add_article(session, "first", "Tanks for Poland.")
    yield engine
    engine.dispose()


def test_nothing_is_found_before_the_first_update(tmp_path: Path) -> None:
    assert SearchIndex(tmp_path / "index").search("tanks").total == 0


def test_follows_the_database(engine: Engine, tmp_path: Path) -> None:
    index, reader = SearchIndex(tmp_path / "index"), SearchIndex(tmp_path / "index")
    assert (index.update(engine), index.update(engine)) == (1, 0)
    assert reader.search("tanks").total == 1
    with Session(engine) as session, session.begin():
        add_revision(session, session.get_one(Article, 1), "Howitzers for Poland.")
        add_article(session, "second", "Frigates for Greece.")
    assert index.update(engine) == 2
    assert [reader.search(word).total for word in ("tanks", "howitzers", "frigates")] == [0, 1, 1]


def test_a_revision_that_appears_late_is_taken_in(engine: Engine, tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "index")
    with Session(engine) as session, session.begin():
        late = add_article(session, "late", "Missiles.")
        article_id, revision_id, late.current_revision_id = late.id, late.current_revision_id, None
        add_article(session, "third", "Radars.")
    assert index.update(engine) == 2
    with Session(engine) as session, session.begin():
        session.get_one(Article, article_id).current_revision_id = revision_id
    assert index.update(engine) == 1
    assert index.search("missiles").total == 1


def test_gone_articles_stay_findable(engine: Engine, tmp_path: Path) -> None:
    with Session(engine) as session, session.begin():
        session.get_one(Article, 1).gone_at = NOW
    index = SearchIndex(tmp_path / "index")
    index.update(engine)
    assert index.search("tanks").total == 1


def test_rebuild_sees_what_was_changed_in_place(engine: Engine, tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "index")
    index.update(engine)
    with Session(engine) as session, session.begin():
        session.get_one(Article, 1).headline = "Quite another headline"
    assert index.rebuild(engine) == 1
    assert index.search("headline:another").total == 1


def test_while_another_process_writes_an_update_does_nothing(engine: Engine, tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "index")
    index.folder.mkdir()
    script = "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX); print(flush=True); input()"
    lock = str(index.folder / "update.lock")
    with subprocess.Popen([sys.executable, "-c", script, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert index.update(engine) == 0
        other.kill()
    assert index.update(engine) == 1


def _damage_meta(folder: Path) -> None:
    (folder / "meta.json").write_text("{")


def _damage_all(folder: Path) -> None:
    for path in folder.iterdir():
        if path.suffix not in {".json", ".lock"}:
            path.write_bytes(b"\xff" * 64)


def _remove_segments(folder: Path) -> None:
    for path in folder.iterdir():
        if path.suffix not in {".json", ".lock"}:
            path.unlink()


def _change_fields(folder: Path) -> None:
    meta = folder / "meta.json"
    meta.write_text(meta.read_text().replace("plain_2", "plain_1"))


DAMAGES = [_damage_meta, _damage_all, _remove_segments, _change_fields]


@pytest.mark.parametrize("damage", DAMAGES)
def test_an_index_that_cannot_be_used_is_made_anew(
    engine: Engine, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    SearchIndex(tmp_path / "index").update(engine)
    damage(tmp_path / "index")
    index = SearchIndex(tmp_path / "index")
    index.search("tanks")
    assert index.update(engine) == 1
    assert index.search("tanks").total == 1


def test_an_index_of_another_database_is_made_anew(engine: Engine, tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "index")
    index.update(engine)
    (tmp_path / "other").mkdir()
    other = new_database(tmp_path / "other")
    with Session(other) as session, session.begin():
        article = add_article(session, "first", "Radars.")
        article.current_revision.seen_at = NOW + timedelta(hours=1)
    assert index.update(other) == 1
    assert [index.search(word).total for word in ("tanks", "radars")] == [0, 1]
    other.dispose()
