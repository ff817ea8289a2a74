"""A new spider file: short, loads, and holds what strangers wrote as text only."""

import ast
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from cli.spider_files import NewSource, is_safe_name, name_for, safe_name, spider_source
from crawler.base_spiders import ApiFields
from crawler.scouting.api_guess import guess_fields
from crawler.scouting.offers import WayIn
from crawler.scouting.outlet_facts import SitePage, clean_name, read_outlet
from crawler.spider_loader import FolderSpiderLoader
from pipelines.extract.head import read_head
from pipelines.extract.structured import find_structured
from pipelines.extract.tree import parse_html
from pipelines.items import Outlet

HOSTILE = [
    '"); import os; os.system("touch owned"); ("',
    '"""\nimport os\n"""',
    "\\",
    '\\"""',
    "${name} $name $$ {0} %s",
    "line\nbreak\rreturn\u2028separator\x0bfeed\x0c",
    "x\x00y\ud800z",
    "\u202egnp.exe",
    "'; raise SystemExit('owned') #",
    "    every = boom()",
    "name",
    "Ünï¢ødé 新聞 الأخبار",
]


def load(text: str, folder: Path, name: str) -> Any:
    (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return FolderSpiderLoader.from_settings(Settings({"SPIDERS_FOLDER": folder, "SPIDER_MODULES": []})).load(name)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["feed", "sitemap", "listing", "api"])
def test_what_a_site_says_stays_text(kind: Any, text: str, tmp_path: Path) -> None:
    fields = ApiFields(text, (text,), (text,), (text,), next=text) if kind == "api" else None
    url = f"https://a.example/{text}"
    outlet = Outlet(text, homepage=url, country="FR", languages=(text, "en"), kind=text, owner=text)
    written = spider_source(
        NewSource("some_outlet", outlet, WayIn(kind, url, text, items=9, per_week=9.0, fields=fields))
    )
    spider = load(written, tmp_path, "some_outlet")
    assert (spider.outlet, spider.start_urls) == (outlet, [url])
    assert fields is None or spider.fields == fields
    calls = {node.func.id for node in ast.walk(ast.parse(written)) if isinstance(node, ast.Call)}
    assert calls <= {"Outlet", "timedelta", "ApiFields"}
    assert [type(node).__name__ for node in ast.parse(written).body][1:] == ["ImportFrom"] * 3 + ["ClassDef"]
    assert not (tmp_path / "owned").exists()


def test_a_file_is_short_and_complete(tmp_path: Path) -> None:
    outlet = Outlet("Defence Wire of the Western Hemisphere", "https://www.defencewire.example/", "AR", ("es", "en"),
                    "specialist press", "Grupo Editorial del Sur")  # fmt: skip
    way = WayIn("api", "https://www.defencewire.example/wp-json/wp/v2/posts", "link", items=10, per_week=70.0,
                fields=ApiFields("", ("link",), ("title.rendered",), ("date_gmt",)))  # fmt: skip
    written = spider_source(NewSource("defencewire", outlet, way))
    assert len(written.splitlines()) <= 15
    spider = load(written, tmp_path, "defencewire")
    assert (spider.outlet, spider.expect, spider.every) == (outlet, 70, timedelta(hours=1))


PACE: list[Any] = [
    pytest.param(20, 200.0, 5, id="a window of 17 hours is seen three times"),
    pytest.param(20, 2000.0, 1, id="a window of two hours: every hour at most"),
    pytest.param(100, 50.0, 1, id="many articles"),
    pytest.param(20, 5.0, 6, id="few articles"),
    pytest.param(20, 1.0, 12, id="hardly any"),
    pytest.param(20, None, 2, id="unknown"),
]


@pytest.mark.parametrize(("items", "per_week", "hours"), PACE)
def test_how_often_to_look(items: int, per_week: float | None, hours: int) -> None:
    way = WayIn("feed", "https://a.example/feed", "link", items=items, per_week=per_week)
    assert NewSource("a", Outlet("A"), way).every <= timedelta(hours=hours)


NAMES = {
    "https://www.defense-aerospace.com/": "defense_aerospace",
    "https://news.usni.org/": "usni",
    "https://bmpd.livejournal.com/": "bmpd_livejournal",
    "https://www.mod.go.jp/": "mod",
    "https://20minutes.fr/": "outlet_20minutes",
    "http://poligon.localhost:8377/": "poligon",
    "https://xn--80ak6aa92e.com/": "xn_80ak6aa92e",
    "https://import.example.com/": "import_example",
    "https://class.com/": "class_news",
}


@pytest.mark.parametrize("url", NAMES)
def test_names_come_from_addresses(url: str) -> None:
    assert name_for(url) == NAMES[url]
    assert is_safe_name(NAMES[url])


@pytest.mark.parametrize("text", ["../../etc/passwd", "", "🚀", "a b", "__init__", "import", "x" * 400, "con\n"])
def test_any_text_becomes_a_safe_name(text: str) -> None:
    assert is_safe_name(safe_name(text))
    assert not is_safe_name(text)


def page(head: str, body: str = "", url: str = "https://www.wire.example/", **more: Any) -> SitePage:
    tree, _ = parse_html(f"<html{more.pop('html', '')}><head>{head}</head><body>{body}</body></html>".encode())
    return SitePage(url, read_head(tree), find_structured(tree), **more)


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


ORGANIZATION = json_ld(
    '{"@type": "NewsMediaOrganization", "name": "The Wire", "address": {"addressCountry": "Germany"},'
    ' "parentOrganization": {"@type": "Organization", "name": "Wire Group"}}'
)


def test_a_site_that_says_who_it_is() -> None:
    front = page('<meta property="og:site_name" content="Wire &amp; Cable">' + ORGANIZATION, is_front=True)
    article = page("", language="de")
    found = read_outlet("https://www.wire.example/", [front, article], "The Wire RSS")
    assert found.outlet == Outlet("Wire & Cable", "https://www.wire.example/", "DE", ("de",), None, "Wire Group")
    assert found.origins["country"] == "JSON-LD address"
    assert found.unknown == ("kind",)


COUNTRIES: list[Any] = [
    pytest.param("https://a.co.uk/", "", None, "GB", id="top-level domain"),
    pytest.param("https://a.io/", "", None, None, id="a domain of the whole world"),
    pytest.param("https://www.army.mil/", "", None, "US", id="mil"),
    pytest.param("https://a.com/", ' lang="en-US"', None, None, id="en-US is what software says"),
    pytest.param("https://a.com/", ' lang="en-IN"', None, "IN", id="another region of English"),
    pytest.param("https://a.com/", "", "pt_BR", "BR", id="og:locale"),
    pytest.param("https://a.com/", "", "es_LA", None, id="no region of Latin America is meant by Laos"),
    pytest.param("https://a.com/", "", "zz_QQ", None, id="no country"),
]


@pytest.mark.parametrize(("url", "html", "locale", "country"), COUNTRIES)
def test_country(url: str, html: str, locale: str | None, country: str | None) -> None:
    head = f'<meta property="og:locale" content="{locale}">' if locale else ""
    assert read_outlet(url, [page(head, html=html)], None).outlet.country == country


def test_a_site_that_says_nothing() -> None:
    found = read_outlet("https://www.wire.example/", [page("<title>Home</title>", is_front=True)], None)
    assert found.outlet == Outlet("wire.example", "https://www.wire.example/")
    assert set(found.unknown) == {"country", "languages", "kind", "owner"}


def test_a_name_that_most_titles_share() -> None:
    titles = ("The Wire: news", "Rain in the hills :: The Wire", "Snow | The Wire", "Nothing shared")
    pages = [page(f"<title>{title}</title>") for title in titles]
    assert read_outlet("https://a.example/", pages, None).outlet.name == "The Wire"
    assert read_outlet("https://a.example/", pages[1:2], None).outlet.name == "a.example"


def test_names_are_cleaned() -> None:
    assert clean_name("  The\u202e \x00Wire\n ") == "The Wire"
    assert clean_name("\u200b \n") is None
    assert len(clean_name("x" * 5000) or "") == 80


APIS: list[Any] = [
    pytest.param([{"id": 1, "link": "https://a.example/x", "title": {"rendered": "X"}, "date_gmt": "2026-01-01"}],
                 ApiFields("", ("link",), ("title.rendered",), ("date_gmt",)), id="wordpress"),
    pytest.param({"data": {"posts": [{"url": "/x", "headline": "X"}]}, "links": {"next": "/?page=2"}},
                 ApiFields("data.posts", ("url",), ("headline",), (), next="links.next"), id="nested, without date"),
    pytest.param({"tags": [{"name": "x"}], "items": [{"url": "/x", "title": "X", "published": "2026"}]},
                 ApiFields("items", ("url",), ("title",), ("published",)), id="the list that has addresses"),
    pytest.param({"ok": True, "n": [1, 2]}, None, id="nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), APIS)
def test_fields_of_an_unknown_interface(data: object, expected: ApiFields | None) -> None:
    assert guess_fields(data) == expected
