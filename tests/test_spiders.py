import csv
import gzip
import string
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pycountry
import pytest
from scrapy import Spider
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawler import base_spiders
from crawler.base_spiders.article import ArticleSpider, UnusableArgumentError
from crawler.base_spiders.listing_links import to_xpath
from crawler.spiders.saved_pages import SavedPagesSpider, find_own_url
from pipelines.items import OutletKind, Page
from tests.sources_page import CONTROLS, REASONS, read_table

FOLDER = Path(base_spiders.__file__).parents[1]
LOADER = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))
SPIDERS = [LOADER.load(name) for name in sorted(LOADER.list())]
OUTLETS = [spider for spider in SPIDERS if spider.is_source]
# These say nowhere where they are published.
PLACELESS = {"archyworldys", "defence_talk", "military_watch", "overt_defense"}
# People's Daily serves its channel without TLS.
WITHOUT_TLS = {"peoples_daily_military"}
PUBLISHERS = {row["owner"]: row for row in read_table("publishers.csv")}


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
    assert outlet.owner in PUBLISHERS
    assert outlet.homepage.startswith("http://" if spider.name in WITHOUT_TLS else "https://")
    assert outlet.kind in get_args(OutletKind)
    assert outlet.languages
    assert all(len(language) == 2 and language.islower() for language in outlet.languages)
    assert (outlet.country is None) == (spider.name in PLACELESS)
    assert outlet.country is None or pycountry.countries.get(alpha_2=outlet.country)
    assert spider.rules.zone is None or ZoneInfo(spider.rules.zone)
    assert spider.expect > 0
    assert 600 <= spider.every.total_seconds() <= 86_400


def test_each_publisher_is_one() -> None:
    assert {spider.outlet.owner for spider in OUTLETS} == set(PUBLISHERS)
    letters = ["".join(filter(str.isalnum, owner.casefold())) for owner in PUBLISHERS]
    holders = [row["held_by"] for row in PUBLISHERS.values() if row["held_by"]]
    assert [sorted(letters), sorted(holders)] == [sorted(set(letters)), sorted(set(holders))]
    assert {row["control"] for row in PUBLISHERS.values()} == set(CONTROLS)


@pytest.mark.parametrize("spider", OUTLETS, ids=by_name)
def test_state_media_are_those_of_a_state(spider: Any) -> None:
    of_a_state = PUBLISHERS[spider.outlet.owner]["control"] == "state"
    assert of_a_state == (spider.outlet.kind in ("government", "state media"))


def test_what_is_left_out_has_a_reason() -> None:
    read = {url for spider in OUTLETS for url in spider.start_urls}
    rows = read_table("left_out.csv")
    assert {row["reason"] for row in rows} == set(REASONS)
    assert not {row["address"] for row in rows} & read
    assert len({row["address"] for row in rows}) == len(rows)
    assert all(row["outlet"] for row in rows)


def test_every_candidate_is_read_or_left_out(shared: Path) -> None:
    read = {url for spider in OUTLETS for url in spider.start_urls}
    left_out = {row["address"] for row in read_table("left_out.csv")}
    with (shared / "sources.csv").open(encoding="utf-8", newline="") as file:
        candidates = {row["url"] for row in csv.DictReader(file)}
    assert candidates - read - left_out == set()
    assert left_out <= candidates


def test_every_kind_and_language_is_there() -> None:
    kinds = {spider.outlet.kind for spider in OUTLETS}
    assert kinds == set(get_args(OutletKind)) - {"archive", "discovery"}
    languages = {language for spider in OUTLETS for language in spider.outlet.languages}
    assert languages >= {"en", "es", "ru", "fr", "tr", "de", "pl", "pt", "it", "uk", "zh"}


@pytest.mark.parametrize("spider", OUTLETS, ids=by_name)
def test_ways_in_are_https(spider: Any) -> None:
    assert isinstance(spider.start_urls, list)
    requests = list(spider().ways_in())
    scheme = "http" if spider.name in WITHOUT_TLS else "https"
    assert [urlsplit(request.url).scheme for request in requests] == [scheme] * len(spider.start_urls)


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
