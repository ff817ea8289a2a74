"""Small invented pages, each with one defect that was met on real ones."""

import time

import pytest

from pipelines.extract.article import extract
from pipelines.extract.table_values import Style, parse_cell
from tests.extraction_pages import FIRST, NOW, SECOND, TEXT, THIRD, article, page


def read(inside, head=""):
    return extract(page(article(inside, head)), NOW)


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        pytest.param('<span rel="author">Ann Field</span>', ("Ann Field",), id="relation on a span"),
        pytest.param('<i class="avtor">Ann Field and Bob Hill</i>', ("Ann Field", "Bob Hill"), id="class"),
        pytest.param('<span class="autor">Redacción La Llanura</span>', ("Redacción La Llanura",), id="desk"),
        pytest.param('<span class="autor">Redaktion: Ann Field</span>', ("Ann Field",), id="label before a name"),
    ],
)  # fmt: skip
def test_bylines(byline, authors):
    assert read(f"<h1>Jets sold</h1><p>{byline}</p>{TEXT}").authors == authors


def test_a_title_for_search_loses_against_the_headline():
    head = """<title>Jets | Buy and sell jets</title><meta property="og:title" content="Jets | Buy and sell jets">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Jets sold to Examplia",
        "datePublished": "2026-04-30"}</script>"""
    assert read(f"<h1>Jets sold to Examplia</h1>{TEXT}", head).headline == "Jets sold to Examplia"


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param("<b>Комментарии (2)</b><br>Anna: Well said by them.<br>Bob: Thanks.", id="comments counted"),
        pytest.param("<p>Нашли ошибку? Выделите её и нажмите Ctrl+Enter</p>", id="report a mistake"),
        pytest.param("<p>Photo: Ann Field / Reuters</p>", id="credit"),
    ],
)  # fmt: skip
def test_what_follows_the_text_is_left_out(tail):
    assert read(f"<h1>Jets sold</h1>{TEXT}{tail}").text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_row_of_one_cell_keeps_its_paragraphs_apart():
    draft = read(f"<h1>Jets</h1><table><tr><td><p>{FIRST}</p><p>{SECOND}</p></td></tr></table>")
    assert draft.text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("text", ["*", "¹", "[1]", "(a)"])
def test_a_cell_of_a_mark_alone_is_text(text):
    assert parse_cell(text, Style()).kind == "text"


MEGABYTE = 1_000_000
PAGES = {
    "paragraphs": "<p>",
    "paragraphs of a letter": "<p>a",
    "paragraphs of a sentence": "<p>A sentence of some length that ends here.",
    "line breaks": "<br>",
    "line breaks after words": "word <br>",
    "table cells": "<tr><td>1<td>2",
    "tables": "<table><tr><td>1<td>2<tr><td>3<td>4</table>",
    "lines of years": "<p>2018 0.8</p>",
    "rows of divs": '<div class="row"><div>2018</div><div>1</div></div>',
    "links": '<a href="/author/x">By A B</a>',
    "comments": "<!-- x -->",
    "entities": "&#8220;&lt;",
    "printed JSON": '{"@type": "NewsArticle", "headline": "x',
    "scripts": '<script type="application/ld+json">{"a": </script>',
}


@pytest.mark.parametrize("piece", PAGES.values(), ids=PAGES.keys())
def test_a_megabyte_of_one_thing_takes_two_seconds_at_most(piece):
    body = "<html><body><h1>A</h1><table>" if piece.startswith("<tr") else "<html><body><h1>A</h1>"
    start = time.process_time()
    extract(page(body + piece * (MEGABYTE // len(piece))), NOW)
    assert time.process_time() - start < 4  # 2 s on a quiet machine; a loaded one counts up to twice that
