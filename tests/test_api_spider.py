import json
from types import SimpleNamespace
from typing import Any

import pytest
import scrapy
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.statscollectors import StatsCollector

from crawler.base_spiders import ApiSpider
from crawler.base_spiders.api_pages import ApiFields, parse_api_page
from pipelines.extract.urls import with_parameter
from pipelines.items import Found, Outlet

URL = "https://api.outlet.example/v1/items.json?term=arms&page=1"
FIELDS = ApiFields(
    items="data.results", url=("web.url", "url"), title=("title",), date=("published", "date"), next="links.next"
)


def page(*items: Any, **more: Any) -> bytes:
    return json.dumps({"data": {"results": items}, **more}).encode()


def test_fields() -> None:
    body = page(
        {"web": {"url": "/a"}, "title": " Arms <b>Sales</b> ", "date": "2026-11-01"},
        {"web": None, "url": "https://outlet.example/b", "published": 1_700_000_000},
        links={"next": "?page=2"},
    )
    result = parse_api_page(body, URL, "application/json", FIELDS)
    assert result.found == [
        Found("https://api.outlet.example/a", URL, "Arms Sales", "2026-11-01"),
        Found("https://outlet.example/b", URL, None, "1700000000"),
    ]
    assert result.next_url == "https://api.outlet.example/v1/items.json?page=2"
    assert result.problems == []


WRONG = [
    pytest.param(b"", "empty answer", id="nothing"),
    pytest.param(b"<html><body>Sign in</body></html>", "html instead of json", id="html"),
    pytest.param(b'{"data": {"results": [', "malformed", id="cut off"),
    pytest.param(b"[" * 100_000, "malformed", id="too deep"),
    pytest.param(b'{"data": {"results": [' + b"9" * 10_000 + b"]}}", "malformed", id="number too long"),
    pytest.param(b'{"data": [1, 2]}', "no list of items", id="list on the way"),
    pytest.param(b'{"data": {"results": {"a": 1}}}', "no list of items", id="dict of items"),
    pytest.param(b"null", "no list of items", id="null"),
    pytest.param(b'"text"', "no list of items", id="text"),
    pytest.param(
        page(None, 1, "x", [], {"url": {"x": 1}}, {"url": ""}, {"url": True}), "item without link", id="items"
    ),
]


@pytest.mark.parametrize(("body", "problem"), WRONG)
def test_wrong_shape(body: bytes, problem: str) -> None:
    result = parse_api_page(body, URL, None, FIELDS)
    assert (result.found, result.problems) == ([], [problem])


def test_good_items_among_bad_ones() -> None:
    body = b"\xef\xbb\xbf" + page(None, {"url": "/a", "title": ["x"], "date": {"y": 1}}, {"url": 7}, links=[1])
    result = parse_api_page(body, URL, None, FIELDS)
    assert [found.url for found in result.found] == ["https://api.outlet.example/a", "https://api.outlet.example/v1/7"]
    assert result.found[0].title is None
    assert result.next_url is None


def test_parameter() -> None:
    assert (
        with_parameter("https://a.example/x?a%5B%5D=1&page=1&b=", "page", 2)
        == "https://a.example/x?a%5B%5D=1&b=&page=2"
    )


def crawl(
    fields: ApiFields, answers: list[bytes], known: set[str], parameter: str | None = None
) -> tuple[list[str], Any]:
    class Spider(ApiSpider):
        name = "outlet"
        outlet = Outlet("Outlet")
        start_urls = (URL,)
        page_parameter = parameter
        max_pages = 4

        def is_known(self, url: str) -> bool:
            return url in known

        def way_in_failed(self, url: str, reason: str) -> None:
            asked.append(f"{url}: {reason}")

    Spider.fields = fields
    asked: list[str] = []
    spider = Spider()
    spider.crawler = SimpleNamespace(stats=StatsCollector(SimpleNamespace(settings=Settings())))
    waiting = list(spider.ways_in())
    while waiting:
        request = waiting.pop()
        body = answers[min(len(asked), len(answers) - 1)]
        asked.append(request.url.partition("?")[2])
        results = spider.parse_way_in(Response(request.url, body=body), **request.cb_kwargs)
        waiting += [result for result in results if isinstance(result, scrapy.Request)]
    return asked, spider


def test_next_field_until_the_end() -> None:
    answers = [page({"url": "/a"}, links={"next": "?page=2"}), page({"url": "/b"})]
    asked, spider = crawl(FIELDS, answers, set())
    assert asked == ["term=arms&page=1", "page=2"]
    assert spider.crawler.stats.get_value("found/api/items") == 2


def test_page_parameter_until_max_pages() -> None:
    asked, _ = crawl(FIELDS, [page({"url": "/a"})], set(), "page")
    assert asked == ["term=arms&page=1", "term=arms&page=2", "term=arms&page=3", "term=arms&page=4"]


def test_stops_where_nothing_is_new() -> None:
    asked, _ = crawl(FIELDS, [page({"url": "/a"})], {"https://api.outlet.example/a"}, "page")
    assert asked == ["term=arms&page=1"]


def test_unreadable_way_in_is_told() -> None:
    assert crawl(FIELDS, [b"<html>"], set(), "page")[0] == ["term=arms&page=1", f"{URL}: html instead of json"]
