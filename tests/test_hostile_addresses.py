"""Nothing inside is reached, whatever the way or the spelling: canaries count what arrives."""

import ipaddress
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.gate import GuardedResolver
from tests.hostile_crawl import articles, pages, runs, write_spider
from tests.hostile_server import HostileServer, answer, good, redirect

Run = Callable[..., Any]
CANARY = "{canary}"  # where the canary's port goes
INSIDE = {
    "loopback": "http://127.0.0.2:{canary}/x",
    "short": "http://127.2:{canary}/x",
    "decimal": "http://2130706434:{canary}/x",
    "hexadecimal": "http://0x7f000002:{canary}/x",
    "octal": "http://0177.0.0.2:{canary}/x",
    "nothing": "http://0.0.0.0:{canary}/x",
    "ipv6": "http://[::1]:{canary}/x",
    "mapped": "http://[::ffff:127.0.0.2]:{canary}/x",
    "mapped-hex": "http://[::ffff:7f00:2]:{canary}/x",
    "nat64": "http://[64:ff9b::7f00:2]:{canary}/x",
    "link-local": "http://[fe80::1%25lo]:{canary}/x",
    "private": "http://10.0.0.1/x",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "cgnat": "http://100.64.0.1/x",
    "wide-digits": "http://\uff11\uff12\uff17.0.0.2:{canary}/x",
    "wide-dots": "http://127\u30020\u30020\u30022:{canary}/x",
    "user-info": "http://good-0.localhost@127.0.0.2:{canary}/x",
    "backslash": "http://127.0.0.2:{canary}\\@good-0.localhost/x",
    "no-slashes": "http:/\\127.0.0.2:{canary}/x",
    "own-slashes": "//127.0.0.2:{canary}/x",
    "tab": "http://127.0.\t0.2:{canary}/x",
    "file": "file:///etc/passwd",
    "ftp": "ftp://127.0.0.2:{canary}/x",
    "data": "data:text/html,<h1>Norway orders frigates</h1>",
    "javascript": "javascript:alert(1)",
    "gopher": "gopher://127.0.0.2:{canary}/x",
    "s3": "s3://bucket/x",
    "bad-port": "http://127.0.0.2:99999999/x",
    "bad-bracket": "http://[::1/x",
}
SCHEMES = {"file", "ftp", "data", "gopher", "s3"}
NO_URLS = {"javascript", "bad-port", "bad-bracket"}
ANSWERS = {
    "to": redirect,
    "meta": lambda to: answer(f'<html><meta http-equiv=refresh content="0;url={to}"><p>Moved'.encode()),
}


@pytest.fixture
def servers() -> Iterator[tuple[HostileServer, HostileServer]]:
    with HostileServer() as server, HostileServer("127.0.0.2") as canary:
        yield server, canary


def redirecting_robots(server: HostileServer, inside: str) -> str:
    server.pages["robots-inside", "/robots.txt"] = redirect(inside)
    server.pages["robots-inside", "/a"] = good(30)
    return server.url("robots-inside", "/a")


def test_nothing_inside_is_fetched(
    armswatch: Run, workplace: SimpleNamespace, servers: tuple[HostileServer, HostileServer]
) -> None:
    server, canary = servers
    inside = {name: text.replace(CANARY, str(canary.port)) for name, text in INSIDE.items()}
    links = list(inside.values())
    for name, target in inside.items():
        for kind, make in ANSWERS.items():
            server.pages[f"{kind}-{name}", "/a"] = make(target)
            links.append(server.url(f"{kind}-{name}", "/a"))
    links.append(redirecting_robots(server, inside["loopback"]))
    links.append(server.url("hop", "/a"))
    server.pages["hop", "/a"] = redirect(server.url("hop", "/b"))
    server.pages["hop", "/b"] = redirect(inside["decimal"])
    for number in range(3):
        server.pages[f"good-{number}", "/a"] = good(number)
        links.append(server.url(f"good-{number}", "/a"))
    write_spider(workplace, "inside", server.feed("feed", "/feed", links))
    done = armswatch("crawl", "inside", ARMSWATCH_ALLOW_ADDRESSES="127.0.0.1/32")
    assert done.returncode == 0, done.stderr
    assert canary.asked() == []
    found = pages(workplace)
    assert set(dict(found).values()) >= {("refused", "private address"), ("refused", "unclear address")}
    assert [url for url in found if not url.startswith(("http://to-", "http://meta-", "http://good-"))
            and found[url][0] != "refused"] == []  # fmt: skip
    redirected = {name: found[server.url(f"to-{name}", "/a")] for name in INSIDE}
    assert {name for name, (state, _) in redirected.items() if state != "refused"} == NO_URLS
    assert {redirected[name][1] for name in NO_URLS} == {"URL not usable"}
    assert {redirected[name][1] for name in SCHEMES} == {"redirect not followed"}
    assert not {url for url, (state, _) in found.items() if state == "done"} - set(links[-3:])
    assert set(articles(workplace)) == set(links[-3:])
    (run,) = runs(workplace)
    assert run.counts["ssrf_blocked"] > 2 * (len(INSIDE) - len(NO_URLS) - len(SCHEMES))


class Inner:
    """A name server that answers what it is told."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses

    def resolveHostName(self, receiver: Any, _name: str, *_: Any) -> Any:  # noqa: N802
        receiver.resolutionBegan(None)
        for text in self.addresses:
            kind = IPv6Address if ":" in text else IPv4Address
            receiver.addressResolved(kind("TCP", text, 80))
        receiver.resolutionComplete()


class Receiver:
    def __init__(self) -> None:
        self.passed: list[str] = []

    def resolutionBegan(self, _: Any) -> None:  # noqa: N802
        pass

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.passed.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        pass


@pytest.mark.parametrize(
    ("answers", "passed"),
    [
        (["93.184.216.34"], ["93.184.216.34"]),
        (["10.0.0.1"], []),
        (["93.184.216.34", "127.0.0.2", "::1"], ["93.184.216.34"]),  # rebinding: several at once
        (["::ffff:169.254.169.254", "64:ff9b::a00:1", "fe80::1%eth0"], []),
        (["127.0.0.1", "127.0.0.2"], ["127.0.0.1"]),
        ([], []),
    ],
)
def test_names_resolve_to_what_may_be_reached(answers: list[str], passed: list[str]) -> None:
    resolver = GuardedResolver(Inner(*answers), None, [ipaddress.ip_network("127.0.0.1/32")])
    receiver = Receiver()
    resolver.resolveHostName(receiver, "rebinding.example", 80)
    assert receiver.passed == passed
    assert resolver.refused_hosts == ({"rebinding.example"} if answers and not passed else set())


def test_names_under_localhost_obey_the_same_rule() -> None:
    receiver = Receiver()
    GuardedResolver(Inner(), None, []).resolveHostName(receiver, "a.localhost", 80)
    assert receiver.passed == []
