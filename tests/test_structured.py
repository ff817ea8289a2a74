"""JSON-LD as pages really carry it: damaged, printed as text, in graphs with references."""

import html as entities
import json
import re
import time
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.json_ladder import read_json
from pipelines.extract.structured import faq_pairs, find_article, find_structured, names, text_value

SEED = Path(__file__).parent.parent.parent / "shared" / "seed"
BLOCK = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Minister says: frigates, and more",
    "datePublished": "2021-03-04T05:06:07Z",
    "author": [{"@type": "Person", "name": "Ana Example"}],
    "publisher": {"@type": "Organization", "name": "Example Post"},
}
STRICT = json.dumps(BLOCK, indent=1)


def page(markup):
    return lxml.html.fromstring(f"<html><body><p>Before.</p>{markup}<p>After.</p></body></html>")


def script(text, kind="application/ld+json"):
    return page(f'<script type="{kind}">{text}</script>')


def essence(structured):
    article = find_article(structured) or {}
    return text_value(article.get("headline")), article.get("datePublished"), names(article.get("author"))


WHOLE = ("Minister says: frigates, and more", "2021-03-04T05:06:07Z", ("Ana Example",))


@pytest.mark.parametrize(
    ("damaged", "repair"),
    [
        pytest.param(STRICT, None, id="intact"),
        pytest.param(STRICT.replace("}\n ]", "},\n ]"), None, id="trailing comma"),
        pytest.param(STRICT.replace('more",', 'more"'), None, id="missing comma"),
        pytest.param(STRICT.replace('"', "'"), "single quotes", id="single quotes"),
        pytest.param(re.sub('"([^"]*)"', "“\\1”", STRICT), "typographic quotes", id="typographic quotes"),
        pytest.param(re.sub('"([^"]*)"', "«\u00a0\\1\u00a0»", STRICT), "typographic quotes", id="French guillemets"),
        pytest.param(re.sub('"([^"]*)"', "„\\1“", STRICT), "typographic quotes", id="German quotes"),
        pytest.param(STRICT.replace('"', "″"), "typographic quotes", id="double primes, as texturizers print"),
        pytest.param(STRICT.replace("says: f", "says:\nf"), "control characters", id="raw newline in a value"),
        pytest.param(f"// a note\n{STRICT}", "comment or control characters", id="line comment"),
        pytest.param(STRICT.replace(",", ', /* "x": 1, */', 1), "comment or control characters", id="block comment"),
        pytest.param(f"//<![CDATA[\n{STRICT}\n//]]>", "CDATA or HTML comment around it", id="CDATA"),
        pytest.param(f"<!--\n{STRICT}\n-->", "CDATA or HTML comment around it", id="HTML comment"),
        pytest.param(entities.escape(STRICT), "HTML entities", id="entities"),
        pytest.param(entities.escape(entities.escape(STRICT)), "HTML entities", id="entities twice"),
        pytest.param(STRICT.rstrip("}\n "), "missing closing bracket", id="end cut off"),
        pytest.param('{"@type": "WebSite", "name": "x"}' + STRICT, "several values in a row", id="two in a row"),
        pytest.param(f"{STRICT};", "text around the value", id="semicolon"),
        pytest.param(f"var data = {STRICT};", "text around the value", id="assignment"),
        pytest.param(f"\ufeff{STRICT}", "byte order mark", id="byte order mark"),
        pytest.param(re.sub(r'"(\w+)":', r"\1:", STRICT), "unquoted key", id="bare keys"),
        pytest.param(STRICT.replace("{", '{"x": undefined,', 1), "foreign literal", id="undefined"),
        pytest.param(json.dumps(STRICT), "JSON inside a JSON string", id="escaped twice"),
        pytest.param(json.dumps(STRICT)[1:-1], "escaped twice", id="escaped twice, outer quotes lost"),
        pytest.param(STRICT.replace('"headline":', '"headline"'), "missing colon", id="missing colon"),
        pytest.param(STRICT.replace("}\n ]", "}}\n ]"), "extra closing bracket", id="bracket too many"),
        pytest.param(STRICT.replace("}\n ]", "\n ]"), "missing closing bracket", id="bracket missing"),
        pytest.param(STRICT.replace("\n", "<br />\n"), "markup between values", id="line breaks as tags"),
        pytest.param(STRICT.replace(':07Z"', ":07Z"), "missing closing quote", id="quote lost"),
    ],
)  # fmt: skip
def test_a_damaged_block_is_read_and_the_repair_named(damaged, repair):
    found = find_structured(script(damaged))
    assert essence(found) == WHOLE
    if repair:
        assert repair in {name for draft in found for name in draft.repairs}


def test_quotes_inside_a_value_stay_in_it():
    found = find_structured(script(STRICT.replace("frigates", '"frigates"')))
    assert essence(found)[0] == 'Minister says: "frigates", and more'
    assert found[0].repairs == ("unescaped quote inside a value",)


def test_one_bad_block_loses_no_other():
    tree = page(
        '<script type="application/ld+json">?!</script>'
        f'<script type="application/ld+json">{STRICT}</script>'
        '<script type="application/ld+json">{"@type": "FAQPage"}</script>',
    )
    found = find_structured(tree)
    assert [draft.types for draft in found] == [(), ("NewsArticle",), ("FAQPage",)]
    assert (found[0].data, found[0].raw, found[0].error) == (None, "?!", "unreadable")


@pytest.mark.parametrize(
    "kind", ["application/ld+json; charset=utf-8", "application/json+ld", "text/ld+json", "application/json"]
)
def test_mistyped_scripts_are_read(kind):
    assert essence(find_structured(script(STRICT, kind))) == WHOLE


TYPOGRAPHIC = re.sub('"([^"]*)"', "“\\1”", STRICT)


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(f"<pre>{entities.escape(STRICT)}</pre>", id="pre"),
        pytest.param("<p>" + TYPOGRAPHIC.replace("\n", "<br />\n") + "</p>", id="paragraph with line breaks"),
        pytest.param("".join(f"<p>{line}</p>" for line in TYPOGRAPHIC.splitlines()), id="a paragraph a line"),
        pytest.param(f"<p>{entities.escape(entities.escape(STRICT))}</p>", id="entities shown as such"),
        pytest.param(re.sub("(“[^”]*”)", "<span>\\1</span>", f"<div>{TYPOGRAPHIC}</div>"), id="coloured code"),
        pytest.param(f'<p>&lt;script type="application/ld+json"&gt;{STRICT}&lt;/script&gt;</p>', id="script tag"),
        pytest.param(f"<p>Lead text. {TYPOGRAPHIC} Trailing text.</p>", id="amid other text"),
    ],
)  # fmt: skip
def test_visible_blocks_are_read_and_taken_from_the_page(markup):
    tree = page(markup)
    found = find_structured(tree)
    assert essence(found) == WHOLE
    assert {draft.found_in for draft in found} == {"visible text"}
    left = tree.text_content()
    assert "@" not in left
    assert "headline" not in left
    assert left.startswith("Before.")
    assert left.endswith("After.")


def test_prose_about_json_ld_stays():
    tree = page("<p>The keys @type and @context are { required }.</p>")
    assert find_structured(tree) == ()
    assert "required" in tree.text_content()


def test_graph_references_are_resolved_and_cycles_end():
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Person", "@id": "#a", "name": "Ana", "worksFor": {"@id": "#o"}, "image": {"@id": "#a"}},
            {"@type": ["Organization"], "@id": "#o", "name": "Post", "logo": {"@id": "#o"}},
            {"@type": ["Article", "NewsArticle"], "headline": "H", "author": {"@id": "#a"}, "publisher": {"@id": "#o"}},
        ],
    }
    found = find_structured(script(json.dumps(graph)))
    article = find_article(found)
    assert [draft.types for draft in found] == [("Person",), ("Organization",), ("Article", "NewsArticle")]
    assert names(article["author"]) == ("Ana",)
    assert names(article["publisher"]) == ("Post",)


def test_the_article_with_headline_and_date_wins():
    blocks = [{"@type": "WebPage", "name": "x"}, {"@type": "Article", "headline": "teaser"}, BLOCK]
    assert essence(find_structured(script(json.dumps(blocks)))) == WHOLE


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("Ana", ("Ana",), id="text"),
        pytest.param({"name": ["Ana", "x"]}, ("Ana",), id="list of names in one object"),
        pytest.param([{"name": "Ana"}, ["Bo"], None, {"name": "Ana"}], ("Ana", "Bo"), id="nested, empty, doubled"),
        pytest.param({"givenName": "Ana", "familyName": "Example"}, ("Ana Example",), id="parts"),
        pytest.param({"name": "A &amp;amp; B"}, ("A & B",), id="entities"),
        pytest.param(7.5, ("7.5",), id="number"),
        pytest.param({"@type": "Person"}, (), id="nameless"),
    ],
)
def test_names(value, expected):
    assert names(value) == expected


def test_faq_pairs():
    faq = {
        "@type": "FAQPage",
        "mainEntity": [
            {"@type": "Question", "name": "Why?", "acceptedAnswer": {"text": "<p>Because&nbsp;of it.</p>"}},
            {"@type": "Question", "name": "Unanswered?"},
        ],
    }  # fmt: skip
    assert faq_pairs(find_structured(script(json.dumps(faq)))) == (("Why?", "Because of it."),)


def test_microdata_is_read_where_json_ld_names_no_article():
    tree = page(
        '<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">H</h1>'
        '<span itemprop="author" itemscope itemtype="http://schema.org/Person"><b itemprop="name">Ana</b></span></div>',
    )
    found = find_structured(tree)
    assert found[0].found_in == "microdata"
    assert essence(found) == ("H", None, ("Ana",))


def test_rdfa_is_read_last():
    tree = page('<div vocab="http://schema.org/" typeof="NewsArticle"><h1 property="headline">H</h1></div>')
    found = find_structured(tree)
    assert (found[0].found_in, found[0].types, essence(found)[0]) == ("rdfa", ("NewsArticle",), "H")


def test_claim_review_is_reachable():
    found = find_structured(
        script('{"@type": "ClaimReview", "claimReviewed": "x", "reviewRating": {"ratingValue": 1}}')
    )
    assert found[0].types == ("ClaimReview",)
    assert found[0].data["claimReviewed"] == "x"


def test_numbers_no_one_can_store_become_none():
    reading = read_json('{"a": NaN, "b": -Infinity, "c": ' + "9" * 10_000 + ', "d": "\\ud800x"}')
    assert reading.values == ({"a": None, "b": None, "c": None, "d": "\ufffdx"},)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{" * 100_000, id="unclosed braces"),
        pytest.param("[" * 100_000 + "]" * 100_000, id="deep and well-formed"),
        pytest.param('{"a":' * 500 + "1" + "}" * 500, id="deeper than any walker wants"),
    ],
)
def test_depth_is_bounded(text):
    assert "nested deeper" in read_json(text).error


@pytest.mark.parametrize(
    "piece", ['"', '",', '","', '"a":1,', "/*", '"/*', '"//', "<a", "&amp;", "}", '"}x', '"]', " ", "x ", "x:y ", "{}"]
)
def test_hostile_text_costs_no_more_than_its_length(piece):
    started = time.process_time()
    read_json('{"a":"' + piece * 20_000)
    read_json("{" + piece * 20_000)
    assert time.process_time() - started < 3


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="{}[]\",:“”'\\/*<>aé1 \n@\ufeff&;", max_size=80))
def test_any_text_is_read_or_refused(text):
    reading = read_json(text)
    assert reading.error or isinstance(reading.values, tuple)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(STRICT)), st.text(alphabet='{}[]",:“ a', min_size=1, max_size=2))
def test_any_small_damage_leaves_a_draft(place, noise):
    assert find_structured(script(STRICT[:place] + noise + STRICT[place + 1 :]))


def seed_page():
    if not SEED.is_dir():
        pytest.skip(f"no seed page in {SEED}")
    return (SEED / "page.html").read_text(encoding="utf-8"), json.loads((SEED / "expected.json").read_text())


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(lambda block: block, id="as it is"),
        pytest.param(lambda block: f"<pre>{block[3:-4].replace('<br />', '')}</pre>", id="in pre"),
        pytest.param(lambda block: "<p>" + entities.escape(block[3:-4].replace("<br />", "")) + "</p>", id="entities"),
        pytest.param(lambda block: block.replace("Multipolar", "“Multipolar”"), id="quotes inside values"),
        pytest.param(lambda block: f'<script type="application/ld+json">{block[3:-4]}</script>', id="in scripts"),
        pytest.param(lambda block: block.replace("“", "«").replace("”", "»"), id="guillemets"),
        pytest.param(lambda block: block.replace("“", "„").replace("”", "“"), id="low quotes"),
        pytest.param(lambda block: block.replace("“", "″").replace("”", "″"), id="double primes"),
        pytest.param(lambda block: block.replace("}<br />\n]", "}<br />\n"), id="one block broken"),
    ],
)
def test_the_seed_page_in_many_shapes(shape):
    text, expected = seed_page()
    tree = lxml.html.fromstring(re.sub(r"<p>\{<br />.*?</p>", lambda match: shape(match[0]), text, flags=re.DOTALL))
    found = find_structured(tree)
    article = find_article(found)
    assert [name for draft in found for name in draft.types] == expected["jsonld_types"]
    assert re.sub("[“”]", "", text_value(article["headline"])) == expected["headline_jsonld"]
    assert list(names(article["author"])) == expected["authors"]
    assert names(article["publisher"]) == (expected["publisher"],)
    assert (article["datePublished"], article["dateModified"]) == (expected["published"], expected["modified"])
    assert len(faq_pairs(found)) == expected["faq_count"]
    for script_element in tree.xpath("//script"):
        script_element.drop_tree()
    assert not re.search("@context|acceptedAnswer", tree.text_content())
