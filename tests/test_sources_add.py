"""From an address alone to a source that is crawled: over the sample newsroom's outlets that ship without a spider."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.http import HtmlResponse
from scrapy.settings import Settings

from cli.adding import record
from cli.opml import opml_of, parse_opml
from crawler.scouting.scout import Answer
from crawler.spider_loader import FolderSpiderLoader
from newsroom.server import Newsroom
from pipelines.items import Outlet, Rules
from tests.command_session import run_commands
from tests.hostile_crawl import pages
from tests.hostile_server import HostileServer, answer, story

ROOT = Path(__file__).parent.parent
TRUTH = json.loads((ROOT / "newsroom" / "expected.json").read_text(encoding="utf-8"))["articles"]
OPML = """<opml version="2.0"><body><outline text="Group">
<outline text="La Llanura" xmlUrl="{llanura}"/><OUTLINE title="Known" xmlurl="{poligon}"/>
<outline text="No feed" htmlUrl="x"/><outline text="Gone" xmlUrl="{gone}"/></outline></body></opml>"""


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(port=0) as running:
        yield running


def load(workplace: SimpleNamespace, name: str) -> Any:
    loader = FolderSpiderLoader.from_settings(Settings({"SPIDERS_FOLDER": workplace.spiders, "SPIDER_MODULES": []}))
    return loader.load(name)


def test_two_outlets_nobody_configured(newsroom: Newsroom, workplace: SimpleNamespace) -> None:
    poligon, cordillera = newsroom.url("poligon"), newsroom.url("cordillera")
    (workplace.folder / "feeds.opml").write_text(
        OPML.format(llanura=newsroom.url("llanura", "/feed.xml"), poligon=newsroom.url("poligon", "/atom.xml"),
                    gone=newsroom.url("nobody", "/feed")))  # fmt: skip
    added, again, clash, second, imported, exported, checked, listed, renewed, typed, _ = run_commands(
        workplace,
        ["sources", "add", poligon],
        ["sources", "add", poligon + "atom.xml"],
        ["sources", "add", cordillera, "--name", "poligon"],
        ["sources", "add", cordillera],
        ["sources", "import-opml", "feeds.opml"],
        ["sources", "export-opml"],
        ["sources", "check", "--format", "json"],
        ["sources", "list", "--format", "json"],
        ["sources", "record", "poligon"],
        ["sources", "look", poligon.removeprefix("http://"), "--format", "json"],
        ["crawl", "poligon", "cordillera"],
    )
    assert (added.code, second.code) == (0, 0), added.err + second.err
    assert "test       passed" in added.out
    assert "kind       unknown" in added.out
    assert (again.code, "known already as poligon" in again.err) == (2, True)
    assert (clash.code, "called poligon already" in clash.err) == (2, True)
    assert len((workplace.spiders / "poligon.py").read_text("utf-8").splitlines()) <= 15
    spider = load(workplace, "poligon")
    assert spider.outlet == Outlet("Полигон-Инфо", poligon, "KZ", ("ru",))
    assert spider.start_urls == [poligon + "atom.xml"]
    assert load(workplace, "cordillera").outlet == Outlet("Cordillera Hoy", cordillera, "CL", ("es",))
    assert load(workplace, "cordillera").start_urls == [cordillera + "sitemap.xml"]
    recorded = [json.loads(path.read_text("utf-8")) for path in workplace.spiders.glob("pages/*/*.json")]
    truth = {newsroom.url(one["outlet"], one["path"]): one["headline"] for one in TRUTH}
    assert len(recorded) == 3
    assert [page["headline"] for page in recorded] == [truth[page["url"]] for page in recorded]
    assert imported.code == 1
    assert "1 of 3 feeds added" in imported.out
    assert "known already as poligon" in imported.err
    assert {each.url for each in parse_opml(exported.out.encode())} == {
        newsroom.url("poligon", "/atom.xml"),
        newsroom.url("llanura", "/feed.xml"),
    }
    assert (checked.code, {row["verdict"] for row in json.loads(checked.out)}) == (0, {"alive"})
    assert {row["name"]: row["state"] for row in json.loads(listed.out)}["poligon"] == "healthy"
    assert (renewed.code, "renewed, read as before" in renewed.out) == (0, True)
    assert json.loads(typed.out)["url"] == poligon, "typed without a scheme, and nothing answers over https"
    hosts = (poligon, cordillera)
    found = {url for url, (state, _) in pages(workplace).items() if state in {"done", "irrelevant"}}
    wanted = [one for one in TRUTH if one["outlet"] in {"poligon", "cordillera"} and 1 in one["editions"]]
    assert {newsroom.url(one["outlet"], one["path"]) for one in wanted} <= found
    assert all(url.startswith(hosts) for url in found)
    assert max(request.in_flight for request in newsroom.requests) == 1


@pytest.mark.parametrize("declared", ["text/html; charset=windows-1251", "text/html"])
def test_a_page_of_another_encoding_is_recorded_as_it_came(tmp_path: Path, declared: str) -> None:
    headline = "Польша заказала двенадцать истребителей в Соединённых Штатах"
    text = f"<p>{headline}, сообщило министерство обороны страны в понедельник.</p>" * 5
    head = '<meta charset="windows-1251">' if declared == "text/html" else ""
    body = f"<html><head>{head}<title>{headline}</title></head><body><h1>{headline}</h1>{text}".encode("cp1251")
    response = HtmlResponse("https://a.example/1", body=body, headers={"Content-Type": declared})
    kept = record(Answer(response.url, response), tmp_path, Rules())
    assert (kept.html.read_bytes(), kept.expected["headline"]) == (body, headline)
    assert kept.differences(Rules()) == []


MISTAKES = ["ftp://a.example/", "http://user:secret@a.example/", "http://a.example\\@b.example/", "", "http://"]


def test_a_site_that_would_write_our_program(workplace: SimpleNamespace) -> None:
    name = '"); import os; os.system("touch owned"); ("'
    with HostileServer() as site:
        links = [site.url("evil", f"/{n}?q=%22);boom(%22") for n in range(3)]
        site.feed("evil", "/feed", links)
        escaped = name.replace('"', "&quot;")
        head = f'<meta property="og:site_name" content="{escaped}">'
        head += '<link rel="alternate" type="application/rss+xml" href="/feed">'
        site.pages["evil", "/"] = answer(f"<html><head>{head}</head><body><h1>Front</h1></body></html>".encode())
        for n in range(3):
            site.pages["evil", f"/{n}?q=%22);boom(%22"] = answer(story(n, head=head).encode())
        site.pages["tricky", "/"] = answer(b"", status="302 Found", location="http://10.1.2.3/")
        done, inside, redirected, *mistaken = run_commands(
            workplace,
            ["sources", "add", site.url("evil")],
            ["sources", "look", "http://10.1.2.3/"],
            ["sources", "look", site.url("tricky"), "--format", "json"],
            *(["sources", "look", text] for text in MISTAKES),
            ["sources", "set", "evil"],
            ["sources", "set", "evil", "--every", "1m"],
            ["sources", "pause", "nobody"],
            ["sources", "add", "https://a.example/", "--folder", "/proc/none"],
        )
    assert done.code == 0, done.err
    assert load(workplace, "evil").outlet.name == name
    assert not list(workplace.folder.rglob("owned"))
    assert (inside.code, "private address" in inside.out) == (1, True)
    assert json.loads(redirected.out)["problem"] == "private address"
    assert [each.code for each in mistaken] == [2] * len(mistaken)
    assert all(each.err for each in mistaken)


def test_opml_goes_out_and_comes_back() -> None:
    url = "https://a.example/?a=1&b=<2>"
    text = opml_of([("a_b", Outlet('A & "B"', "https://a.example/", "FR", ("fr",), "agency"), url)])
    assert [(each.url, each.title) for each in parse_opml(text.encode())] == [(url, 'A & "B"')]
    assert 'category="/FR,/agency"' in text


@pytest.mark.parametrize(
    "body",
    [b"", b"not xml", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><opml><outline xmlUrl='&e;'/></opml>"],
)
def test_opml_of_strangers(body: bytes) -> None:
    assert [each.url for each in parse_opml(body) if "root" in each.url] == []
