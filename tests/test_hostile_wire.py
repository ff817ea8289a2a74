"""Faults on the wire, one crawl over all of them: each page ends in its own state, the good ones beside it are kept."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import brotli
import pytest
from backports import zstd

from tests.hostile_crawl import articles, pages, runs, write_spider
from tests.hostile_server import HostileServer, Wire, answer, good, redirect, story

Run = Callable[..., object]
ENDLESS = b"a" * 65536


def slow_head(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\n")
    while not wire.wait(0.3):
        wire.send(b"X-More: 1\r\n")


def stalled_body(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<html>")
    wire.wait(30)


def dripping_body(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    while not wire.wait(0.2):
        wire.send(b"<p>more")


def endless_body(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    while not wire.closing.is_set():
        wire.send(ENDLESS)


def endless_informational(wire: Wire) -> None:
    while not wire.wait(0.05):
        wire.send(b"HTTP/1.1 103 Early Hints\r\n\r\n")


def slow_but_honest(wire: Wire) -> bool:
    whole = good(1)
    cut = len(whole) // 4
    wire.send(whole[:cut], whole[cut : 2 * cut], whole[2 * cut :], pause=0.6)
    return True


def reset(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<html>")
    wire.socket.setsockopt(1, 13, b"\x01\x00\x00\x00\x00\x00\x00\x00")  # SO_LINGER of 0 s: close() resets


def short_body(wire: Wire) -> None:
    body = story(2).encode()
    wire.send(answer(body, content_length=len(body) + 500))


def bad_chunk(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\nzz\r\n")


def cut_chunks(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n")


def two_answers(wire: Wire) -> bool:
    """One asked for, and one that would be taken for the next page's."""
    wire.send(good(3) + good(4, headline="Norway orders 999 smuggled frigates from Japan"))
    return True


def packed(body: bytes, encoding: str) -> bytes:
    if encoding == "deflate":
        return zlib.compress(body)
    if encoding == "raw deflate":
        packer = zlib.compressobj(wbits=-15)
        return packer.compress(body) + packer.flush()
    return {"gzip": gzip.compress, "br": lambda body: brotli.compress(body, quality=4), "zstd": zstd.compress}[
        encoding
    ](body)


def bomb(encoding: str) -> bytes:
    return answer(packed(bytes(80_000_000), encoding), content_encoding=encoding)


FAILED = {  # slug: (behaviour, reason)
    "slow-head": (slow_head, "timeout"),
    "stalled": (stalled_body, "timeout"),
    "dripping": (dripping_body, "timeout"),
    "informational": (endless_informational, "timeout"),
    "endless": (endless_body, "too large"),
    "announced": (answer(b"<html>", content_length=10**12), "too large"),
    "reset": (reset, "incomplete"),
    "short": (short_body, "incomplete"),
    "bad-chunk": (bad_chunk, "incomplete"),
    "cut-chunks": (cut_chunks, "incomplete"),
    "nothing": (lambda _: None, "incomplete"),
    "no-http": (b"SSH-2.0-OpenSSH_9.6\r\n" * 3, "incomplete"),
    "cut-gzip": (answer(packed(story(5).encode(), "gzip")[:-40], content_encoding="gzip"), "incomplete"),
    "cut-deflate": (answer(packed(story(5).encode(), "deflate")[:-40], content_encoding="deflate"), "incomplete"),
    "cut-br": (answer(packed(story(5).encode(), "br")[:-40], content_encoding="br"), "incomplete"),
    "cut-zstd": (answer(packed(story(5).encode(), "zstd")[:-40], content_encoding="zstd"), "incomplete"),
    "corrupt-gzip": (answer(gzip.compress(story(5).encode())[:60] + b"\xff" * 300, content_encoding="gzip"),
                     "incomplete"),
    "no-gzip": (answer(b"<html>not packed", content_encoding="gzip"), "incomplete"),
    "bomb-gzip": (bomb("gzip"), "too large"),
    "bomb-deflate": (bomb("deflate"), "too large"),
    "bomb-br": (bomb("br"), "too large"),
    "bomb-zstd": (bomb("zstd"), "too large"),
    "bomb-twice": (answer(gzip.compress(gzip.compress(bytes(300_000_000))), content_encoding="gzip, gzip"),
                   "too large"),
    "large": (answer(b"<html>" + bytes(20_000_000)), "too large"),
    "loop": (redirect("/a"), "redirect loop"),
    "long-location": (redirect("/" + "a" * 1_000_000), "incomplete"),
    "no-location": (answer(b"", status="302 Found"), "redirect not followed"),
    "status-500": (answer(b"", status="500 Oops"), "status 500"),
    "status-304": (answer(b"", status="304 Not Modified"), "status 304"),
    "status-999": (answer(b"", status="999 No"), "status 999"),
}  # fmt: skip
KEPT = {
    "slow": slow_but_honest,
    "two-answers": two_answers,
    "after-two": good(6),
    "long-header": answer(story(7).encode(), x_long="a" * 60_000),
    "bad-header": b"HTTP/1.1 200 OK\r\nnonsense\r\n" + good(8).partition(b"\r\n")[2],
    "many-headers": answer(story(9).encode(), **{f"x_{n}": "a" * 500 for n in range(100)}),
    "gzip": answer(packed(story(10).encode(), "gzip"), content_encoding="gzip"),
    "deflate": answer(packed(story(11).encode(), "deflate"), content_encoding="deflate"),
    "raw-deflate": answer(packed(story(12).encode(), "raw deflate"), content_encoding="deflate"),
    "br": answer(packed(story(13).encode(), "br"), content_encoding="br"),
    "zstd": answer(packed(story(14).encode(), "zstd"), content_encoding="zstd"),
    "twice": answer(gzip.compress(gzip.compress(story(15).encode())), content_encoding="gzip, gzip"),
    "unknown-encoding": answer(story(16).encode(), content_encoding="utf-8"),
    "gzip-and-more": answer(gzip.compress(story(17).encode()) + b"\0" * 9, content_encoding="gzip"),
    "moved": redirect("/b"),
    "cookies": answer(story(19).encode(), set_cookie="a=b; domain=localhost"),
    **{f"good-{n}": good(20 + n) for n in range(6)},
}


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as server:
        server.pages |= {(slug, "/a"): behaviour for slug, (behaviour, _) in FAILED.items()}
        server.pages |= {(slug, "/a"): behaviour for slug, behaviour in KEPT.items()}
        server.pages["moved", "/b"] = good(18)
        server.pages["two-answers", "/b"] = good(40)
        yield server


def test_each_fault_costs_its_own_page(armswatch: Run, workplace: SimpleNamespace, server: HostileServer) -> None:
    links = [server.url(slug, "/a") for slug in (*FAILED, *KEPT)] + [server.url("two-answers", "/b")]
    write_spider(workplace, "wire", server.feed("feed", "/feed", links))
    assert armswatch("crawl", "wire").returncode == 0
    found = pages(workplace)
    kept = articles(workplace)
    reasons = {slug: found[server.url(slug, "/a")][1] for slug in FAILED}
    assert reasons == {slug: why for slug, (_, why) in FAILED.items()}
    assert {found[server.url(slug, "/a")][0] for slug in FAILED} <= {"failed", "refused"}
    assert [slug for slug in KEPT if found[server.url(slug, "/a")][0] != "done"] == []
    assert sorted(found) == sorted(links), "every URL that was found has one state"
    assert len(kept) == len(KEPT) + 1
    assert not any("smuggled" in article.headline for article in kept.values())
    assert not any("cookie" in each.headers for each in server.asked())
    (run,) = runs(workplace)
    assert run.outcome == "finished", run.reason
    assert sum(number for name, number in run.counts.items() if name.startswith("page/")) == len(links)
    assert run.counts["memory_mb"] < 400
