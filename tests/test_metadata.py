"""Headline, authors and the smaller facts, on heads and bylines of each shape met."""

import pytest

from pipelines.extract.agency import find_agency
from pipelines.extract.article import extract
from pipelines.extract.names import split_names
from pipelines.items import Rules
from tests.extraction_pages import NOW, TEXT, article, page

OG = '<meta property="og:title" content="{}">'
SITE = '<meta property="og:site_name" content="The Daily">'
TWITTER = '<meta name="twitter:title" content="{}">'


def draft(head="", inside=TEXT, **more):
    return extract(page(article(inside, head), **more), NOW)


def json_ld(**fields):
    return (
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        + ", ".join(f'"{k}": {v}' for k, v in fields.items())
        + "}</script>"
    )


@pytest.mark.parametrize(
    ("head", "inside", "expected"),
    [
        pytest.param(
            OG.format("Jets sold | News Example"),
            "<h1>Jets sold</h1>",
            "Jets sold",
            id="site's name behind, told by h1",
        ),
        pytest.param(OG.format("Jets sold - The Daily") + SITE, "", "Jets sold", id="site's name behind"),
        pytest.param(OG.format("Jets sold - who pays?"), "", "Jets sold - who pays?", id="a dash that belongs"),
        pytest.param(
            "<title>News Example » Jets sold</title>",
            "<h1>News Example</h1><h2>Jets sold</h2>",
            "Jets sold",
            id="h1 is the site's name",
        ),
        pytest.param(
            "<title>Jets sold for millions | x</title>",
            "<h1>Jets sold for millions</h1>",
            "Jets sold for millions",
            id="h1 the title repeats",
        ),
        pytest.param(OG.format("Home") + json_ld(headline='"Jets sold"'), "", "Jets sold", id="generic og:title"),
        pytest.param(
            OG.format("You will not believe it")
            + TWITTER.format("You will not believe it")
            + json_ld(headline='"Jets sold"'),
            "<h1>Jets sold</h1>",
            "Jets sold",
            id="a line for social networks",
        ),
        pytest.param(
            OG.format("Jets sold to..."), "<h1>Jets sold to Examplia</h1>", "Jets sold to Examplia", id="cut short"
        ),
        pytest.param(OG.format("戦闘機を売却　政府発表"), "", "戦闘機を売却　政府発表", id="ideographic blank stays"),
    ],
)
def test_headline(head, inside, expected):
    assert draft(head, inside + TEXT).headline == expected


def test_the_headline_an_address_was_made_of_wins_over_one_made_for_clicks():
    head = OG.format("You will not believe it") + json_ld(headline='"Peru buys jets"')
    inside = "<h1>You will not believe it</h1>" + TEXT
    assert draft(head, inside, url="https://news.example/world/peru-buys-jets").headline == "Peru buys jets"
    assert draft(head, inside, url="https://news.example/world/123").headline == "You will not believe it"


def test_losing_headlines_are_kept():
    found = draft(OG.format("A title here") + "<title>Another one</title>", "<h1>A third</h1>" + TEXT)
    assert {c.value for c in found.candidates if c.field == "headline"} == {"A title here", "Another one", "A third"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("By Ann Field and Bob Hill", ("Ann Field", "Bob Hill"), id="English, two"),
        pytest.param("Von Ann Field, Bob Hill und Cem Öz", ("Ann Field", "Bob Hill", "Cem Öz"), id="German, three"),
        pytest.param("von Presse- und Informationsstab", ("Presse- und Informationsstab",), id="German, one office"),
        pytest.param("Por Ana Campo y Luis Cerro", ("Ana Campo", "Luis Cerro"), id="Spanish"),
        pytest.param("Автор: Анна Полева", ("Анна Полева",), id="Russian"),
        pytest.param("بقلم: سامي حقل", ("سامي حقل",), id="Arabic"),
        pytest.param("By ANN FIELD in Kyiv", ("ANN FIELD",), id="place"),
        pytest.param("Ann Field | 3 May 2026", ("Ann Field",), id="date behind"),
        pytest.param("Michael Jr. Example (Reuters)", ("Michael Jr. Example",), id="brackets"),
        pytest.param("https://www.facebook.com/annfield", (), id="address"),
        pytest.param("ann.field@news.example", (), id="e-mail"),
        pytest.param("@annfield", (), id="handle"),
        pytest.param("admin", (), id="account"),
        pytest.param("(Image: Getty Images)", (), id="credit"),
    ],
)
def test_split_names(text, expected):
    assert split_names(text) == expected


@pytest.mark.parametrize(
    ("head", "inside", "expected"),
    [
        pytest.param(
            json_ld(headline='"H"', author='[{"name": "Ann Field"}, {"name": "Bob Hill"}]'),
            "",
            ("Ann Field", "Bob Hill"),
            id="objects",
        ),
        pytest.param(
            json_ld(headline='"H"', author='{"@type": "Organization", "name": "Trade, Fish & Fuel Office"}'),
            "",
            ("Trade, Fish & Fuel Office",),
            id="an office is one",
        ),
        pytest.param(json_ld(headline='"H"', author='"Ann Field"'), "", ("Ann Field",), id="text"),
        pytest.param('<meta name="author" content="Ann Field">', "", ("Ann Field",), id="meta"),
        pytest.param(
            '<meta property="article:author" content="https://x.example/ann">',
            '<a rel="author" href="/ann">Ann Field</a>',
            ("Ann Field",),
            id="an address is no name",
        ),
        pytest.param(
            json_ld(headline='"H"', author='"News Example"', publisher='{"name": "News Example"}'),
            '<div class="byline">By Ann Field</div>',
            ("Ann Field",),
            id="people before the paper",
        ),
        pytest.param(
            "", '<span class="author vcard"><a class="fn" href="/x">Ann Field</a></span>', ("Ann Field",), id="class"
        ),
        pytest.param("", "<p>By Ann Field</p>", ("Ann Field",), id="words"),
        pytest.param(
            "",
            '<div class="comments"><span class="author">Bob Hill</span></div>',
            (),
            id="writers of comments are none",
        ),
    ],
)
def test_authors(head, inside, expected):
    assert draft(head, f"<h1>A headline of some length</h1>{inside}{TEXT}").authors == expected


@pytest.mark.parametrize(
    ("texts", "authors", "expected"),
    [
        pytest.param(["KYIV, May 3 (Reuters) - The ministry said."], (), "Reuters", id="head"),
        pytest.param(["МОСКВА, 3 мая. /ТАСС/. Министерство сообщило."], (), "TASS", id="Russian head"),
        pytest.param(["A text.", "© 2026 AFP"], (), "AFP", id="foot"),
        pytest.param(["A text."], ("dpa",), "dpa", id="author"),
        pytest.param(["The minister told Reuters that nothing was signed."], (), None, id="a mention is no credit"),
        pytest.param([], (), None, id="no text"),
    ],
)
def test_agency(texts, authors, expected):
    assert find_agency(texts, authors) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(
            '<link rel="canonical" href="/world/article-1?utm_source=x">',
            ("https://news.example/world/article-1", "link"),
            id="relative, tracked",
        ),
        pytest.param(
            '<link rel="canonical" href="https://other.example/x">',
            ("https://news.example/world/a", "url"),
            id="another site is not believed",
        ),
        pytest.param(
            '<link rel="canonical" href="https://news.example/">',
            ("https://news.example/world/a", "url"),
            id="nor the front page",
        ),
        pytest.param(
            '<meta property="og:url" content="https://www.news.example/w/b">',
            ("https://www.news.example/w/b", "og:url"),
            id="og:url",
        ),
    ],
)
def test_canonical(head, expected):
    found = draft(head, url="https://news.example/world/a?fbclid=1")
    assert (found.canonical_url, found.canonical_origin) == expected


def test_the_rest():
    found = draft(
        '<meta name="description" content="What it says"><meta property="article:section" content="World">'
        '<meta name="keywords" content="jets, trainers, jets"><meta property="og:image" content="/a.jpg">'
        '<link rel="amphtml" href="/amp/1"><meta property="og:site_name" content="News Example">'
    )
    assert (found.description, found.section, found.keywords) == ("What it says", "World", ("jets", "trainers"))
    assert (found.image, found.amp_url) == ("https://news.example/a.jpg", "https://news.example/amp/1")
    assert found.publisher == "News Example"


@pytest.mark.parametrize(
    ("inside", "lang", "expected"),
    [
        pytest.param(TEXT, "de", "en", id="the words decide"),
        pytest.param("<p>Kurz.</p>", "de-AT", "de", id="too short: as declared"),
        pytest.param("<p>?</p>", "", None, id="neither"),
    ],
)
def test_language(inside, lang, expected):
    assert extract(page(article(inside, lang=lang)), NOW).language == expected


def test_rules_for_fields():
    rules = Rules(headline=".head", authors=".who", published=".when")
    found = draft(
        OG.format("Wrong"),
        f'<div class="head">Right</div><b class="who">By Ann Field</b><i class="when">30.4.2026</i>{TEXT}',
        rules=rules,
    )
    assert (found.headline, found.headline_origin, found.authors) == ("Right", "rules", ("Ann Field",))
    assert (found.published.origin, found.published.raw) == ("rules", "30.4.2026")
