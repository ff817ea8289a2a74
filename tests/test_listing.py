import re
import time
from types import SimpleNamespace
from typing import Any

import pytest
import scrapy
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.statscollectors import StatsCollector

from crawler.base_spiders import FeedSpider, ListingSpider
from crawler.base_spiders.article import ArticleSpider
from crawler.base_spiders.listing_links import ListingRules, parse_listing
from pipelines.items import Found, Outlet

SITE = "https://outlet.example"
URL = f"{SITE}/news/"
GENERIC = [
    pytest.param('<a href="/2026/11/x">x</a>', ["/2026/11/x"], id="dated path"),
    pytest.param('<a href="/tanks-for-the-north">x</a>', ["/tanks-for-the-north"], id="path of words"),
    pytest.param('<h2><a href="/n/123">Ministry orders twelve guns</a></h2>', ["/n/123"], id="heading"),
    pytest.param('<a href="/n/123"><h3>Ministry orders twelve guns</h3></a>', ["/n/123"], id="heading within"),
    pytest.param('<a href="/news/item/123">Ministry orders six new guns now</a>', ["/news/item/123"], id="long text"),
    pytest.param('<a href="//outlet.example/2026/11/x">x</a>', ["/2026/11/x"], id="no scheme"),
    pytest.param('<base href="/de/"><a href="2026/11/x">x</a>', ["/de/2026/11/x"], id="base"),
    pytest.param('<nav><a href="/a-b-c-d">x</a></nav>', [], id="navigation"),
    pytest.param('<footer><a href="/a-b-c-d">x</a></footer>', [], id="footer"),
    pytest.param('<header><a href="/a-b-c-d">x</a></header>', [], id="page header"),
    pytest.param('<article><header><a href="/a-b-c-d">x</a></header></article>', ["/a-b-c-d"], id="header of a teaser"),
    pytest.param('<a href="/category/a-b-c-d/">All about guns and tanks here</a>', [], id="category"),
    pytest.param('<a href="/author/a-b-c-d">A man of four names, really</a>', [], id="author"),
    pytest.param('<a href="/a-b-c-d.jpg">x</a>', [], id="picture"),
    pytest.param('<a href="/">Back to the front page of it all</a>', [], id="front page"),
    pytest.param('<a href="mailto:a-b-c-d@x">x</a><a href="javascript:a-b-c-d()">x</a>', [], id="no web"),
    pytest.param('<a href="file:///a-b-c-d">x</a><a href="ftp://outlet.example/a-b-c-d">x</a>', [], id="other schemes"),
    pytest.param('<a href="https://elsewhere.example.org/a-b-c-d">x</a>', [], id="other site"),
    pytest.param('<a href="https://e.outlet.example/a-b-c-d">x</a>', ["https://e.outlet.example/a-b-c-d"], id="host"),
    pytest.param(f'<a href="{URL}">The page we are on, seven words</a>', [], id="itself"),
    pytest.param('<a href="http://[::1">x</a><a href>y</a><a href="/a-b-c-d">x</a>', ["/a-b-c-d"], id="broken links"),
    pytest.param("", [], id="nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "paths"), GENERIC)
def test_general_rule(markup: str, paths: list[str]) -> None:
    assert [found.url.removeprefix(SITE) for found in parse_listing(markup.encode(), URL).found] == paths


PAGE = b"""<main><a class="hot" href="/n/1">One</a><div class="teaser"><p><a href="/n/2">Two</a></p></div>
<a href="/v/3">Three</a><a href="https://partner.example.org/n/4">Four</a></main>"""
SELECTORS = [
    pytest.param(ListingRules("a.hot"), ["/n/1"], id="css of links"),
    pytest.param(ListingRules(".teaser"), ["/n/2"], id="css of what is around"),
    pytest.param(ListingRules("//div[@class='teaser']//a"), ["/n/2"], id="xpath"),
    pytest.param(ListingRules("//a/@href"), ["/n/1", "/n/2", "/v/3"], id="xpath of addresses"),
    pytest.param(ListingRules(re.compile(r"/n/\d+$")), ["/n/1", "/n/2"], id="pattern"),
    pytest.param(
        ListingRules(re.compile(r"/n/\d+$"), domains=("partner.example.org",)),
        ["/n/1", "/n/2", "https://partner.example.org/n/4"],
        id="allowed domain",
    ),
]


@pytest.mark.parametrize(("rules", "paths"), SELECTORS)
def test_selector(rules: ListingRules, paths: list[str]) -> None:
    found = parse_listing(PAGE, URL, None, rules).found
    assert [each.url.removeprefix(SITE) for each in found] == paths


def test_bad_selector_is_told() -> None:
    with pytest.raises(ValueError, match="not a selector"):
        parse_listing(PAGE, URL, None, ListingRules("a[["))


def test_longest_text_is_the_title_and_date_stands_beside() -> None:
    markup = """<article><a href="/a-b-c-d"><img></a><h2><a href="/a-b-c-d">Guns  for\nthe north</a></h2>
    <time datetime="2026-11-01">yesterday</time><a href="/a-b-c-d">Read</a></article>"""
    assert parse_listing(markup.encode(), URL).found == [
        Found(f"{SITE}/a-b-c-d", URL, "Guns for the north", "2026-11-01"),
    ]


NEXT = [
    pytest.param('<link rel="next" href="/news/page/2/">', "/news/page/2/", id="link element"),
    pytest.param('<a rel="next nofollow" href="?page=2">', "/news/?page=2", id="rel"),
    pytest.param('<a class="next page-numbers" href="/news/page/2/">', "/news/page/2/", id="wordpress"),
    pytest.param('<li class="pager__item--next"><a href="?page=1">', "/news/?page=1", id="drupal"),
    pytest.param('<a rel="next" href="https://elsewhere.example.org/">', None, id="other site"),
    pytest.param('<a rel="next" href="#">', None, id="itself"),
    pytest.param('<a rel="next" href="javascript:more()">', None, id="script"),
    pytest.param('<a href="?page=2">', None, id="not marked"),
]


@pytest.mark.parametrize(("markup", "expected"), NEXT)
def test_next_page(markup: str, expected: str | None) -> None:
    following = parse_listing(markup.encode(), URL).next_url
    assert (following and following.removeprefix(SITE)) == expected


HOSTILE = [
    pytest.param(b"<div>" * 100_000 + b"<a href=/a-b-c-d>", id="deep"),
    pytest.param(b"".join(b"<li><a href=/a-b-c-d-%d>x</a>" % number for number in range(60_000)), id="many links"),
    pytest.param(b"<a href='" * 200_000, id="links without end"),
    pytest.param(b"<a href=/a-b-c-d>" + b"<b>" * 50_000 + b"x", id="deep link"),
    pytest.param(b"\x00\xff\xfe" * 100_000, id="binary"),
]


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_listing_takes_seconds_at_most(body: bytes) -> None:
    started = time.process_time()
    assert len(parse_listing(body, URL).found) <= 1_000
    assert time.process_time() - started < 8


def outfit(base: type[ArticleSpider], start_url: str, known: set[str], **arguments: Any) -> Any:
    """Make a spider that needs no crawl around it."""

    class Spider(base):  # type: ignore[misc,valid-type]
        name = "outlet"
        outlet = Outlet("Outlet")
        start_urls = (start_url,)

        def way_in_failed(self, url: str, reason: str) -> None:
            failed.append((url, reason))

        def is_known(self, url: str) -> bool:
            return url in known

    failed: list[tuple[str, str]] = []
    spider = Spider(**arguments)
    spider.failed = failed
    spider.crawler = SimpleNamespace(stats=StatsCollector(SimpleNamespace(settings=Settings())))
    return spider


def crawl(spider: Any, page: Any) -> tuple[list[str], int]:
    """Answer every request by ``page(number)``; give what was found and how many pages were asked for."""
    found: list[str] = []
    waiting, asked = list(spider.ways_in()), 0
    while waiting and asked < 50:
        request = waiting.pop()
        asked += 1
        for result in spider.parse_way_in(Response(request.url, body=page(asked)), **request.cb_kwargs):
            if isinstance(result, scrapy.Request):
                waiting.append(result)
            else:
                found.append(result.url.removeprefix(SITE))
    return found, asked


def listing_page(number: int) -> bytes:
    date = f"2026-11-{20 - number:02}"
    return f"""<article><a href="/story-number-{number}-here">Story</a><time datetime="{date}"></article>
    <a rel=next href="?page={number + 1}">""".encode()


STOPS = [
    pytest.param({}, set(), 3, id="max_pages"),
    pytest.param({}, {f"{SITE}/story-number-2-here"}, 2, id="nothing new"),
    pytest.param({}, {f"{SITE}/story-number-1-here"}, 1, id="nothing new at once"),
    pytest.param({"since": "2026-11-19"}, set(), 2, id="since"),
]


@pytest.mark.parametrize(("arguments", "known", "pages"), STOPS)
def test_listing_stops(arguments: dict[str, str], known: set[str], pages: int) -> None:
    assert crawl(outfit(ListingSpider, URL, known, **arguments), listing_page)[1] == pages


def feed_page(number: int) -> bytes:
    return f"""<rss><channel><atom:link rel="next" href="?page={number + 1}"/><ttl>30</ttl>
    <item><link>/story-{number}</link></item></channel></rss>""".encode()


@pytest.mark.parametrize(("known", "pages"), [(set(), 3), ({f"{SITE}/story-1"}, 1)], ids=["max_pages", "nothing new"])
def test_feed_stops(known: set[str], pages: int) -> None:
    spider = outfit(FeedSpider, f"{SITE}/feed", known)
    found, asked = crawl(spider, feed_page)
    assert (asked, len(found)) == (pages, pages)
    assert spider.crawler.stats.get_value("found/feed/items") == pages
    assert spider.crawler.stats.get_value("found/feed/ttl_minutes") == 30


UNREADABLE = [
    pytest.param(FeedSpider, b"<html><body>Moved</body></html>", "html instead of feed", id="feed is html"),
    pytest.param(FeedSpider, b"", "empty feed", id="feed is empty"),
    pytest.param(ListingSpider, b"<p>Moved</p>", "no article links", id="listing is empty"),
]


@pytest.mark.parametrize(("base", "body", "reason"), UNREADABLE)
def test_unreadable_way_in_is_told(base: type[ArticleSpider], body: bytes, reason: str) -> None:
    spider = outfit(base, URL, set())
    assert crawl(spider, lambda _: body)[0] == []
    assert [each[1].split(", ")[-1] for each in spider.failed] == [reason]
