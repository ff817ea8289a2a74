"""What a second crawl asks for: feeds only if they changed, listings until what is known; traps; pace as chosen."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

from tests.command_session import run_commands
from tests.hostile_crawl import pages, runs, sources
from tests.hostile_server import HostileServer, Wire, answer, good

SPIDER = """
from crawler.base_spiders import {base}
from pipelines.items import Outlet

class {title}Spider({base}):
    name = "{name}"
    outlet = Outlet("{name}")
    start_urls = [{start!r}]
    max_pages = 9
"""
STORIES = 12  # on one page of the listing


def write(workplace: SimpleNamespace, name: str, base: str, start: str) -> None:
    values = {"base": base, "name": name, "title": name.capitalize(), "start": start}
    (workplace.spiders / f"{name}.py").write_text(SPIDER.format(**values))


def unless_known(body: bytes) -> object:
    """Answer 304 to who has the feed already."""
    whole = answer(body, content_type="application/rss+xml", etag='"one"', cache_control="max-age=9000")

    def page(wire: Wire) -> bool:
        is_known = wire.asked.headers.get("if-none-match") == '"one"'
        wire.send(answer(b"", status="304 Not Modified", etag='"one"') if is_known else whole)
        return True

    return page


def listing(first: int, following: str | None) -> bytes:
    links = "".join(
        f"<li><h2><a href='/story/{n}'>Garrison number {n} gets howitzers</a></h2></li>"
        for n in range(first, first + STORIES)
    )
    more = f"<a rel=next href={following}>More</a>" if following else ""
    return answer(f"<html><body><ul>{links}</ul>{more}</body></html>".encode())


def growing(wire: Wire) -> bool:
    """Answer with the front of the listing; the second time two stories have come on top."""
    growing.times = getattr(growing, "times", 0) + 1
    wire.send(listing(100 if growing.times == 1 else 98, "/list/2"))
    return True


def serve(site: HostileServer, workplace: SimpleNamespace) -> None:
    feed = "<rss><channel><title>x</title><item><title>A</title><link>/story/1</link></item></channel></rss>"
    site.pages["feedy", "/feed"] = unless_known(feed.encode())
    write(workplace, "feedy", "FeedSpider", site.url("feedy", "/feed"))
    site.pages |= {("listy", "/list"): growing, ("listy", "/list/2"): listing(112, "/list/3")}
    site.pages["listy", "/list/3"] = listing(124, None)
    write(workplace, "listy", "ListingSpider", site.url("listy", "/list"))
    days = [site.url("trappy", f"/calendar/2031/{month}/") for month in range(1, 31)]
    write(workplace, "trappy", "FeedSpider", site.feed("trappy", "/feed", [*days, site.url("trappy", "/story/1")]))
    site.pages["busy", "/feed"] = answer(b"", status="429 Slow down", retry_after=3600)
    write(workplace, "busy", "FeedSpider", site.url("busy", "/feed"))
    site.pages |= {(host, f"/story/{n}"): good(n) for host in ("feedy", "listy", "trappy") for n in range(140)}


def test_second_crawl_asks_for_what_is_new(workplace: SimpleNamespace) -> None:
    with HostileServer() as site:
        serve(site, workplace)
        names = ("feedy", "listy", "trappy", "busy")
        *_, last = run_commands(
            workplace,
            ["sources", "set", "feedy", "--delay", "0.6"],
            ["crawl", *names],
            ["crawl", "feedy", "listy"],
        )
        asked = site.asked()
    assert last.code == 0, last.err
    counts = [run.counts for run in runs(workplace)]
    by_path = [(each.host, each.path) for each in asked]
    assert by_path.count(("feedy", "/feed")) == 2
    assert by_path.count(("feedy", "/story/1")) == 1
    assert [each.get("way_in/unchanged") for each in counts].count(1) == 1
    assert [by_path.count(("listy", path)) for path in ("/list", "/list/2", "/list/3")] == [2, 1, 1]
    assert {url for url in pages(workplace) if "listy" in url} == {
        site.url("listy", f"/story/{n}") for n in range(98, 136)
    }
    assert not [path for _, path in by_path if "calendar" in path]
    trapped = [reason for url, (state, reason) in pages(workplace).items() if "calendar" in url and state == "refused"]
    assert trapped == ["trap: calendar trappy.localhost/calendar/N/N/"] * 20
    assert pages(workplace)[site.url("trappy", "/story/1")] == ("done", None)
    found = sources(workplace)
    assert "trap calendar trappy.localhost/calendar/N/N/: 30" in (found["trappy"].reason or "")
    assert found["busy"].state == "failing"
    assert found["busy"].next_crawl_at > datetime.now(UTC) + timedelta(minutes=50)
    assert found["feedy"].next_crawl_at > datetime.now(UTC) + timedelta(hours=1.2)  # later, as nothing was new
    times = [each.at for each in asked if each.host == "feedy"]
    assert min(after - before for before, after in pairwise(times)) > 0.5
