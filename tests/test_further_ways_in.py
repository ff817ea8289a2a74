"""Telegram, news searches, GDELT, the Wayback Machine, numbered pages, "load more": what their answers give."""

import base64
import json
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import scrapy
from scrapy.http import HtmlResponse, Response
from scrapy.settings import Settings
from scrapy.statscollectors import StatsCollector

from crawler.base_spiders import ApiSpider, GdeltSpider, ListingSpider, NewsSearchSpider, WaybackSpider
from crawler.base_spiders.api import halves
from crawler.base_spiders.api_pages import ApiFields
from crawler.base_spiders.load_more import read_fragment
from crawler.base_spiders.own_addresses import own_address
from crawler.base_spiders.telegram_posts import parse_posts
from crawler.base_spiders.wayback import captured_at, parse_captures
from pipelines.items import Found, Missed, Outlet, Page, Received
from pipelines.reader import read_page

CHANNEL = """<html><body><header class="tgme_header"><div class="tgme_channel_info_header_title"><span>Ruritania MoD
</span></div></header><a class="tme_messages_more js-messages_more" data-before="100" href="/s/rurimod?before=100"></a>
<div class="tgme_widget_message js-widget_message" data-post="rurimod/101">
<div class="tgme_widget_message_text js-message_text" dir="auto"><b>Twelve jets have arrived.</b><br/><br/>They came
 from <a href="https://x.example/">abroad</a> &amp; will fly soon.</div>
<a class="tgme_widget_message_date" href="https://t.me/rurimod/101">
<time datetime="2026-11-05T10:15:00+02:00">x</time></a>
</div>
<div class="tgme_widget_message" data-post="rurimod/102"><a class="tgme_widget_message_photo_wrap"></a></div>
<div class="tgme_widget_message" data-post="rurimod/103">
<div class="tgme_widget_message_forwarded_from">Forwarded from
 <a class="tgme_widget_message_forwarded_from_name" href="https://t.me/other/9"><span>The Other</span></a></div>
<div class="tgme_widget_message_reply"><div class="tgme_widget_message_text">an older post</div></div>
<div class="tgme_widget_message_text js-message_text">Second</div>
<a class="tgme_widget_message_date"><time datetime="2026-11-06T10:15:00+00:00">x</time></a></div></body></html>"""
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def test_posts_are_pages_of_their_own() -> None:
    result = parse_posts(CHANNEL.encode(), "https://t.me/s/rurimod")
    assert result.next_url == "https://t.me/s/rurimod?before=100"
    assert [found.url for found in result.found] == ["https://t.me/rurimod/103", "https://t.me/rurimod/101"]
    post = result.posts[1]
    draft = read_page(Page(post.found.url, post.found.url, 200, post.page, NOW, "text/html"), NOW).draft
    assert draft is not None
    assert draft.headline == "Twelve jets have arrived."
    assert [each.text for each in draft.paragraphs][-1] == "They came from abroad & will fly soon."
    assert draft.published is not None
    assert draft.published.at == datetime(2026, 11, 5, 8, 15, tzinfo=UTC)
    assert b"Forwarded from The Other" in result.posts[0].page
    assert b"an older post" not in result.posts[0].page


@pytest.mark.parametrize("body", [b"", b"<html><p>Channel not found", b"\x00\xff", b'<div data-post=""></div>'])
def test_a_page_without_posts_says_so(body: bytes) -> None:
    assert "no posts" in parse_posts(body, "https://t.me/s/none").problems


def google_number(address: str) -> str:
    return base64.urlsafe_b64encode(b'\x08\x13"' + bytes([len(address)]) + address.encode() + b"\xd2\x01\x00").decode()


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (
            "http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fwww.outlet.example%2fa%3fb%3d1&c=7",
            "https://www.outlet.example/a?b=1",
        ),
        (
            f"https://news.google.com/rss/articles/{google_number('https://outlet.example/story').rstrip('=')}?oc=5",
            "https://outlet.example/story",
        ),
        ("https://www.google.com/url?q=https://outlet.example/a&sa=U", "https://outlet.example/a"),
        ("https://news.google.com/rss/articles/CBMiAU_yqLOaaaaaaaaaaaaaaaaaaaaaaaaaa", None),
        ("https://www.bing.com/news/apiclick.aspx?url=javascript:alert(1)", None),
        ("https://www.bing.com/news/apiclick.aspx?url=https://www.bing.com/news", None),
    ],
    ids=["bing", "google of old", "google link", "google of now", "no address", "to itself"],
)
def test_own_address(link: str, expected: str | None) -> None:
    assert own_address(link) == expected


def make(kind: type[Any], known: frozenset[str] = frozenset(), **attributes: Any) -> Any:
    """Build a spider of a base as far as its parsing needs it."""
    spider_class = type("SomeSpider", (kind,), {"name": "some", "outlet": Outlet("Some"), **attributes})
    failed: list[tuple[str, str]] = []
    report = SimpleNamespace(way_in_failed=lambda url, reason: failed.append((url, reason)))
    spider = spider_class()
    spider.crawler = SimpleNamespace(
        stats=StatsCollector(SimpleNamespace(settings=Settings())),
        get_item_pipeline=lambda _: SimpleNamespace(is_known=lambda url: url in known),
        get_extension=lambda _: report,
    )
    spider.settings = Settings({"KEYS": attributes.get("keys", {})})
    spider.failed = failed
    return spider


def answer(request: scrapy.Request | str, body: object) -> Response:
    url = request if isinstance(request, str) else request.url
    text = body if isinstance(body, str) else json.dumps(body)
    return HtmlResponse(url, body=text.encode(), request=scrapy.Request(url))


def split(results: Any) -> tuple[list[str], list[scrapy.Request]]:
    all_results = list(results)
    return (
        [each.url for each in all_results if isinstance(each, Found)],
        [each for each in all_results if isinstance(each, scrapy.Request)],
    )


def test_a_span_that_holds_too_much_is_halved() -> None:
    spider = make(
        ApiSpider,
        start_urls=["https://api.example/items"],
        fields=ApiFields(items="items", total="count"),
        window_parameters=("from", "to"),
        most_results=2,
        since="2026-11-01",
    )
    spider.since = datetime.now(UTC) - timedelta(days=3)
    [first] = spider.ways_in()
    window = first.cb_kwargs["window"]
    assert f"from={window[0]}&to={window[1]}" in first.url
    items = [{"url": "https://a.example/1"}, {"url": "https://a.example/2"}]
    found, halved = split(spider.parse_way_in(answer(first, {"items": items, "count": 9}), window=window))
    assert found == []
    assert [each.cb_kwargs["window"] for each in halved] == list(halves(window))
    day = (date(2026, 11, 1), date(2026, 11, 1))
    found, halved = split(spider.parse_way_in(answer(first, {"items": items, "count": 9}), window=day))
    assert (len(found), halved) == (2, [])
    assert spider.crawler.stats.get_value("found/api/left_out") == 7


def test_halves_meet_and_do_not_overlap() -> None:
    later, earlier = halves((date(2026, 11, 1), date(2026, 11, 2)))
    assert (earlier, later) == ((date(2026, 11, 1),) * 2, (date(2026, 11, 2),) * 2)


def test_cursors_and_offsets() -> None:
    fields = ApiFields(items="items", next="meta.cursor")
    body = {"items": [{"url": "https://a.example/1"}], "meta": {"cursor": "b/2=="}}
    spider = make(ApiSpider, fields=fields, cursor_parameter="after")
    _, [following] = split(spider.parse_way_in(answer("https://api.example/?q=arms", body)))
    assert following.url == "https://api.example/?q=arms&after=b%2F2%3D%3D"
    spider = make(ApiSpider, fields=ApiFields(items="items"), page_parameter="offset", first_page=0, page_step=20)
    _, [following] = split(spider.parse_way_in(answer("https://api.example/?q=arms", body), page=2))
    assert following.url == "https://api.example/?q=arms&offset=40"


def test_an_interface_with_key_is_not_asked_without() -> None:
    spider = make(ApiSpider, start_urls=["https://api.example/items"], key_header="X-Api-Key")
    assert list(spider.ways_in()) == []
    assert spider.failed == [("https://api.example/items", "no key in ARMSWATCH_KEY_SOME")]


def test_a_key_repeated_in_the_next_address_is_taken_out() -> None:
    spider = make(ApiSpider, fields=ApiFields(items="items", next="next"), key_parameter="api_key")
    body = {"items": [{"url": "https://a.example/1"}], "next": "https://api.example/?page=2&api_key=secret"}
    _, [following] = split(spider.parse_way_in(answer("https://api.example/", body)))
    assert following.url == "https://api.example/?page=2"


def test_gdelt_is_asked_for_days_and_gives_no_dates_of_publication() -> None:
    spider = make(GdeltSpider, questions=('"arms deal"', "missile sourcelang:spanish"))
    first, _ = spider.ways_in()
    assert "query=%22arms+deal%22&mode=ArtList&format=json" in first.url
    assert first.url.endswith("235959")
    body = {"articles": [{"url": "https://outlet.example/a", "seendate": "20261105T101500Z", "language": "English"}]}
    [found] = spider.parse_way_in(answer(first, body), window=first.cb_kwargs["window"])
    assert (found.published_raw, found.modified_raw) == (None, "20261105T101500Z")
    many = {"articles": [{"url": f"https://outlet.example/{n}"} for n in range(250)]}
    found, halved = split(spider.parse_way_in(answer(first, many), window=first.cb_kwargs["window"]))
    assert (len(found), len(halved)) == (0, 2)
    list(spider.read_way_in(answer(first, "Your query was too short."), window=first.cb_kwargs["window"]))
    assert spider.failed[0][1] == "malformed"


SEARCH = """<rss><channel><item><title>A</title>
<link>http://www.bing.com/news/apiclick.aspx?url=https%3a%2f%2foutlet.example%2fa</link></item>
<item><title>B</title><link>https://www.bing.com/news/opaque/b</link></item></channel></rss>"""


def test_a_news_search_gives_the_outlets_own_addresses() -> None:
    spider = make(NewsSearchSpider, start_urls=["https://www.bing.com/news/search?q=arms&format=rss"])
    found, _ = split(spider.parse_way_in(answer(spider.start_urls[0], SEARCH)))
    assert found == ["https://outlet.example/a", "https://www.bing.com/news/opaque/b"]


def test_a_link_of_a_search_that_leads_nowhere_is_unresolved() -> None:
    spider = make(NewsSearchSpider, start_urls=["https://www.bing.com/news/search?q=arms&format=rss"])
    found = Found("https://www.bing.com/news/opaque/b", "x")
    assert list(spider.parse_article(answer(found.url, "<html>"), found)) == [
        Missed(found.url, "unresolved", final=True)
    ]
    [page] = spider.parse_article(answer("https://outlet.example/b", "<html>"), found)
    assert page.final_url == "https://outlet.example/b"


CAPTURES = json.dumps(
    [
        ["timestamp", "original"],
        ["20240102030405", "http://outlet.example:80/a?utm_source=x"],
        ["20240102030406", "javascript:x"],
        [],
        ["example,outlet)/b 20240103"],
    ]
).encode()


def test_captures_of_the_wayback_machine() -> None:
    result = parse_captures(CAPTURES, "https://web.archive.org")
    [found] = result.found
    assert found.url == "http://outlet.example/a"
    assert found.found_in == "https://web.archive.org/web/20240102030405id_/http://outlet.example:80/a?utm_source=x"
    assert result.resume_key == "example,outlet)/b 20240103"
    assert captured_at(found.found_in) == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert parse_captures(b"<html>", "x").problems == ["malformed"]


def test_a_capture_keeps_its_own_address_and_instant() -> None:
    spider = make(WaybackSpider, patterns=("outlet.example/*",))
    _, [following] = split(spider.parse_way_in(answer(spider.start_urls[0], CAPTURES.decode())))
    assert following.url.count("filter=") == 2
    assert "resumeKey=example%2Coutlet%29%2Fb+20240103" in following.url
    [found] = parse_captures(CAPTURES, spider.archive).found
    response = answer(found.found_in, "<html>")
    response.meta["received"] = Received(found.found_in, 200, (), b"<html>", NOW)
    [page] = spider.parse_article(response, found)
    at = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (page.url, page.final_url, page.fetched_at) == (found.url, found.url, at)
    assert page.received is not None
    assert (page.received.url, page.received.fetched_at) == (found.url, at)


MORE = '<article><h2><a href="/2026/11/a-story-of-arms">A story of arms and men</a></h2></article>'


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"data": {"html": MORE, "other": "<a href=x>"}}, "data.html"),
        ({"ok": 1, "parts": ["<a>", {"html": MORE}]}, None),
        ({"html": [MORE, ""]}, "html"),
    ],
)
def test_the_html_within_json_is_a_listing(body: object, path: str | None) -> None:
    spider = make(ListingSpider, fragment=path, page_url="?page={page}")
    found, [following] = split(spider.parse_way_in(answer("https://a.example/more?page=1", body)))
    assert found == ["https://a.example/2026/11/a-story-of-arms"]
    assert following.url == "https://a.example/more?page=2"


@pytest.mark.parametrize(
    ("page_url", "page", "expected"),
    [
        ("?page={page}", 1, "https://a.example/news/?page=2"),
        ("page/{page}/", 2, "https://a.example/news/page/3/"),
        ("/archive?offset={offset}", 2, "https://a.example/archive?offset=20"),
    ],
)
def test_numbered_pages(page_url: str, page: int, expected: str) -> None:
    spider = make(ListingSpider, page_url=page_url, max_pages=9)
    results = spider.parse_way_in(
        answer("https://a.example/news/page/x/", MORE), page=page, first_url="https://a.example/news/"
    )
    _, [following] = split(results)
    assert following.url == expected


def test_a_body_that_is_no_json_stays_as_it_is() -> None:
    assert read_fragment(b"<p>{}", None) == b"<p>{}"
    assert read_fragment(b"{broken", None) == b"{broken"


def test_max_age_leaves_out_what_is_dated_before() -> None:
    spider = make(ApiSpider, fields=ApiFields(items="items"), max_age=timedelta(days=2))
    body = {"items": [{"url": "https://a.example/1", "date": "2020-01-01"}, {"url": "https://a.example/2"}]}
    assert split(spider.parse_way_in(answer("https://api.example/", body)))[0] == ["https://a.example/2"]
