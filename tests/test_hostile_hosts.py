"""Hosts that are down, want a pause, have strange robots.txt or certificates: as the server counts, not the client."""

import datetime as dt
import socket
import sqlite3
import ssl
from collections.abc import Callable, Iterator
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import select

from models import Page as PageRow
from tests.hostile_crawl import articles, pages, rows, runs, sources, write_spider
from tests.hostile_server import HostileServer, Wire, answer, good, redirect, story

Run = Callable[..., Any]
NOW = dt.datetime.now(dt.UTC)
DATE = format_datetime(NOW + dt.timedelta(hours=2), usegmt=True)
OOPS = answer(b"", status="500 Oops")
PLAIN = "text/plain"


def endless_robots(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nDisallow: /a\n")
    while not wire.closing.is_set():
        wire.send(b"# more\n" * 9000)


PAUSES = {  # slug: first answer; the pages of each stay due and unspent
    "seconds": answer(b"", status="429 Slow down", retry_after=3600),
    "date": answer(b"", status="503 Busy", retry_after=DATE),
    "absurd": answer(b"", status="429 Slow down", retry_after=999_999_999),
}
ROBOTS = {  # slug: (robots.txt, state and reason of the host's pages)
    "robots-500": (OOPS, ("wanted", "robots unreachable")),
    "robots-timeout": (lambda wire: wire.wait(30), ("wanted", "timeout")),
    "robots-reset": (lambda _: None, ("wanted", "incomplete")),
    "robots-loop": (redirect("/robots.txt?"), ("wanted", "redirect loop")),
    "robots-429": (answer(b"", status="429 No", retry_after=3600), ("wanted", "paused by host")),
    "robots-60-mb": (
        answer(b"User-agent: *\nDisallow: /a\n" + b"# filling\n" * 6_000_000, content_type=PLAIN),
        ("refused", "robots"),
    ),
    "robots-endless": (endless_robots, ("refused", "robots")),
    "robots-forbids": (answer(b"User-agent: *\nDisallow: /", content_type=PLAIN), ("refused", "robots")),
    "robots-html": (answer(b"<html><p>User-agent: *<p>Disallow: /"), ("done", None)),
    "robots-403": (answer(b"", status="403 No"), ("done", None)),
    "robots-binary": (answer(bytes(range(256)) * 99, content_type=PLAIN), ("done", None)),
    "robots-patterns": (
        answer(b"User-agent: *\nDisallow: /" + b"*a" * 2000 + b"*b$\n" + b"Disallow: /*a*a*a*a*c$\n" * 2000,
               content_type=PLAIN),
        ("done", None),
    ),
    "robots-utf-16": (answer("User-agent: *\nAllow: /".encode("utf-16"), content_type=PLAIN), ("done", None)),
}  # fmt: skip


def flapping(times: int, number: int) -> Callable[[Wire], bool]:
    left = [times]

    def page(wire: Wire) -> bool:
        left[0] -= 1
        wire.send(answer(b"", status="503 Busy") if left[0] >= 0 else good(number))
        return True

    return page


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as server:
        yield server


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def certificate(folder: Path) -> ssl.SSLContext:
    """A server's context with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "self-signed.localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, NOW, NOW + dt.timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("self-signed.localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context


def test_hosts_in_trouble_do_not_hold_up_the_others(
    armswatch: Run, workplace: SimpleNamespace, server: HostileServer
) -> None:
    links = []
    for slug, page in PAUSES.items():
        server.pages |= {(slug, f"/{n}"): page for n in range(5)}
        links += [server.url(slug, f"/{n}") for n in range(5)]
    for number, (slug, (robots, _)) in enumerate(ROBOTS.items()):
        server.pages |= {(slug, "/robots.txt"): robots, (slug, "/" + "a" * 300): good(number)}
        links.append(server.url(slug, "/" + "a" * 300))
    server.pages |= {("flapping", "/a"): flapping(1, 20), ("always-500", "/a"): OOPS, ("good", "/a"): good(21)}
    links += [server.url(slug, "/a") for slug in ("flapping", "always-500", "good")]
    down = f"http://down.localhost:{closed_port()}/a"
    with HostileServer(tls=certificate(workplace.folder)) as secret:
        secret.pages["self-signed", "/a"] = good(22)
        signed = secret.url("self-signed", "/a")
        write_spider(workplace, "hosts", server.feed("feed", "/feed", [*links, down, signed]))
        done = armswatch("crawl", "hosts")
        assert done.returncode == 0, done.stderr
        assert secret.asked() == []
    found = pages(workplace)
    assert {slug: found[server.url(slug, "/" + "a" * 300)] for slug in ROBOTS} == {
        slug: end for slug, (_, end) in ROBOTS.items()
    }
    assert found[down] == ("wanted", "connection refused")
    assert found[signed] == ("wanted", "TLS")
    assert found[server.url("flapping", "/a")] == ("done", None)
    assert found[server.url("always-500", "/a")] == ("failed", "status 500")
    assert sorted(found) == sorted([*links, down, signed])
    check_pauses(workplace, server)
    for slug, (_, (state, _)) in ROBOTS.items():
        asked = {each.path[:2] for each in server.asked(slug)}
        assert asked == ({"/r", "/a"} if state == "done" else {"/r"}), slug
    unanswered = {"robots-timeout", "robots-endless"}  # the server does not see at once that nobody listens any more
    assert max(each.in_flight for each in server.asked() if each.host not in unanswered) == 1


def check_pauses(workplace: SimpleNamespace, server: HostileServer) -> None:
    for slug in PAUSES:
        assert len([each for each in server.asked(slug) if each.path != "/robots.txt"]) == 1, "no retry storm"
    paused = [row for row in rows(workplace, select(PageRow)) if row.reason == "paused by host"]
    assert len(paused) == 5 * len(PAUSES) + 1
    assert {(row.state, row.attempts) for row in paused} == {("wanted", 0)}
    waits = [(row.next_fetch_at - NOW).total_seconds() for row in paused]
    assert min(waits) > 3000
    assert max(waits) < 6 * 3600 + 900


def test_what_an_outage_hid_is_stored_when_it_is_over(armswatch: Run, workplace: SimpleNamespace) -> None:
    with HostileServer() as server:
        port = server.port
        server.pages |= {("feed", f"/{n}"): good(n) for n in range(3)}
        write_spider(workplace, "outage", server.feed("feed", "/feed", [server.url("feed", f"/{n}") for n in range(3)]))
        assert armswatch("crawl", "outage", "--limit", "1").returncode == 0
    assert armswatch("crawl", "outage").returncode == 1, "the server is down"
    assert [(run.outcome, run.reason and run.reason.split(" (")[0]) for run in runs(workplace)] == [
        ("finished", None),
        ("failed", "connection refused"),
    ]
    assert sources(workplace)["outage"].state == "failing"
    put_off = [row for row in rows(workplace, select(PageRow)) if row.reason == "connection refused"]
    assert {(row.state, row.attempts) for row in put_off} == {("wanted", 0)}
    with HostileServer(port=port) as server:
        server.pages |= {("feed", f"/{n}"): good(n) for n in range(3)}
        server.feed("feed", "/feed", [server.url("feed", f"/{n}") for n in range(3)])
        make_due(workplace)
        assert armswatch("crawl", "outage").returncode == 0
    assert len(articles(workplace)) == 3
    assert sources(workplace)["outage"].state == "healthy"


def make_due(workplace: SimpleNamespace) -> None:
    """Let the ten minutes be over that pages of an unreachable host wait."""
    with sqlite3.connect(workplace.data / "armswatch.sqlite3") as connection:
        connection.execute("UPDATE page SET next_fetch_at = found_at WHERE state = 'wanted'")
    connection.close()


def test_tags_of_the_server_are_not_believed_blindly(
    armswatch: Run, workplace: SimpleNamespace, server: HostileServer
) -> None:
    changing = iter(range(1000))

    def new_tag(wire: Wire) -> bool:
        wire.send(answer(story(1).encode(), etag=f'"{next(changing)}"'))
        return True

    def honest(wire: Wire) -> bool:
        known = wire.asked.headers.get("if-none-match") == '"a"'
        wire.send(answer(b"", status="304 Not Modified") if known else answer(story(2).encode(), etag='"a"'))
        return True

    server.pages |= {("new-tag", "/a"): new_tag, ("honest", "/a"): honest}
    links = [server.url(slug, "/a") for slug in ("new-tag", "honest")]
    write_spider(workplace, "tags", server.feed("feed", "/feed", links))
    assert armswatch("crawl", "tags").returncode == 0
    assert armswatch("crawl", "tags", "--again").returncode == 0
    counts = runs(workplace)[-1].counts
    assert counts.get("article/unchanged") == 1
    assert counts.get("page/unchanged") == 1
    assert "revision/new" not in counts
    assert set(pages(workplace).values()) == {("done", None)}
