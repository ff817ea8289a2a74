"""The main text: what is kept, what is left out, on small pages of each shape met."""

import pytest

from pipelines.extract.body import Hints, read_body
from pipelines.extract.second_reader import read_again
from pipelines.extract.shingles import shingles
from pipelines.extract.tree import parse_page
from pipelines.items import Rules
from tests.extraction_pages import FIRST, SECOND, TEXT, THIRD, article, page


def read(html, hints=None, rules=None):
    return read_body(parse_page(page(html)).tree, hints, rules)


def lines(html, hints=None, rules=None):
    return [paragraph.text for paragraph in read(html, hints, rules).paragraphs]


JUNK = "Our reporters travel far and wide, and this text tells at length of something that is not the story at all."


@pytest.mark.parametrize(
    "junk",
    [
        pytest.param(f"<nav><p>{JUNK}</p></nav>", id="navigation by tag"),
        pytest.param(f"<div class='related-stories'><p>{JUNK}</p></div>", id="related by class"),
        pytest.param(f"<div id='comments'><p>{JUNK}</p></div>", id="comments by id"),
        pytest.param(f"<div class='article__newsletter'><p>{JUNK}</p></div>", id="BEM: the part counts, not the block"),
        pytest.param(f"<div class='saboxplugin-wrap'><p>{JUNK}</p></div>", id="box on the author by a plugin"),
        pytest.param(f"<div class='jp-relatedposts'><p>{JUNK}</p></div>", id="related posts by a plugin"),
        pytest.param(f"<div class='articleNewsletterBox'><p>{JUNK}</p></div>", id="camel case"),
        pytest.param(f"<div style='display: none'><p>{JUNK}</p></div>", id="hidden by style"),
        pytest.param(f"<div aria-hidden='true'><p>{JUNK}</p></div>", id="hidden by aria"),
        pytest.param(f"<figure><img src=x><figcaption>{JUNK}</figcaption></figure>", id="caption"),
        pytest.param(f"<div class='c-image'><span>{JUNK}</span></div>", id="caption by the picture's class"),
        pytest.param(
            "<p>Read more: <a href='/x'>What else happened in the world on this day of spring</a></p>", id="read more"
        ),
        pytest.param(
            "<p>Sign up for our newsletter and have every story we print delivered to you each day.</p>",
            id="newsletter line",
        ),
        pytest.param("<p>3 May 2026, 14:05</p>", id="date line"),
        pytest.param(
            "<form><p>Enter your address to be told of every new story by electronic mail.</p></form>", id="form"
        ),
        pytest.param(f"<blockquote class='twitter-tweet'><p>{JUNK}</p></blockquote>", id="embedded post"),
    ],
)
def test_what_is_not_the_article_is_left_out(junk):
    assert lines(article(f"<h1>A headline</h1><p>{FIRST}</p>{junk}<p>{SECOND}</p><p>{THIRD}</p>")) == [
        FIRST,
        SECOND,
        THIRD,
    ]


def test_all_after_a_heading_of_related_stories_is_cut():
    tail = f"<h3>Related stories</h3><div class='x'><p>{JUNK}</p></div>"
    assert lines(article(TEXT + tail)) == [FIRST, SECOND, THIRD]


def test_a_box_in_the_middle_does_not_cut_the_text():
    box = "<h4>Read more</h4>"
    assert lines(article(f"<p>{FIRST}</p><p>{SECOND}</p>{box}<p>{THIRD}</p>")) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "wrapper",
    [
        pytest.param(
            "<div class='layout-with-ads ad-wrapper'>{}</div>", id="article in an element named for advertising"
        ),
        pytest.param("<div class='paywall subscriber-content'>{}</div>", id="article in an element named for its wall"),
        pytest.param("<form id='aspnetForm'><h1>A headline</h1>{}</form>", id="whole page in one form"),
    ],
)
def test_names_do_not_outweigh_the_text(wrapper):
    inside = wrapper.format("<h1>A headline</h1>" + TEXT)
    assert lines(f"<html><body>{inside}</body></html>") == [FIRST, SECOND, THIRD]


def test_the_free_beginning_of_a_metered_article_is_kept():
    rest = "".join(f"<p>{number} {SECOND} {THIRD}</p>" for number in range(9))
    html = article(
        f"<div class=free><p>{FIRST} {SECOND} {THIRD}</p></div><div class=metered><div class=x>{rest}</div></div>"
    )
    assert lines(html)[0] == f"{FIRST} {SECOND} {THIRD}"


def test_paragraphs_parted_by_line_breaks():
    assert lines(f"<body><div class='text'>{FIRST}<br><br>{SECOND}<br/> <br/>{THIRD}</div></body>") == [
        FIRST,
        SECOND,
        THIRD,
    ]


def test_a_single_line_break_stays_a_line_break():
    assert lines(f"<body><div>{FIRST}<br>{SECOND}<br>{THIRD}</div></body>") == [f"{FIRST}\n{SECOND}\n{THIRD}"]


def test_kinds():
    html = article(
        f"<p>{FIRST}</p><h2>The contract</h2><p>{SECOND}</p><ul><li>{THIRD}</li></ul>"
        f"<blockquote>{FIRST[4:]}</blockquote>"
    )
    assert [p.kind for p in read(html).paragraphs] == ["text", "heading", "text", "list", "quote"]


def test_the_standfirst_is_found_outside_the_text_and_once():
    lead = "Examplia renews its fleet of trainers after thirty years, in a deal long awaited by its air force."
    html = f"<body><header><h1>A headline</h1><p class='sub'>{lead}</p></header><article>{TEXT}</article></body>"
    assert lines(html, Hints(description=lead)) == [lead, FIRST, SECOND, THIRD]
    assert lines(html.replace(FIRST, lead), Hints(description=lead))[:2] == [lead, SECOND]


def test_publishers_own_text_decides_what_is_prose():
    own = shingles(f"{FIRST} {SECOND} {THIRD} " * 2)
    html = article(f"<p>{FIRST}</p><p>{JUNK}</p><p>{SECOND}</p><p>{THIRD}</p>" * 2)
    assert JUNK in lines(html)
    assert JUNK not in lines(html, Hints(article_body=own))


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(
            [
                (
                    "Министерство обороны подписало контракт на поставку двенадцати учебных самолётов,"
                    " сообщил представитель ведомства."
                )
            ]
            * 3,
            id="Cyrillic",
        ),
        pytest.param(
            ["وقعت وزارة الدفاع عقدا لشراء اثنتي عشرة طائرة تدريب، بحسب ما أعلن المتحدث باسم الوزارة يوم الاثنين."] * 3,
            id="Arabic",
        ),
        pytest.param(
            ["国防部发言人星期一表示，该部已经签署购买十二架教练机的合同，明年春天开始交付。"] * 3,
            id="Chinese: fewer characters say as much",
        ),
    ],
)
def test_other_scripts(sentences):
    texts = [f"{number} {text}" for number, text in enumerate(sentences)]
    html = (
        "<body><div class='menu'><a href='/'>x</a></div><div>"
        + "".join(f"<p>{text}</p>" for text in texts)
        + "</div></body>"
    )
    assert lines(html) == texts


def test_rules_override():
    html = f"<body><div class='story'><p>{FIRST}</p><p class='x'>{JUNK}</p></div><div>{TEXT}</div></body>"
    body = read(html, rules=Rules(body="div.story", drop=(".x",), clean=str.upper))
    assert (body.reader, [p.text for p in body.paragraphs]) == ("rules", [FIRST.upper()])


def test_what_is_dropped_is_dropped_for_both_readers():
    html = f"<body><article><p class='x'>{JUNK}</p><p>{FIRST}</p></article></body>"
    assert any(JUNK in paragraph.text for paragraph in read_again(parse_page(page(html)).tree))
    tree = parse_page(page(html)).tree
    assert [paragraph.text for paragraph in read_again(tree, {*tree.cssselect(".x")})] == [FIRST]
    assert JUNK not in "".join(lines(html, rules=Rules(drop=(".x",))))


def test_a_rule_that_finds_nothing_is_a_problem_not_a_loss():
    body = read(article(), rules=Rules(body="div.gone"))
    assert [p.text for p in body.paragraphs] == [FIRST, SECOND, THIRD]
    assert "rule for body found nothing" in body.problems


def test_rows_of_a_table_in_the_text_are_lines():
    table = "<table><tr><th>Year</th><th>Aircraft</th></tr><tr><td>2025</td><td>4</td></tr></table>"
    assert "2025 4" in lines(article(f"<p>{FIRST}</p>{table}<p>{SECOND}</p><p>{THIRD}</p>"))


@pytest.mark.parametrize("html", ["", "<p>", "<body></body>", "<body><p>Short.</p></body>"])
def test_poor_pages_give_little_and_do_not_raise(html):
    assert read(html).confidence < 0.5
