"""Further ways in over the wire: a real crawl of loopback stand-ins, each of them in its own markup."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import ClassVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.article import Article
from models.connection import connect
from models.crawl import Capture, CrawlRun, Page
from models.outlet import Outlet

KEY = "s3cret/key"
HEADLINE = "Poland orders 12 F-16 fighter jets from the United States"
TEXT = "Poland has signed a contract to buy 12 F-16 fighter jets from the United States, the ministry said."
STORY = f"<html lang=en><head><title>{HEADLINE}</title></head><body><article><h1>{HEADLINE}</h1><p>{TEXT}</p><p>{TEXT}"
CHANNEL = f"""<html><div class="tgme_widget_message" data-post="mod/7"><div class="js-message_text">{HEADLINE}<br/>
{TEXT}
</div><a class="tgme_widget_message_date"><time datetime="2026-11-05T10:15:00+00:00"></time></a></div></html>"""
SEARCH = (
    "<rss><channel><item><link>{base}/to-story</link></item><item><link>{base}/opaque</link></item></channel></rss>"
)
SPIDERS = """
from crawler.base_spiders import ApiSpider, NewsSearchSpider, TelegramSpider, WaybackSpider
from crawler.base_spiders.api_pages import ApiFields
from pipelines.items import Outlet


class ChannelSpider(TelegramSpider):
    name = "channel"
    outlet = Outlet("Channel", "https://t.me/mod", "PL", ("en",), "government")
    start_urls = ["{base}/s/mod"]


class KeyedSpider(ApiSpider):
    name = "keyed"
    outlet = Outlet("Keyed", "{base}/", "PL", ("en",), "newspaper")
    start_urls = ["{base}/api?q=arms", "{base}/moved"]
    fields = ApiFields(items="items")
    key_parameter = "api_key"


class SearchSpider(NewsSearchSpider):
    name = "search"
    outlet = Outlet("A search", kind="discovery")
    start_urls = ["{base}/search"]


class KeptSpider(WaybackSpider):
    name = "kept"
    outlet = Outlet("Kept", "http://kept.example/", "PL", ("en",), "newspaper")
    patterns = ("kept.example/*",)
    archive = "{base}"
"""


class Handler(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        base, other = f"http://127.0.0.1:{port}", f"http://127.0.0.2:{port}"
        self.asked.append(f"{self.headers['Host']}{self.path}")
        path, _, query = self.path.partition("?")
        moved = {"/moved": f"{other}/api", "/to-story": f"{other}/story"}
        if path in moved:
            self.answer(302, "", Location=moved[path])
        elif path == "/api" and self.headers["Host"].startswith("127.0.0.1") and "api_key=s3cret%2Fkey" not in query:
            self.answer(403, "no key")
        elif path.startswith("/web/20240102030405id_/http://kept.example/") or path in ("/story", "/api-story"):
            self.answer(200, STORY)
        else:
            self.answer(200 if path in self.pages(base) else 404, self.pages(base).get(path, ""))

    def pages(self, base: str) -> dict[str, str]:
        return {
            "/s/mod": CHANNEL,
            "/api": json.dumps({"items": [{"url": f"{base}/api-story", "title": "T"}]}),
            "/search": SEARCH.format(base=base),
            "/opaque": "<html><p>This page leads on by script only.</p></html>",
            "/cdx/search/cdx": json.dumps([["timestamp", "original"], ["20240102030405", "http://kept.example/a"]]),
        }

    def answer(self, status: int, text: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    Handler.asked.clear()
    server = ThreadingHTTPServer(("", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def test_further_ways_in(armswatch: Callable[..., object], workplace: SimpleNamespace, port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    (workplace.spiders / "further.py").write_text(SPIDERS.replace("{base}", base))
    run = armswatch("crawl", "channel", "keyed", "search", "kept", ARMSWATCH_KEY_KEYED=KEY, ARMSWATCH_LOG_LEVEL="DEBUG")
    engine = connect(workplace.url)
    with Session(engine) as session:
        rows = session.execute(
            select(Article.canonical_url, Outlet.name, Article.first_seen_at).join(
                Outlet, Article.outlet_id == Outlet.id
            )
        ).all()
        pages = {
            url: (state, reason) for url, state, reason in session.execute(select(Page.url, Page.state, Page.reason))
        }
        reasons = list(session.scalars(select(CrawlRun.reason)))
        finals = list(session.scalars(select(Capture.final_url)))
    engine.dispose()
    articles = {url: (outlet, seen) for url, outlet, seen in rows}
    assert {url: outlet for url, (outlet, _) in articles.items()} == {
        "https://t.me/mod/7": "Channel",
        f"{base}/api-story": "Keyed",
        f"http://127.0.0.2:{port}/story": "127.0.0.2",
        "http://kept.example/a": "Kept",
    }, (run.stdout, pages)
    assert f"{articles['http://kept.example/a'][1]:%Y-%m-%d %H:%M:%S}" == "2024-01-02 03:04:05"
    assert pages[f"{base}/opaque"] == ("refused", "unresolved")
    # The key went to its own origin only, and stands nowhere else.
    assert any("api?q=arms&api_key=" in asked for asked in Handler.asked)
    assert not any("api_key" in asked for asked in Handler.asked if asked.startswith("127.0.0.2"))
    kept = "".join([run.stdout, run.stderr, *pages, *map(str, reasons), *finals])
    files = [path for path in workplace.data.rglob("*") if path.is_file()]
    assert "s3cret" not in kept
    assert not [path for path in files if b"s3cret" in path.read_bytes()]


def test_a_key_of_no_source_is_a_mistake(armswatch: Callable[..., object]) -> None:
    run = armswatch("sources", "list", ARMSWATCH_KEY_NOBODY="x")
    assert (run.returncode, run.stderr) == (2, "armswatch: ARMSWATCH_KEY_NOBODY: no source nobody that takes a key\n")
