"""The whole: one draft a page, whatever the page; encodings, bounds, hostile input."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.extracting import reading_text
from pipelines.extract.article import extract
from pipelines.extract.tree import MAX_ELEMENTS, parse_page, text_codec
from pipelines.items import Rules
from tests.extraction_pages import FIRST, NOW, SECOND, TEXT, THIRD, article, page


def test_a_whole_article():
    data = {
        "@type": "NewsArticle",
        "headline": "Jets sold",
        "datePublished": "2026-04-30T10:00:00Z",
        "author": {"name": "Ann Field"},
    }
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    draft = extract(page(article(f"<h1>Jets sold</h1>{TEXT}", head)), NOW)
    assert (draft.headline, draft.authors, draft.text) == (
        "Jets sold",
        ("Ann Field",),
        f"{FIRST}\n\n{SECOND}\n\n{THIRD}",
    )
    assert (draft.language, draft.access, draft.body_reader, draft.problems) == ("en", "full", "own", ())
    assert draft.structured_data[0].data["headline"] == "Jets sold"


def test_json_ld_printed_as_text_is_data_and_not_text():
    printed = '{ "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Jets sold" }'
    draft = extract(page(article(f"{TEXT}<p>{printed}</p>")), NOW)
    assert "@context" not in draft.text
    assert draft.headline == "Jets sold"


RUSSIAN = "Министерство обороны сообщило о подписании контракта на поставку учебных самолётов."


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", id="charset of the server"),
        pytest.param(b'<meta charset="windows-1251">' + RUSSIAN.encode("cp1251"), None, id="charset in meta"),
        pytest.param(RUSSIAN.encode("koi8-r"), "text/html; charset=koi8-r", id="koi8-r"),
        pytest.param(RUSSIAN.encode(), "text/html; charset=iso-8859-1", id="UTF-8 declared wrongly"),
        pytest.param(RUSSIAN.encode("utf-8-sig"), "text/html; charset=windows-1251", id="BOM wins"),
        pytest.param(RUSSIAN.encode("utf-16"), None, id="UTF-16 by its BOM"),
        pytest.param((RUSSIAN * 20).encode("cp1251"), None, id="undeclared: guessed"),
        pytest.param(
            b'<meta charset="zlib_codec">' + RUSSIAN.encode(), "text/html; charset=zlib_codec", id="no codec for text"
        ),
        pytest.param(RUSSIAN.encode() + b"\xff", None, id="one broken byte"),
    ],
)
def test_encodings(body, content_type):
    assert RUSSIAN in parse_page(page(body, content_type=content_type)).tree.text_content()


@pytest.mark.parametrize(
    "name", ["zlib_codec", "rot13", "base64", "undefined", "idna", "unicode_escape", "utf-7", "no-such", "\x00", ""]
)
def test_no_codecs_for_text(name):
    assert text_codec(name) is None


def test_characters_no_database_takes_are_gone():
    html = "<p>a\x00b\x01c&#0;d&#x1;e&#xD800;f&#xFFFF;g&#8217;h&#10;i</p>"
    text = parse_page(page(html.encode("utf-8", "surrogatepass"))).tree.text_content()
    assert not set(text) & {chr(code) for code in (*range(9), *range(11, 32), 127, 0xFFFF)}
    assert "g’h" in text
    text.encode()


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        pytest.param(b"%PDF-1.7 ...", "not html", id="PDF"),
        pytest.param(b"\x89PNG\r\n", "not html", id="image"),
        pytest.param(b"", "not html", id="nothing"),
        pytest.param(b"<div>" * 100_000 + b"<p>deep</p>", "too deep", id="deep nesting"),
        pytest.param(b"<p>x" * (MAX_ELEMENTS + 10), f"cut at {MAX_ELEMENTS} elements", id="too many elements"),
    ],
)  # fmt: skip
def test_problems_are_named(body, problem):
    assert problem in extract(page(body), NOW).problems


HOSTILE = {
    "nested tables": b"<table><tr><td>" * 20_000,
    "nested lists": b"<ul><li>" * 20_000,
    "nested links": b"<a href=/author/x>" * 20_000,
    "open brackets": b"<p>" + b"(" * 200_000,
    "quotes": b"<p>" + b'"' * 200_000,
    "blanks": b"<p>" + b" \n" * 200_000 + b"x",
    "digits": b"<p class=date>" + b"1" * 200_000,
    "dates": b"<span class=date>2020-13-45 99:99</span>" * 5_000,
    "bylines": b"<p>By A and B</p>" * 5_000,
    "long title": b"<title>" + b"A | b - " * 50_000 + b"</title>",
    "long class": b'<div class="' + b"ad-" * 100_000 + b'">text</div>',
    "line breaks": b"word <br> " * 20_000,
    "less-than signs": b"<" * 200_000,
    "open comments": b"<!--" * 50_000,
    "authors": b'<meta name="author" content="A B, C D">' * 5_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_are_read_in_time(body):
    start = time.process_time()
    extract(page(b"<html><body><h1>A</h1>" + body), NOW)
    assert time.process_time() - start < 3


_TAGS = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div class='comments'>",
            "</div>",
            "<table><tr><td>",
            "</table>",
            "<h1>",
            "<br>",
            "</script>",
        ),
        "<time datetime='2024'>",
        "<script type='application/ld+json'>",
        "<meta property='og:title' content='x",
        '{"@type":"NewsArticle",',
        "\x00",
        "&#0;",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(_TAGS, st.text(max_size=30)), max_size=40))
def test_any_page_gives_a_draft(parts):
    extract(page("".join(parts).encode("utf-8", "surrogatepass")), NOW)


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/html", "text/html; charset=utf-16", "text/html; charset=hz", "image/png"]),
)
def test_any_bytes_give_a_draft(body, content_type):
    extract(page(body, content_type=content_type), NOW)


JETS = (
    "<table><tr><th>State</th><th>Jets</th></tr><tr><td>Peru</td><td>12</td></tr>"
    "<tr><td>Chile</td><td>7</td></tr></table>"
)
PLACES = [
    pytest.param(f"<p>{FIRST}</p>{JETS}<p>{SECOND}</p><p>{THIRD}</p>", 1, id="between paragraphs"),
    pytest.param(f"<p>{FIRST}</p><div>{JETS}</div><p>{SECOND}</p><p>{THIRD}</p>", 1, id="in a box of its own"),
    pytest.param(f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>{JETS}", 3, id="at the end"),
    pytest.param(f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article><div>{JETS}</div>", None, id="outside"),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "place"), PLACES)
def test_a_table_knows_where_in_the_text_it_stands(inside, place):
    found = extract(page(article(f"<h1>Jets for two states</h1>{inside}")), NOW)
    assert [table.paragraph for table in found.tables] == [place]
    rows = "State Jets\n\nPeru 12\n\nChile 7"
    texts = [FIRST, SECOND, THIRD]
    expected = texts if place is None else [*texts[:place], rows, *texts[place:]]
    assert reading_text(found) == "\n\n".join(expected)


def test_the_place_of_a_table_follows_rules():
    rules = Rules(body="section", clean=lambda text: "" if text == SECOND else text)
    found = extract(
        page(article(f"<section><p>{SECOND}</p><p>{FIRST}</p>{JETS}<p>{THIRD}</p></section>"), rules=rules), NOW
    )
    assert (found.text, found.tables[0].paragraph) == (f"{FIRST}\n\n{THIRD}", 1)


def test_what_the_parser_puts_beside_the_root_is_read():
    markup = f"></html><div itemscope itemtype='http://schema.org/NewsArticle'>{TEXT}</div>"  # found by fuzzing
    assert not [each for each in parse_page(page(markup)).tree.itersiblings() if isinstance(each.tag, str)]
    assert extract(page(markup), NOW).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
