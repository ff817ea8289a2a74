import gzip
import string
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from scrapy import Spider
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawler import base_spiders
from crawler.base_spiders.article import ArticleSpider, UnusableArgumentError
from crawler.base_spiders.listing_links import to_xpath
from crawler.spiders.saved_pages import SavedPagesSpider, find_own_url
from pipelines.items import Page

FOLDER = Path(base_spiders.__file__).parents[1]
LOADER = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))
SPIDERS = [LOADER.load(name) for name in sorted(LOADER.list())]
# The sample newsroom is served on loopback, and saved pages are no outlet.
OUTLETS = [spider for spider in SPIDERS if any(urlsplit(url).scheme == "https" for url in spider.start_urls)]
KINDS = {"government", "agency", "think tank", "specialist press", "newspaper", "broadcaster", "aggregator"}


def by_name(spider: type[Spider]) -> str:
    return spider.name


@pytest.mark.parametrize("spider", SPIDERS, ids=by_name)
def test_file_name_and_class_have_one_name(spider: type[Spider]) -> None:
    assert spider.__module__ == f"crawler.spiders.{spider.name}"
    assert spider.__name__ == "".join(word.capitalize() for word in spider.name.split("_")) + "Spider"
    assert issubclass(spider, ArticleSpider)


def test_no_file_is_without_spider() -> None:
    files = {path.stem for path in (FOLDER / "spiders").glob("*.py") if path.stem != "__init__"}
    assert files == {spider.name for spider in SPIDERS}


@pytest.mark.parametrize("spider", OUTLETS, ids=by_name)
def test_outlet_is_complete(spider: Any) -> None:
    outlet = spider.outlet
    assert outlet.name
    assert outlet.owner
    assert outlet.homepage.startswith("https://")
    assert outlet.kind in KINDS
    assert outlet.languages
    assert all(len(language) == 2 and language.islower() for language in outlet.languages)
    if spider.name != "archyworldys":  # says nowhere where it is published
        assert len(outlet.country) == 2
        assert outlet.country.isupper()
    assert spider.expect > 0
    assert 600 <= spider.every.total_seconds() <= 86_400


@pytest.mark.parametrize("spider", OUTLETS, ids=by_name)
def test_ways_in_are_https(spider: Any) -> None:
    assert isinstance(spider.start_urls, list)
    requests = list(spider().ways_in())
    assert [urlsplit(request.url).scheme for request in requests] == ["https"] * len(spider.start_urls)


@pytest.mark.parametrize("spider", [spider for spider in OUTLETS if hasattr(spider, "next_page")], ids=by_name)
def test_selectors_are_selectors(spider: Any) -> None:
    assert to_xpath(spider.next_page)
    assert spider.links is None or to_xpath(spider.links)


@pytest.mark.parametrize(
    "template", sorted((FOLDER / "templates" / "spiders").glob("*.tmpl")), ids=lambda path: path.stem
)
def test_template_makes_a_spider(template: Path) -> None:
    names = {
        "name": "some_outlet",
        "classname": "SomeOutletSpider",
        "domain": "some.example",
        "url": "https://some.example/",
    }
    module: dict[str, Any] = {"__name__": "some_outlet"}
    exec(string.Template(template.read_text(encoding="utf-8")).substitute(names), module)
    spider = module["SomeOutletSpider"]()
    assert (spider.name, spider.start_urls) == ("some_outlet", ["https://some.example/"])
    assert type(spider).__bases__[0].__name__.lower() == f"{template.stem}spider"


async def _start(spider: SavedPagesSpider) -> list[Page]:
    return [page async for page in spider.start()]


def drain(spider: SavedPagesSpider) -> list[Page]:
    """Run a coroutine that never waits for anything."""
    try:
        _start(spider).send(None)
    except StopIteration as done:
        return done.value
    raise AssertionError("start() waited")


def saved_pages(folder: Path, **arguments: str) -> SavedPagesSpider:
    spider = SavedPagesSpider(folder=str(folder), **arguments)
    counts: dict[str, int] = {}
    spider.count = lambda key, n=1: counts.update({key: counts.get(key, 0) + n})
    spider.counts = counts
    return spider


def test_saved_pages(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.html").write_text(
        '<link rel="canonical" href="https://a.example/x?a=1&amp;b=2"><p>A', encoding="utf-8"
    )
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(b"<p>B"))
    (tmp_path / "deep" / "c d.html").write_text("<p>C", encoding="utf-8")
    (tmp_path / "e.html.gz").write_bytes(b"not gzip")
    (tmp_path / "f.txt").write_text("no page", encoding="utf-8")
    (tmp_path / "urls.csv").write_text("file,url\nb.html.gz,https://b.example/y\n", encoding="utf-8")
    spider = saved_pages(tmp_path)
    pages = drain(spider)
    assert [(page.url, page.status, page.body[-1:]) for page in pages] == [
        ("https://a.example/x?a=1&b=2", 200, b"A"),
        ("https://b.example/y", 200, b"B"),
        ("https://saved.invalid/deep/c%20d.html", 200, b"C"),
    ]
    assert all(page.received and page.received.body == page.body for page in pages)
    assert spider.counts == {"found/saved/items": 3, "found/saved/unreadable": 1}
    assert len(drain(saved_pages(tmp_path, limit="2"))) == 2


OWN_URLS = [
    pytest.param(b'<link href="https://a.example/x" rel=canonical>', "https://a.example/x", id="canonical, any order"),
    pytest.param(b'<meta property="og:url" content="https://a.example/o"><link rel="canonical" href="https://a.example/c">',
                 "https://a.example/c", id="canonical before og:url"),
    pytest.param(b'<meta property="og:url" content="https://a.example/o">', "https://a.example/o", id="og:url"),
    pytest.param(b'<link rel="canonical" href="javascript:x">', None, id="no address"),
    pytest.param(b'<link rel="stylesheet" href="https://a.example/s.css">', None, id="other link"),
    pytest.param(b"<link " * 50_000, None, id="links without end"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), OWN_URLS)
def test_own_url(body: bytes, expected: str | None) -> None:
    assert find_own_url(body) == expected


@pytest.mark.parametrize("folder", [None, "", "/nowhere/at/all"], ids=["missing", "empty", "absent"])
def test_saved_pages_need_a_folder(folder: str | None) -> None:
    with pytest.raises(UnusableArgumentError):
        SavedPagesSpider(folder=folder)
