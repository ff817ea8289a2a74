"""Feeds of searches and transfers, read back by feedparser."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from time import struct_time
from typing import Any

import feedparser
import pytest
from lxml import etree, html
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.search_index import SearchIndex
from pipelines.store_transfers import rebuild_transfers
from tests.sample_rows import NOW, add_article, add_claim, new_database
from tests.web_browser import Browser, local_browser
from web.app import create_app
from web.feed_formats import permanent_id, xml_text

HOSTILE = "<script>alert(1)</script> ]]> & &lt;b&gt; \x00\x08\ufffe \u202e {{7*7}}"
KINDS = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}


def write_rows(folder: Path) -> tuple[Browser, Engine]:
    engine = new_database(folder)
    with Session(engine) as session, session.begin():
        jets = add_article(session, "rafale", f"Egypt {HOSTILE} signed for 30 Rafale jets.", headline=f"Jets {HOSTILE}")
        add_claim(session, jets, f"{HOSTILE} signed for 30 Rafale", quantity=30)
        add_article(session, "old", "Old jets.", published_at=NOW - timedelta(days=400))
        add_article(session, "undated", "Undated jets.", published_at=None, canonical_url="javascript:alert(1)")
        add_article(session, "tanks", "Tanks for Poland.")
    rebuild_transfers(engine)
    SearchIndex(folder / "index").update(engine)
    return local_browser(create_app(str(engine.url), folder / "index", now=lambda: NOW)), engine


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, Engine]]:
    browser, engine = write_rows(tmp_path_factory.mktemp("feeds"))
    yield browser, engine
    engine.dispose()


def entries(browser: Browser, address: str) -> list[dict[str, Any]]:
    """Give the entries in one form: id, title, link, text, instant."""
    answer = browser.get(address)
    assert answer.status_code == 200
    kind = re.findall(r"\.(\w+)", address)[0]
    assert answer.headers["content-type"] == f"{KINDS[kind]}; charset=utf-8"
    if kind == "json":
        body = answer.json()
        assert body["version"] == "https://jsonfeed.org/version/1.1"
        return [{"id": each["id"], "title": each["title"], "link": each["url"], "text": each["content_text"],
                 "at": datetime.fromisoformat(each["date_published"])} for each in body["items"]]  # fmt: skip
    etree.fromstring(answer.content)
    read = feedparser.parse(answer.content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == {"atom": "atom10", "rss": "rss20"}[kind]
    return [
        {
            "id": each.id,
            "title": each.title,
            "link": each.link,
            "at": instant(each.published_parsed),
            "text": text(each),
        }
        for each in read.entries
    ]


def text(entry: Any) -> str:
    return entry.content[0].value if "content" in entry else entry.summary


def instant(parsed: struct_time) -> datetime:
    return datetime(*parsed[:6], tzinfo=UTC)


@pytest.mark.parametrize("kind", KINDS)
def test_a_search_is_a_feed(served: tuple[Browser, Engine], kind: str) -> None:
    found = entries(served[0], f"/feeds/articles.{kind}?q=jets&page=3&order=relevance")
    assert [each["at"] for each in found[:2]] == [NOW - timedelta(days=1), NOW - timedelta(days=400)]
    assert found[0]["link"] == "https://harbour.example/rafale"
    assert found[2]["link"].startswith("http://localhost/articles/")
    assert "FRA to EGY: 30 Rafale, contracted" in unescape(found[0]["text"])
    assert "signed for 30 Rafale”" in unescape(found[0]["text"])
    assert len({each["id"] for each in found}) == 3
    assert found[0]["id"] == permanent_id("https://harbour.example/rafale")
    assert len(entries(served[0], f"/feeds/articles.{kind}?q=jets&supplier=FRA")) == 1
    assert entries(served[0], f"/feeds/articles.{kind}?q=nothing") == []


@pytest.mark.parametrize("kind", KINDS)
def test_strangers_texts_stay_texts(served: tuple[Browser, Engine], kind: str) -> None:
    (first, *_) = entries(served[0], f"/feeds/articles.{kind}?q=jets")
    if kind == "json":
        assert first["title"] == f"Jets {HOSTILE}"
        return
    answer = served[0].get(f"/feeds/articles.{kind}?q=jets")
    raw = feedparser.parse(answer.content, sanitize_html=False).entries[0]
    body = html.fragment_fromstring(text(raw), create_parent="div")
    assert {each.tag for each in body.iter()} == {"div", "p"}
    assert "“<script>alert(1)</script> ]]>" in body.text_content()
    assert raw.title_detail.type == ("text/html" if kind == "rss" else "text/plain")
    title = html.fragment_fromstring(raw.title, create_parent="div").text_content() if kind == "rss" else raw.title
    assert title.startswith("Jets <script>alert(1)</script> ]]> & &lt;b&gt;")


@pytest.mark.parametrize("kind", KINDS)
def test_transfers_are_a_feed(served: tuple[Browser, Engine], kind: str) -> None:
    (entry,) = entries(served[0], f"/feeds/transfers.{kind}?supplier=fra")
    assert (entry["title"], entry["at"]) == ("FRA to EGY: Rafale, contracted", NOW - timedelta(days=1))
    assert "contracted, independent origins: 1" in entry["text"]
    assert entries(served[0], f"/feeds/transfers.{kind}?supplier=USA") == []


def test_what_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    browser, engine = write_rows(tmp_path)
    held = {kind: browser.get(f"/feeds/transfers.{kind}").headers["etag"] for kind in KINDS}

    def statuses() -> set[int]:
        asked = [(f"/feeds/transfers.{kind}", {"if-none-match": etag}) for kind, etag in held.items()]
        return {browser.get(address, headers=headers).status_code for address, headers in asked}

    assert statuses() == {304}
    with Session(engine) as session, session.begin():
        more = add_article(session, "handed-over", "Egypt received 12 Rafale.")
        add_claim(session, more, "12 Rafale", quantity=12, status="delivered")
    rebuild_transfers(engine)
    assert statuses() == {200}
    engine.dispose()


MISTAKES = [
    ("articles.xml", 404),
    ("articles.atom?q=(", 400),
    ("transfers.rss?origins=x", 400),
    ("transfers.rss?q=x", 400),
    ("x", 404),
]


@pytest.mark.parametrize(("address", "status"), MISTAKES)
def test_mistakes(served: tuple[Browser, Engine], address: str, status: int) -> None:
    answer = served[0].get(f"/feeds/{address}")
    assert (answer.status_code, list(answer.json())) == (status, ["error"])


def test_the_page_of_articles_names_its_feed(served: tuple[Browser, Engine]) -> None:
    page = served[0].get("/articles?q=jets&order=date&country=GB").text
    (address,) = re.findall(r'rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)"', page)
    assert unescape(address) == "/feeds/articles.atom?country=GB&q=jets"
    assert len(entries(served[0], unescape(address))) == 3


def test_what_no_xml_may_hold() -> None:
    assert xml_text("a\x00b\ud800c\ufffed\U0001f600\n") == "a b c d\U0001f600\n"
