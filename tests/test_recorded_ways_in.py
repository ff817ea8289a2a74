"""A recorded way in of every spider: what it names, and what the spider leaves out of it."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import scrapy
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response, TextResponse, XmlResponse
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.test import get_crawler

from crawler.base_spiders.article import ArticleSpider
from crawler.recorded_pages import describe_way_in
from pipelines.items import Found

FOLDER = Path(__file__).parent / "pages"
LOADER = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))
RECORDED = sorted(path for path in FOLDER.glob("*/way_in.*") if path.name != "way_in.found.json")
ANSWERS: dict[str, tuple[type[Response], str]] = {
    ".xml": (XmlResponse, "application/xml"),
    ".html": (HtmlResponse, "text/html"),
    ".json": (TextResponse, "application/json"),
}


@pytest.fixture(scope="module")
def crawler() -> Crawler:
    return get_crawler(ArticleSpider, {"WAYS_IN_PER_RUN": 100})


def started(name: str, crawler: Crawler) -> Any:
    """Give a spider whose frontier knows nothing yet and which notes what it leaves out."""
    spider: Any = type(name, (LOADER.load(name),), {"report": SimpleNamespace(validators={}, known_validators={})})()
    spider.crawler, spider.settings = crawler, crawler.settings
    spider.is_known = lambda _url: False
    spider.left_out = []
    is_article = spider.is_article
    spider.is_article = lambda url: is_article(url) or spider.left_out.append(url)
    return spider


def answer(path: Path, url: str) -> Response:
    """Give the recorded bytes as the server's answer."""
    kind, content_type = ANSWERS[path.suffix]
    request = scrapy.Request(url)
    return kind(url, body=path.read_bytes(), headers={"Content-Type": content_type}, request=request)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.parent.name)
def test_way_in(path: Path, crawler: Crawler) -> None:
    expected = json.loads(path.with_name("way_in.found.json").read_text("utf-8"))
    origin = expected.pop("origin")
    spider = started(path.parent.name, crawler)
    assert expected["url"] in spider.start_urls
    results = list(spider.read_way_in(answer(path, expected["url"])))
    found = [one for one in results if isinstance(one, Found)]
    following = [one.url for one in results if isinstance(one, scrapy.Request)]
    got = describe_way_in(expected["url"], found, spider.left_out, following)
    assert got == expected
    assert origin
    assert len(expected["found"]) > 1


def test_every_source_has_a_way_in_recorded() -> None:
    assert {path.parent.name for path in RECORDED} == {name for name in LOADER.list() if LOADER.load(name).is_source}
