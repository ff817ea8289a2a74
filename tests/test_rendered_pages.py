"""A page that writes its text by script, rendered by the real Chromium, on loopback."""

import shutil
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
from models.crawl import CrawlRun, Page

pytestmark = pytest.mark.skipif(
    shutil.which("chromium") is None, reason="Chromium is not installed, so nothing can be rendered"
)

ARTICLE = """<!doctype html><html lang=en><head><title>Wire</title>
<script src="/app.js"></script><script src="http://127.0.0.2:{port}/third.js"></script></head>
<body><div id=app></div><img src="/picture.png"><script src="/private.js"></script></body></html>"""
APP = """
fetch("/data.json").then(answer => answer.json()).then(data => {
  document.title = data.title;
  document.getElementById("app").innerHTML = "<article><h1>" + data.title + "</h1><p>" + data.text + "</p></article>";
});
fetch("http://169.254.169.254/latest/meta-data/").catch(() => 0);
new WebSocket("ws://127.0.0.2:PORT/socket");
"""
DATA = (
    '{"title": "Poland orders 12 F-16 fighter jets from the United States", "text": "'
    + "Poland has signed a contract to buy 12 F-16 fighter jets from the United States, the ministry said. " * 3
    + '"}'
)
LISTING = """<html><body><main id=m></main><script>document.getElementById("m").innerHTML =
  '<article><h2><a href="/story-about-a-sale">Poland orders twelve fighter jets today</a></h2></article>';</script>"""
SPIDER = """
from crawler.base_spiders import ListingSpider
from pipelines.items import Outlet


class ScriptedSpider(ListingSpider):
    name = "scripted"
    outlet = Outlet("Scripted", "http://127.0.0.1:{port}/", "PL", ("en",), "newspaper", owner="S")
    start_urls = ["http://127.0.0.1:{port}/"]
    needs_browser = True
"""


class Handler(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        self.asked.append((self.headers["Host"].split(":")[0], self.path))
        pages = {
            "/": LISTING,
            "/story-about-a-sale": ARTICLE.replace("{port}", str(port)),
            "/app.js": APP.replace("PORT", str(port)),
            "/data.json": DATA,
            "/robots.txt": "User-agent: *\nDisallow: /private.js",
        }
        body = pages.get(self.path, "").encode()
        kind = {"js": "text/javascript", "json": "application/json", "txt": "text/plain"}
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind.get(self.path.rpartition(".")[2], "text/html"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

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


def test_a_page_written_by_script_is_read(
    armswatch: Callable[..., object], workplace: SimpleNamespace, port: int
) -> None:
    (workplace.spiders / "scripted.py").write_text(SPIDER.replace("{port}", str(port)))
    run = armswatch("crawl", "scripted", ARMSWATCH_ALLOW_ADDRESSES="127.0.0.1/32")
    assert run.returncode == 0, run.stdout + run.stderr
    with Session(connect(workplace.url)) as session:
        [article] = session.scalars(select(Article)).all()
        assert session.scalar(select(Page.state)) == "done"
        assert article.headline == "Poland orders 12 F-16 fighter jets from the United States"
    # Neither the other host nor pictures nor what robots.txt forbids was asked for, nor anything beside our own gate.
    assert sorted({path for _, path in Handler.asked}) == [
        "/", "/app.js", "/data.json", "/robots.txt", "/story-about-a-sale",
    ]  # fmt: skip
    assert {host for host, _ in Handler.asked} == {"127.0.0.1"}
    replayed = armswatch("replay", "--dry-run")
    assert "0 would change" in replayed.stdout


def test_without_the_extra_a_crawl_says_what_is_missing(
    armswatch: Callable[..., object], workplace: SimpleNamespace, port: int
) -> None:
    """The spider file hides the extra, as where it is not installed."""
    hidden = 'import sys\n\nsys.modules["scrapy_playwright"] = None\n'
    (workplace.spiders / "scripted.py").write_text(hidden + SPIDER.replace("{port}", str(port)))
    named, due = armswatch("crawl", "scripted"), armswatch("crawl")
    assert (named.returncode, named.stderr.count("\n")) == (2, 1)
    assert "install the extra, `armswatch[browser]`" in named.stderr
    assert due.returncode == 1
    with Session(connect(workplace.url)) as session:
        [run] = session.scalars(select(CrawlRun)).all()
    assert (run.outcome, run.reason) == ("failed", f"no browser installed (http://127.0.0.1:{port}/)")
