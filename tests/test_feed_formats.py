import gzip
import time
from datetime import timedelta

import feedparser
import pytest

from crawler.base_spiders.feed_formats import MAX_ITEMS, parse_feed

URL = "https://outlet.example/feed/"


def rss(items: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{head}{items}</channel></rss>'.encode()


def one(markup: str) -> bytes:
    return rss(f"<item><title>A</title>{markup}</item>")


LINKS = [
    pytest.param(one("<link>https://a.example/x</link>"), "https://a.example/x", id="plain"),
    pytest.param(one("<link> \n https://a.example/x \n</link>"), "https://a.example/x", id="blanks around"),
    pytest.param(
        one("<link><![CDATA[https://a.example/x?a=1&b=2]]></link>"), "https://a.example/x?a=1&b=2", id="cdata"
    ),
    pytest.param(one("<link>https://a.example/x?a=1&b=2</link>"), "https://a.example/x?a=1&b=2", id="bare ampersand"),
    pytest.param(one("<link>/story</link>"), "https://outlet.example/story", id="relative"),
    pytest.param(one("<link>story</link>"), "https://outlet.example/feed/story", id="relative to the feed"),
    pytest.param(one("<link>//a.example/x</link>"), "https://a.example/x", id="no scheme"),
    pytest.param(one("<guid>https://a.example/g</guid>"), "https://a.example/g", id="guid is permalink"),
    pytest.param(
        one('<guid isPermaLink="false">https://a.example/?p=1</guid><link>https://a.example/x</link>'),
        "https://a.example/x",
        id="guid is none, link counts",
    ),
    pytest.param(
        one('<guid>b-17</guid><link href="https://a.example/x"/>'), "https://a.example/x", id="guid is a number"
    ),
    pytest.param(
        one("<link>https://f.example/~r/1</link><feedburner:origLink>https://a.example/x</feedburner:origLink>"),
        "https://a.example/x",
        id="feedburner, prefix undeclared",
    ),
    pytest.param(
        one('<atom:link rel="self" href="https://a.example/self"/><link>https://a.example/x</link>'),
        "https://a.example/x",
        id="self link does not count",
    ),
    pytest.param(
        one('<enclosure url="https://a.example/a.mp3"/><link>https://a.example/x</link>'),
        "https://a.example/x",
        id="enclosure",
    ),
    pytest.param(one("<link/>https://a.example/x"), "https://a.example/x", id="link written as in HTML"),
    pytest.param(
        one("<media:content url='https://a.example/i.jpg'/><link>https://a.example/x</link>"),
        "https://a.example/x",
        id="media rss",
    ),
    pytest.param(
        rss("<item><link>/x</link></item>", "<link>https://a.example/</link>"),
        "https://a.example/x",
        id="feed on another host than its site",
    ),
    pytest.param(
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/en/"><entry xml:base="news/">'
        b'<link href="x.html"/></entry></feed>',
        "https://a.example/en/news/x.html",
        id="xml:base twice",
    ),
    pytest.param(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="replies" href="/r"/><link rel="edit" href="/e"/>'
        b'<link rel="alternate" type="application/pdf" href="/x.pdf"/>'
        b'<link rel="alternate" type="text/html" href="/x"/>'
        b"<id>tag:a.example,2026:1</id></entry></feed>",
        "https://outlet.example/x",
        id="atom alternates",
    ),
    pytest.param(
        b'<entry xmlns="http://www.w3.org/2005/Atom"><id>https://a.example/x</id></entry>',
        "https://a.example/x",
        id="atom id",
    ),
    pytest.param(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/>'
        b'<item rdf:about="https://a.example/x"><title>A</title></item></rdf:RDF>',
        "https://a.example/x",
        id="rss 1.0 about",
    ),
    pytest.param(
        b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"/x"}]}',
        "https://outlet.example/x",
        id="json feed",
    ),
    pytest.param(b'{"items":[{"id":"https://a.example/x"}]}', "https://a.example/x", id="json feed id"),
    pytest.param(one("<link>https://a.example/x?utm_source=rss</link>"), "https://a.example/x", id="tracking dropped"),
    # The frontier refuses these by name instead of us forgetting them.
    pytest.param(one("<link>file:///etc/passwd</link>"), "file:///etc/passwd", id="not http, kept for the frontier"),
    pytest.param(
        one("<link>http://inside\\@outside/</link>"), "http://inside\\@outside/", id="backslash, kept for the frontier"
    ),
]


@pytest.mark.parametrize(("body", "expected"), LINKS)
def test_link(body: bytes, expected: str) -> None:
    assert [found.url for found in parse_feed(body, URL).found] == [expected]


TITLES = [
    pytest.param("<title>Tanks &amp; guns</title>", "Tanks & guns", id="escaped"),
    pytest.param("<title>Tanks & guns</title>", "Tanks & guns", id="bare ampersand"),
    pytest.param("<title>Tanks &amp;amp; guns</title>", "Tanks & guns", id="escaped twice"),
    pytest.param("<title>Tanks&nbsp;&ndash; guns</title>", "Tanks – guns", id="entities XML does not know"),
    pytest.param("<title><![CDATA[<b>Tanks</b> & guns]]></title>", "Tanks & guns", id="markup in cdata"),
    pytest.param("<title type='xhtml'><div><b>Tanks</b> now</div></title>", "Tanks now", id="xhtml"),
    pytest.param("<media:title>No</media:title><title>Yes</title>", "Yes", id="media title comes second"),
    pytest.param("<title>  two \n lines </title>", "two lines", id="blanks"),
    pytest.param("<title>A \x0b\x01 B&#11;</title>", "A B", id="characters XML forbids"),
    pytest.param("<title/>", None, id="empty"),
    pytest.param("", None, id="missing"),
    pytest.param("<title>Never closed<link>https://a.example/x</link>", "Never closed", id="never closed"),
]


@pytest.mark.parametrize(("markup", "expected"), TITLES)
def test_title(markup: str, expected: str | None) -> None:
    body = rss(f"<item><guid>https://a.example/x</guid>{markup}</item>")
    assert [found.title for found in parse_feed(body, URL).found] == [expected]


DATES = [
    pytest.param(
        "<pubDate>Mon, 06 Sep 2021 00:01:00 +0000</pubDate>", "Mon, 06 Sep 2021 00:01:00 +0000", None, id="pubDate"
    ),
    pytest.param("<dc:date>2021-09-06</dc:date>", "2021-09-06", None, id="dc:date, prefix undeclared"),
    pytest.param(
        "<published>2021-09-06T00:01:00Z</published><updated>2022-01-01</updated>",
        "2021-09-06T00:01:00Z",
        "2022-01-01",
        id="atom",
    ),
    pytest.param("<updated>2022-01-01</updated>", None, "2022-01-01", id="a change is no publication"),
    pytest.param("<pubDate>Пн, 6 сен 2021</pubDate>", "Пн, 6 сен 2021", None, id="kept as printed"),
    pytest.param("<pubDate></pubDate>", None, None, id="empty"),
]


@pytest.mark.parametrize(("markup", "published", "modified"), DATES)
def test_date(markup: str, published: str | None, modified: str | None) -> None:
    found = parse_feed(one(f"<link>https://a.example/x</link>{markup}"), URL).found
    assert [(each.published_raw, each.modified_raw) for each in found] == [(published, modified)]


ITEM = "<item><title>Ракеты проданы заказчику</title><link>https://a.example/{}</link></item>"
GOOD = rss("".join(ITEM.format(number) for number in range(5)))
TEXT = GOOD.decode()
ENCODINGS = [
    pytest.param(b"\xef\xbb\xbf" + GOOD, None, id="bom"),
    pytest.param(b" \n\t" + GOOD, None, id="leading blanks"),
    pytest.param(b"\n\xef\xbb\xbf" + GOOD, None, id="bom after blank"),
    pytest.param(TEXT.encode("utf-16"), None, id="utf-16"),
    pytest.param(TEXT.replace("?>", ' encoding="windows-1251"?>', 1).encode("cp1251"), None, id="declared cp1251"),
    pytest.param(TEXT.encode("cp1251"), "text/xml; charset=windows-1251", id="cp1251 by header"),
    pytest.param(
        TEXT.replace("?>", ' encoding="iso-8859-1"?>', 1).encode(),
        "text/xml; charset=iso-8859-1",
        id="utf-8 called latin",
    ),
    pytest.param(GOOD, "text/xml; charset=zlib_codec", id="codec that is none for text"),
    pytest.param(gzip.compress(GOOD), None, id="gzip nobody announced"),
    pytest.param(gzip.compress(gzip.compress(GOOD)), "application/rss+xml", id="gzip twice"),
    pytest.param(GOOD, "application/pdf", id="wrong type"),
]


@pytest.mark.parametrize(("body", "content_type"), ENCODINGS)
def test_encoding(body: bytes, content_type: str | None) -> None:
    found = parse_feed(body, URL, content_type).found
    assert [each.title for each in found] == ["Ракеты проданы заказчику"] * 5


BROKEN = [
    pytest.param(GOOD[: -len(b"</channel></rss>")], 5, id="never closed"),
    pytest.param(GOOD[:-60], 4, id="cut in the last item"),
    pytest.param(GOOD.replace(b"</title>", b"", 1), 5, id="tag not closed"),
    pytest.param(GOOD.replace(b"<item>", b"<item foo=bar <>", 1), 5, id="broken tag"),
    pytest.param(GOOD.replace(b"</item>", b"</item></channel></rss>", 1), 5, id="closed too early"),
    pytest.param(GOOD.replace(b"</title>", b"</title><b><i></b>", 2), 5, id="crossed tags"),
    pytest.param(GOOD.replace(b"<item>", b"<x:item>").replace(b"</item>", b"</x:item>"), 5, id="prefix never declared"),
    pytest.param(GOOD.replace(b"item>", b"ITEM>"), 5, id="capitals"),
    pytest.param(GOOD.replace(b"<item>", b"<a>" * 400 + b"<item>", 1), 5, id="nested too deep before the items"),
    pytest.param(GOOD.replace(b"<title>", b"\x00<title>\xff", 1), 5, id="binary within"),
    pytest.param(GOOD + b"<script>alert(1)</script>" * 50, 5, id="junk after the end"),
    pytest.param(b"Warning: mysql_connect() in /a.php<br />\n" + GOOD, 5, id="error message before the feed"),
    pytest.param(GOOD.replace(b"</channel>", b"<![CDATA[ </channel>"), 5, id="cdata never closed"),
]


@pytest.mark.parametrize(("body", "least"), BROKEN)
def test_broken_feed_gives_all_readable_items(body: bytes, least: int) -> None:
    result = parse_feed(body, URL)
    assert len(result.found) >= least
    links = {entry.link for entry in feedparser.parse(body).entries if "link" in entry}
    assert links <= {found.url for found in result.found}


PROBLEMS = [
    pytest.param(b"", "empty feed", id="nothing"),
    pytest.param(b" \n", "empty feed", id="blank"),
    pytest.param(rss(""), "empty feed", id="no items"),
    pytest.param(
        b"<!DOCTYPE html><html><head><title>x</title></head><body></body></html>", "html instead of feed", id="html"
    ),
    pytest.param(b"<html><body><item>x</item></body></html>", "html instead of feed", id="html with an item"),
    pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "not a feed", id="picture"),
    pytest.param(b"Forbidden", "not a feed", id="words"),
    pytest.param(b'{"error": "no"}', "json without items", id="other json"),
    pytest.param(b'{"items": [' + b"[" * 100_000, "malformed", id="json too deep"),
    pytest.param(b'{"items": [' + b"9" * 100_000 + b"]}", "malformed", id="json number too long"),
    pytest.param(b'{"items": [null, 1, "x", {"url": {"a": 1}}]}', "item without link", id="json of wrong shapes"),
    pytest.param(rss("<item><title>A</title></item>"), "item without link", id="no link"),
    pytest.param(gzip.compress(GOOD)[:-40], "truncated gzip", id="truncated gzip"),
]


@pytest.mark.parametrize(("body", "problem"), PROBLEMS)
def test_problem(body: bytes, problem: str) -> None:
    assert problem in parse_feed(body, URL).problems


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE = [
    pytest.param('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;", id="external entity"),
    pytest.param('<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:1/e.dtd"> %p;]>', "&x;", id="parameter entity"),
    pytest.param(f'<!DOCTYPE r [<!ENTITY l0 "lol">{ENTITIES}]>', "&l11;", id="billion laughs"),
    pytest.param(f'<!DOCTYPE r [<!ENTITY a "{"a" * 50_000}">]>', "&a;" * 50_000, id="quadratic blow-up"),
    pytest.param('<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd">', "&x;", id="external document type"),
]


@pytest.mark.parametrize(("doctype", "title"), HOSTILE)
def test_entities_stay_text(doctype: str, title: str) -> None:
    body = doctype + GOOD.decode().removeprefix('<?xml version="1.0"?>').replace("Ракеты", title)
    started = time.process_time()
    result = parse_feed(body.encode(), URL)
    assert time.process_time() - started < 2
    assert [found.url for found in result.found] == [f"https://a.example/{number}" for number in range(5)]
    assert all(found.title and "root:" not in found.title and len(found.title) <= 1000 for found in result.found)


SLOW = [
    pytest.param(b"<rss><channel>" + b"<item>" * 100_000, id="items within items"),
    pytest.param(b"<rss>" + b"<![CDATA[" * 300_000, id="cdata without end"),
    pytest.param(b"<rss>" + b"&" * 2_000_000, id="ampersands"),
    pytest.param(b"<rss>" + b"<" * 2_000_000, id="less-than signs"),
    pytest.param(b"<!DOCTYPE x [" + b"] " * 1_000_000, id="document type without end"),
    pytest.param(
        b"<rss><item><title>" + b"&lt;a " * 500_000 + b"</title></item></rss>", id="tags without end in a title"
    ),
    pytest.param(b"<item " * 300_000, id="tags without end"),
    pytest.param(gzip.compress(b"\x00" * 200_000_000), id="bomb"),
]


@pytest.mark.parametrize("body", SLOW)
def test_hostile_feed_takes_seconds_at_most(body: bytes) -> None:
    started = time.process_time()
    parse_feed(body, URL)
    assert time.process_time() - started < 8


def test_cap_keeps_the_newest_and_counts_the_rest() -> None:
    dated = "<item><link>https://a.example/{0}</link><pubDate>{1:02} Jan 2020 10:00:00 GMT</pubDate></item>"
    old = "".join(dated.format(number, 1 + number % 9) for number in range(MAX_ITEMS + 95))
    new = "".join(dated.format(f"new{number}", 20) for number in range(5))
    result = parse_feed(rss(old + new), URL)
    assert len(result.found) == MAX_ITEMS
    assert [found.url for found in result.found[:5]] == [f"https://a.example/new{number}" for number in range(5)]
    assert result.left_out == 100
    assert "too many items" in result.problems


def test_same_link_counts_once() -> None:
    assert len(parse_feed(one("<link>/a</link>") + b"", URL).found) == 1
    assert len(parse_feed(rss("<item><link>/a</link></item><item><link>/a#c</link></item>"), URL).found) == 1


HEADS = [
    pytest.param("<ttl>60</ttl>", timedelta(hours=1), None, id="ttl"),
    pytest.param(
        "<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
        timedelta(hours=12),
        None,
        id="syndication",
    ),
    pytest.param('<atom:link rel="next" href="?page=2"/>', None, "https://outlet.example/feed/?page=2", id="next page"),
    pytest.param('<atom:link rel="next" href="javascript:x"/>', None, None, id="next page is none"),
    pytest.param("<ttl>soon</ttl>", None, None, id="ttl is no number"),
]


@pytest.mark.parametrize(("head", "ttl", "next_url"), HEADS)
def test_head(head: str, ttl: timedelta | None, next_url: str | None) -> None:
    result = parse_feed(rss(ITEM.format(1), head), URL)
    assert (result.ttl, result.next_url) == (ttl, next_url)
