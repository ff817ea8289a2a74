"""`armswatch sources check` over sources that are broken in every way it must tell apart."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

from sqlalchemy import select

from crawler.base_spiders import ApiSpider
from crawler.scouting.check import Reading
from models import SourceCheck
from pipelines.items import Outlet
from tests.command_session import run_commands
from tests.hostile_crawl import rows
from tests.hostile_server import HostileServer, answer, good, redirect
from tests.test_hostile_hosts import certificate

SPIDER = """
from crawler.base_spiders import {base}
from pipelines.items import Outlet

class {title}Spider({base}):
    name = "{name}"
    outlet = Outlet("{name}", homepage={homepage!r})
    start_urls = [{start!r}]
    expect = {expect}
"""
CLOUDFLARE = answer(b"<title>Attention Required! | Cloudflare</title>", status="403 Forbidden", server="cloudflare")
NOTHING = answer(b"<html><body><div id=app></div></body></html>")
LOGIN = answer(b"<html><body><h1>Members</h1><p>Please log in</p><input type=password></body></html>")


def feed(age: timedelta | None = timedelta(0), items: int = 3) -> bytes:
    now = datetime.now(UTC)
    date = "" if age is None else f"<pubDate>{format_datetime(now - age)}</pubDate>"
    text = "".join(f"<item><title>Item {n}</title><link>/story/{n}</link>{date}</item>" for n in range(items))
    return answer(f"<rss><channel><title>x</title>{text}</channel></rss>".encode(), content_type="application/rss+xml")


# What a source answers by path, and the verdict it must get; every host has good stories unless it says otherwise.
CASES: dict[str, tuple[dict[str, bytes], str]] = {
    "alive": ({"/feed": feed()}, "alive"),
    "moved": ({"/feed": redirect("/new/feed", "301 Moved Permanently"), "/new/feed": feed()}, "moved"),
    "detour": ({"/feed": redirect("/now/feed"), "/now/feed": feed()}, "alive"),
    "empty": ({"/feed": feed(items=0)}, "empty"),
    "replaced": ({"/feed": NOTHING}, "replaced"),
    "undated": ({"/feed": feed(age=None)}, "undated"),
    "stale": ({"/feed": feed(age=timedelta(days=300))}, "stale"),
    "gone": (
        {
            "/": answer(b'<head><link rel=alternate type="application/rss+xml" href="/rss.xml"></head>'),
            "/rss.xml": feed(),
        },
        "gone",
    ),
    "blocked": ({"/feed": CLOUDFLARE}, "blocked"),
    "blockedpages": ({"/feed": feed()} | {f"/story/{n}": CLOUDFLARE for n in range(3)}, "blocked"),
    "layout": ({"/feed": feed()} | {f"/story/{n}": NOTHING for n in range(3)}, "changed"),
    "members": ({"/feed": feed()} | {f"/story/{n}": LOGIN for n in range(3)}, "wall"),
    "robots": ({"/robots.txt": answer(b"User-agent: *\nDisallow: /", content_type="text/plain")}, "robots"),
    "failing": ({"/feed": answer(b"", status="500 Oh")}, "unreachable"),
    "listing": ({"/feed": NOTHING}, "changed"),
}


def write(workplace: SimpleNamespace, name: str, start: str, homepage: str | None = None) -> None:
    base = "ListingSpider" if name == "listing" else "FeedSpider"
    values = {"base": base, "name": name, "title": name.capitalize(), "start": start, "homepage": homepage, "expect": 3}
    (workplace.spiders / f"{name}.py").write_text(SPIDER.format(**values))


def test_every_verdict(workplace: SimpleNamespace) -> None:
    with HostileServer() as site, HostileServer(tls=certificate(workplace.folder)) as secret:
        for name, (answers, _) in CASES.items():
            for number in range(3):
                site.pages[name, f"/story/{number}"] = good(number)
            site.pages |= {(name, path): body for path, body in answers.items()}
            write(workplace, name, site.url(name, "/feed"), site.url(name))
        write(workplace, "sister", site.url("alive", "/feed"))
        write(workplace, "secret", secret.url("secret", "/feed"))
        write(workplace, "nowhere", "http://nowhere.invalid/feed")
        write(workplace, "inside", "http://10.1.2.3/feed")
        checked, status, named = run_commands(
            workplace,
            ["sources", "check", "--format", "json"],
            ["status", "--format", "json"],
            ["sources", "check", "alive"],
        )
        asked = site.asked()
    found = {row["name"]: row for row in json.loads(checked.out)}
    expected = {name: verdict for name, (_, verdict) in CASES.items()}
    expected |= {"sister": "alive", "secret": "certificate", "nowhere": "DNS", "inside": "unreachable"}
    assert {name: row["verdict"] for name, row in found.items()} == expected
    assert checked.code == 1
    assert found["moved"]["moved_to"] == site.url("moved", "/new/feed")
    assert found["blocked"]["reason"].startswith("blocked by Cloudflare")
    assert found["gone"]["proposal"] == f"feed at {site.url('gone', '/rss.xml')} names 3 articles"
    assert found["inside"]["reason"] == "private address"
    assert max(each.in_flight for each in asked) == 1
    assert len([each for each in asked if (each.host, each.path) == ("stale", "/feed")]) == 1
    history = {row["name"]: row["check"] for row in json.loads(status.out)}
    assert {name: history[name] for name in expected} == expected
    assert named.code == 0
    assert len(rows(workplace, select(SourceCheck))) == len(expected) + 1


def test_a_source_without_its_key_says_so() -> None:
    class KeyedSpider(ApiSpider):
        name = "keyed"
        outlet = Outlet("Keyed")
        start_urls = ("https://keyed.example/api",)
        key_parameter = "key"

    reading = Reading(KeyedSpider)
    assert list(reading.spider.ways_in()) == []
    assert reading.problems == ["no key in ARMSWATCH_KEY_KEYED"]
