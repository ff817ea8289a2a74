"""Feeds and sitemaps damaged as they are met on the web: what is readable is read, whatever stands around it."""

import gzip
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import pytest

from crawler.base_spiders.feed_formats import parse_feed
from crawler.base_spiders.found_dates import parse_found_date
from crawler.base_spiders.sitemap_formats import parse_sitemap

if TYPE_CHECKING:
    from pipelines.items import Found

URL = "https://news.example/feed"
TITLES = (
    "Ruritania orders 32 trainers",
    "Qadia &amp; Türland sign “Falke” deal",
    "Индия купит радары",
    "日本が輸出を承認",
    "Grèce: 24 avions &#8211; suite",
)
NAMESPACES = ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def document(root: str, item: str) -> str:
    items = "\n".join(item.replace("TITLE", title).replace("@", str(n)) for n, title in enumerate(TITLES))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}{NAMESPACES}>{items}</{root.split(maxsplit=1)[0]}>'


DOCUMENTS = {
    "rss": document(
        "rss",
        "<item><title>TITLE</title><link>https://news.example/@-story?a=1&amp;b=@</link>"
        '<guid isPermaLink="false">@</guid><pubDate>Tue, 1@ Nov 2026 08:15:00 +0200</pubDate>'
        "<description><![CDATA[<p>x</p>]]></description></item>",
    ),
    "atom": document(
        'feed xmlns="http://www.w3.org/2005/Atom"',
        '<entry><title type="html">TITLE</title><link rel="alternate" href="https://news.example/@-story?a=1&amp;b=@"/>'
        "<id>tag:@</id><published>2026-11-1@T08:15:00+02:00</published></entry>",
    ),
    "rdf": document(
        'rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"',
        "<item><title>TITLE</title><link>https://news.example/@-story?a=1&amp;b=@</link>"
        "<dc:date>2026-11-1@T08:15:00+02:00</dc:date></item>",
    ),
    "sitemap": document(
        'urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"',
        "<url><loc>https://news.example/@-story?a=1&amp;b=@</loc><news:news>"
        "<news:publication_date>2026-11-1@T08:15:00+02:00</news:publication_date><news:title>TITLE</news:title>"
        "</news:news></url>",
    ),
}  # fmt: skip


def first_of(names: str, with_text: str) -> Callable[[str], str]:
    """Put text behind the first end tag of one of the names."""
    return lambda text: re.sub(f"(</(?:{names})>)", rf"\1{with_text}", text, count=1)


DAMAGES: dict[str, Callable[[str], str | bytes]] = {
    "none": str,
    "blanks before": lambda text: "\n\n \t" + text,
    "text before": lambda text: "Cached copy\n" + text,
    "warning before": lambda text: "<br />\n<b>Warning</b>: foo() in <b>/x.php</b><br />\n" + text,
    "comment before": lambda text: "<!-- made <b>by</b> <html> hand -->" + text.partition("\n")[2],
    "instruction before": lambda text: "<?php echo 1; ?>" + text,
    "byte order mark twice": lambda text: "\ufeff\ufeff" + text,
    "byte order mark as text": lambda text: "ï»¿" + text,
    "text behind": lambda text: text + "<script>alert(1)</script><!-- cached --> end",
    "within a page": lambda text: f"<html><body><pre>{text}</pre></body></html>",
    "two declarations": lambda text: text.partition("\n")[0] + "\n" + text,
    "broken declaration": lambda text: text.replace('version="1.0" encoding="UTF-8"', "version=1.0 encoding=UTF-8"),
    "document type": lambda text: text.replace("\n", '\n<!DOCTYPE rss PUBLIC "N" "http://n.example/d">\n', 1),
    "no namespaces": lambda text: re.sub(r' xmlns(:\w+)?="[^"]*"', "", text),
    "capital tags": lambda text: re.sub(
        r"(</?)(item|entry|title|link|pubDate|url|loc|published)\b", lambda tag: tag[1] + tag[2].upper(), text
    ),
    "prefixed tags": lambda text: re.sub(
        r"(</?)(feed|entry|title|link|id|published|urlset|url|loc|rss|item)\b", r"\1a:\2", text
    ).replace("xmlns=", "xmlns:a="),
    "bare ampersands": lambda text: text.replace("&amp;", "&"),
    "bare less-than": first_of("title|news:title", "<!-- --> < 5 <32 "),
    "undeclared entities": first_of("title|news:title", "&nbsp;&hellip;&foo;"),
    "control characters": first_of("title|news:title", "\x0b\x08"),
    "no number of a character": first_of("title|news:title", "&#0; &#xFFFF; &#55357; &#X41;"),
    "attributes without quotes": lambda text: re.sub(r'="([\w.]+)"', r"=\1", text),
    "attribute twice": lambda text: re.sub(r"<(item|entry|url)>", r'<\1 a="1" a="2">', text),
    "less-than in attribute": lambda text: re.sub(r"<(item|entry|url)>", r'<\1 a="1<2 & 3">', text),
    "bad comment": lambda text: re.sub(r"<(item|entry|url)>", r"<!-- a -- b --><\1>", text),
    "open comment": first_of("item|entry|url", "<!-- "),
    "no end of item": lambda text: re.sub(r"</(item|entry|url)>", "", text),
    "no end of a title": lambda text: re.sub(r"</(news:)?title>", "", text, count=1),
    "no end of links": lambda text: re.sub(r"</(link|loc)>", "", text, count=3),
    "HTML in a title": lambda text: text.replace("orders", "<em>orders</em><br>"),
    "script in a title": lambda text: text.replace("orders", "&lt;script&gt;x()&lt;/script&gt;orders"),
    "titles as CDATA": lambda text: re.sub(r"<((?:news:)?title)([^>]*)>(.*?)</", r"<\1\2><![CDATA[\3]]></", text),
    "links as CDATA": lambda text: re.sub(r"<(link|loc)>(.*?)</", r"<\1>\n<![CDATA[ \2 ]]>\n</", text),
    "escaped twice": lambda text: text.replace("&amp;", "&amp;amp;").replace("&#", "&amp;#"),
    "roots end crossed": lambda text: re.sub(r"</(rss|feed|rdf:RDF|urlset)>", "</other>", text),
    "carriage returns": lambda text: text.replace("\n", "\r"),
    "gzip": lambda text: gzip.compress(text.encode()),
    "unknown encoding": lambda text: text.replace("UTF-8", "x-no-such"),
    "UTF-8 called Latin-1": lambda text: text.replace("UTF-8", "ISO-8859-1"),
    "UTF-8 called UTF-16": lambda text: text.replace("UTF-8", "UTF-16"),
    "a broken byte": lambda text: text.encode().replace(b"orders", b"orders\xff"),
    "UTF-16": lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"),
    "UTF-16 without mark": lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16-le"),
    "UTF-16 big-endian without mark": lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16-be"),
    "UTF-32": lambda text: text.replace("UTF-8", "UTF-32").encode("utf-32"),
    "Cyrillic code page": lambda text: text.replace("UTF-8", "windows-1251").encode("cp1251", "xmlcharrefreplace"),
}  # fmt: skip


class Read(NamedTuple):
    links: list[str]
    titles: list[str]
    dates: list[str]


def read(body: str | bytes, kind: str) -> Read:
    raw = body.encode() if isinstance(body, str) else body
    parse = parse_sitemap if kind == "sitemap" else parse_feed
    found: list[Found] = sorted(parse(raw, URL).found, key=lambda each: each.url)
    dates = [parse_found_date(each.published_raw) for each in found]
    titles = ["".join(char for char in each.title or "" if char.isalpha()) for each in found]
    return Read([each.url for each in found], titles, [f"{date:%d %H:%M}" if date else "" for date in dates])


WHOLE = Read(
    [f"https://news.example/{n}-story?a=1&b={n}" for n in range(5)],
    [
        "Ruritaniaorderstrainers",
        "QadiaTürlandsignFalkedeal",
        "Индиякупитрадары",
        "日本が輸出を承認",
        "Grèceavionssuite",
    ],
    [f"1{n} 06:15" for n in range(5)],
)
# The broken one itself may lose its own title; nothing else may be lost.
COSTS_A_TITLE = {"no end of a title"}


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_costs_nothing_else(damage: str, kind: str) -> None:
    got = read(DAMAGES[damage](DOCUMENTS[kind]), kind)
    first = 1 if damage in COSTS_A_TITLE else 0
    assert got._replace(titles=got.titles[first:]) == WHOLE._replace(titles=WHOLE.titles[first:])


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_what_is_cut_off_keeps_what_stands_before(kind: str, share: float) -> None:
    text = DOCUMENTS[kind]
    cut = text[: int(len(text) * share)]
    whole = len(re.findall(r"</(?:item|entry|url)>", cut))
    got = read(cut, kind)
    assert set(WHOLE.links[:whole]) <= set(got.links)
    assert set(WHOLE.titles[:whole]) <= set(got.titles)


def test_latin_bytes_called_utf_8() -> None:
    text = DOCUMENTS["rss"].replace("Индия купит радары", "Kauf").replace("日本が輸出を承認", "Verkauf")
    titles = read(text.encode("cp1252"), "rss").titles
    assert "Grèceavionssuite" in titles


def test_a_document_type_in_a_text_cuts_nothing() -> None:
    text = DOCUMENTS["rss"].replace("<p>x</p>", "<!DOCTYPE html><p>x</p>")
    assert read(text, "rss") == WHOLE


def test_channel_definition_format() -> None:
    body = (
        b'<CHANNEL BASE="http://base.example/" HREF="http://base.example/">'
        b'<ITEM HREF="/item/1" LASTMOD="2026-11-06T23:05:43-05:00"><TITLE>Item</TITLE></ITEM></CHANNEL>'
    )
    [found] = parse_feed(body, URL).found
    assert (found.url, found.title) == ("http://base.example/item/1", "Item")
    assert parse_found_date(found.modified_raw) is not None


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ('<title mode="base64">UnVyaXRhbmlhIGJ1eXM=</title><link>https://a.example/1</link>', "Ruritania buys"),
        ('<title mode="base64">***</title><link>https://a.example/1</link>', "***"),
        ("<title><div>Jets <script>x()</script>sold</div></title><link>https://a.example/1</link>", "Jets sold"),
    ],
    ids=["base64", "no base64 after all", "script within"],
)
def test_titles(item: str, expected: str) -> None:
    assert [each.title for each in parse_feed(f"<rss><item>{item}</item></rss>".encode(), URL).found] == [expected]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ('<guid isPermaLink="true">story/1</guid>', "https://news.example/story/1"),
        ("<guid>HTTPS://news.example/story/1</guid>", "https://news.example/story/1"),
        ("<guid>story-1</guid>", None),
        ('<link href="/a"/><link href="/a.html" type="text/html"/>', "https://news.example/a.html"),
    ],
    ids=["permanent, relative", "capital scheme", "no address", "page before unnamed type"],
)
def test_links(item: str, expected: str | None) -> None:
    found = parse_feed(f"<rss><item><title>T</title>{item}</item></rss>".encode(), URL).found
    assert [each.url for each in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2026", "2026-01-01T00:00"),
        ("2026-11-05T12:35:1+01:00", "2026-11-05T11:35"),
        ("2026-11-05T12:35+02", "2026-11-05T10:35"),
        ("2026-11-05 12:35:00.0", "2026-11-05T12:35"),
        ("Thu, 05 Nov 2026 12:35:00 CEST", "2026-11-05T10:35"),
        ("Thu, 05 Nov 2026 12:35:00 EST", "2026-11-05T17:35"),
        ("Thu, 05 Nov 26 12:35:00 GMT", "2026-11-05T12:35"),
        ("Thursday, 5 November 2026 12:35:00 +0000", "2026-11-05T12:35"),
        ("Thu Nov  5 12:35:00 2026", "2026-11-05T12:35"),
        ("jeu., 5 novembre 2026 12:35:00 +0100", "2026-11-05T11:35"),
        ("Do, 05 Dez 2026 12:35:00 +0100", "2026-12-05T11:35"),
        ("Чт, 05 ноября 2026 12:35:00 +0300", "2026-11-05T09:35"),
        ("2026년 11월 05일 12:35:00", "2026-11-05T12:35"),
        ("1793882100", "2026-11-05T12:35"),
    ],
)  # fmt: skip
def test_dates(raw: str, expected: str) -> None:
    instant = parse_found_date(raw)
    assert instant is not None
    assert instant.strftime("%Y-%m-%dT%H:%M") == expected


@pytest.mark.parametrize("raw", ["", "yesterday", "32 Nov 2026", "2026-13-01", "9" * 99, "Thu, 99 Foo 2026"])
def test_no_date(raw: str) -> None:
    assert parse_found_date(raw) is None


def test_a_page_in_many_languages_says_its_own() -> None:
    body = (
        '<urlset xmlns:x="http://www.w3.org/1999/xhtml"><url><loc>https://a.example/fr/1</loc>'
        '<x:link rel="alternate" hreflang="x-default" href="https://a.example/1"/>'
        '<x:link rel="alternate" hreflang="fr" href="https://a.example/fr/1"/></url></urlset>'
    )
    assert [each.language for each in parse_sitemap(body.encode(), URL).found] == ["fr"]
