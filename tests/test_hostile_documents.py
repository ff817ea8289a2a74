"""Documents that break parsers, one crawl over all of them: each costs itself at most, and time is bounded."""

import json
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from tests.hostile_crawl import articles, pages, runs, write_spider
from tests.hostile_server import HostileServer, answer, good, story

Run = Callable[..., Any]
BIG = "9" * 10_000


def declared(charset: str, number: int, codec: str = "utf-8") -> bytes:
    body = story(number, extra="<p>Größe – ﻿naïve</p>").encode(codec, "replace")
    return answer(body, content_type=f"text/html; charset={charset}")


def with_json(number: int, text: str) -> bytes:
    good_block = json.dumps({"@type": "NewsArticle", "headline": "x", "datePublished": "2026-11-01T10:00:00Z"})
    return good(number, head="".join(f'<script type="application/ld+json">{t}</script>' for t in (text, good_block)))


KEPT = {
    "zlib": declared("zlib_codec", 1),
    "unknown": declared("x-no-such-charset", 2),
    "undefined": declared("undefined", 3),
    "utf-16": declared("utf-16", 4, "utf-16"),
    "lying": declared("utf-16", 5),
    "windows": declared("utf-8", 6, "cp1252"),
    "no-type": answer(story(7).encode(), content_type=""),
    "octets": answer(story(8).encode(), content_type="application/octet-stream"),
    "nul": good(9, headline="Chile orders 31 howitzers\x00 from\x00 Brazil &#0; &#xd800;"),
    "surrogate-json": with_json(10, '{"@type": "NewsArticle", "headline": "\\ud800 \\u0000 orders"}'),
    "deep-json": with_json(11, '{"a":' * 50_000 + "1" + "}" * 50_000),
    "array-json": with_json(12, "[" * 100_000),
    "long-integer": with_json(13, f'{{"@type": "NewsArticle", "wordCount": {BIG}, "x": NaN, "y": 1e{BIG}}}'),
    "bad-json": with_json(14, '{"@type": "NewsArticle", headline: “quoted”, }'),
    "long-title": good(15, head="<meta property=og:title content='" + "Poland orders " * 70_000 + "'>"),
    "comments": good(16, extra="<!--" * 50_000),
}
ENDED = {  # what ends in any state but "wanted", in bounded time
    "long-headline": good(20, headline="Kenya orders howitzers " * 45_000),
    "deep": good(21, extra="<div>" * 100_000),
    "deep-tables": good(22, extra="<table><tr><td>" * 20_000),
    "colspan": good(23, extra="<table>" + "<tr><td colspan=2147483648 rowspan=2147483648>1<td>2" * 20 + "</table>"),
    "rows": good(24, extra="<table><tr><th>Year<th>Value" + "<tr><td>2001<td>5" * 200_000 + "</table>"),
    "blanks": good(25, extra="<p>a" + " " * 5_000_000 + "b</p>"),
    "digits": good(26, extra="<p>" + "1" * 5_000_000 + "</p>"),
    "separators": good(27, extra="<p>" + "1,1.1 " * 300_000 + "</p>"),
    "dollars": good(28, extra="<p>" + "$1 billion-$" * 100_000 + "</p>"),
    "word": good(29, extra="<p>" + "howitzer" * 200_000 + "</p>"),
    "attributes": good(30, extra="<p " + " ".join(f"a{n}=1" for n in range(10_000)) + ">x</p>"),
    "entities": answer(
        b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        + story(31, extra="<p>&b;&c;</p>").encode()
    ),
}
REFUSED = {
    "pdf": answer(b"%PDF-1.7\n<html>" + bytes(5000)),
    "png": answer(b"\x89PNG\r\n\x1a\n" + bytes(5000)),
    "empty": answer(b""),
    "blank": answer(b" \n" * 500),
    "nuls": answer(bytes(100_000)),
    "no-text": answer(b"<html><body></body></html>"),
}


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as server:
        server.pages |= {(slug, "/a"): page for slug, page in (KEPT | ENDED | REFUSED).items()}
        yield server


def test_each_document_costs_itself_at_most(armswatch: Run, workplace: SimpleNamespace, server: HostileServer) -> None:
    links = [server.url(slug, "/a") for slug in (*KEPT, *ENDED, *REFUSED)]
    write_spider(workplace, "documents", server.feed("feed", "/feed", links), DOWNLOAD_TIMEOUT=40)
    began = time.monotonic()
    done = armswatch("crawl", "documents")
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - began < 60
    found = {slug: pages(workplace)[server.url(slug, "/a")] for slug in (*KEPT, *ENDED, *REFUSED)}
    assert {slug: found[slug] for slug in KEPT} == dict.fromkeys(KEPT, ("done", None))
    assert {found[slug][0] for slug in REFUSED} == {"refused"}
    assert {slug: end for slug, end in found.items() if end[0] in ("wanted", "kept")} == {}
    assert {"root:" in json.dumps(each.headline) for each in articles(workplace).values()} == {False}
    (run,) = runs(workplace)
    assert run.outcome == "finished", run.reason
    assert not [name for name in run.counts if name.startswith("extract/error")]
    assert sum(number for name, number in run.counts.items() if name.startswith("page/")) == len(links)
    assert armswatch("db", "check").returncode == 0
