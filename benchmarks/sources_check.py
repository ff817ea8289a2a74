"""How long `armswatch sources check` takes over a hundred stand-ins of outlets, and how politely it asks.

Each stand-in is a host of its own on loopback that answers after a while, as the web does; some are broken in a way
that must be told. The server counts requests under way at each host. Run: python benchmarks/sources_check.py
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parent.parent
SLOWNESS = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds an answer takes, host by host
BROKEN = ("empty", "replaced", "stale", "gone", "blocked", "undated", "robots", "moved", "changed", "unreachable")
SPIDER = """
from datetime import timedelta
from crawler.base_spiders import {base}
from pipelines.items import Outlet

class {title}Spider({base}):
    name = "{name}"
    outlet = Outlet("{title}", homepage="http://{host}.localhost:{port}/")
    start_urls = ["http://{host}.localhost:{port}/{path}"]
    expect = 20
"""
STORY = "<html lang=en><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}</article></body></html>"
TEXT = "".join(
    f"<p>Clause {n} of the contract says that the ministry will receive lot {n} of howitzers with spare parts.</p>"
    for n in range(5)
)
WALL = "<html><title>Attention Required! | Cloudflare</title><p>Sorry, you have been blocked</p></html>"


class Outlets(ThreadingHTTPServer):
    """The stand-ins, and what they were asked."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()
        self.in_flight: Counter[str] = Counter()
        self.most_in_flight: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.last_end: dict[str, float] = {}
        self.least_gap: dict[str, float] = {}


class Handler(BaseHTTPRequestHandler):
    """One answer; the host's name says what kind of outlet it is."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Outlets

    def do_GET(self) -> None:
        """Count, wait as the web does, answer."""
        host = self.headers.get("Host", "").partition(".")[0]
        outlets, began = self.server, time.monotonic()
        with outlets.lock:
            outlets.asked[host] += 1
            outlets.in_flight[host] += 1
            outlets.most_in_flight[host] = max(outlets.most_in_flight[host], outlets.in_flight[host])
            gap = began - outlets.last_end.get(host, -1e9)
            outlets.least_gap[host] = min(outlets.least_gap.get(host, 1e9), gap)
        time.sleep(SLOWNESS[hash(host) % len(SLOWNESS)])
        with outlets.lock:
            outlets.in_flight[host] -= 1
            outlets.last_end[host] = began
        self.reply(*answer(host.partition("-")[0], self.path))

    def reply(self, status: int, kind: str, text: str) -> None:
        """Send an answer."""
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if status == 301:
            self.send_header("Location", "/new" + self.path)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def answer(kind: str, path: str) -> tuple[int, str, str]:  # noqa: PLR0911  # one line for each kind of outlet
    """Give status, content type and body of a path at an outlet of a kind."""
    if path == "/robots.txt":
        return 200, "text/plain", "User-agent: *\nDisallow: /" if kind == "robots" else ""
    if path.startswith("/story"):
        return 200, "text/html", STORY.format(f"Garrison receives lot {path[7:]}", TEXT)
    if kind in ("gone", "blocked", "unreachable") or (kind == "moved" and not path.startswith("/new")):
        status = {"gone": 404, "blocked": 403, "unreachable": 500, "moved": 301}[kind]
        return status, "text/html", WALL if kind == "blocked" else ""
    if kind == "changed" or (kind == "replaced" and path != "/"):
        return 200, "text/html", "<html><body><div id=app></div></body></html>"
    now = datetime.now(UTC) - timedelta(days=400 if kind == "stale" else 0)
    dates = [now - timedelta(hours=5 * n) for n in range(20)]
    if path == "/sitemap.xml":
        urls = (f"<url><loc>/story/{n}</loc><lastmod>{at.isoformat()}</lastmod></url>" for n, at in enumerate(dates))
        return 200, "application/xml", f"<urlset>{''.join(urls)}</urlset>"
    if path == "/":
        links = (f"<li><h2><a href='/story/{n}'>The garrison receives lot {n} of it</a></h2></li>" for n in range(20))
        return 200, "text/html", f"<html><body><ul>{''.join(links)}</ul></body></html>"
    items = "" if kind == "empty" else "".join(_item(n, at, kind) for n, at in enumerate(dates))
    return 200, "application/rss+xml", f"<rss><channel><title>x</title>{items}</channel></rss>"


def _item(number: int, at: datetime, kind: str) -> str:
    date = "" if kind == "undated" else f"<pubDate>{format_datetime(at)}</pubDate>"
    return f"<item><title>Lot {number}</title><link>/story/{number}</link>{date}</item>"


def write_spiders(folder: Path, number: int, port: int) -> dict[str, str]:
    """Write the spider files; gives the verdict that each must get."""
    ways = (("FeedSpider", "feed"), ("SitemapSpider", "sitemap.xml"), ("ListingSpider", ""))
    expected = {}
    for n in range(number):
        broken = BROKEN[n // 5] if n % 5 == 0 and n // 5 < len(BROKEN) else None
        base, path = ("ListingSpider", "") if broken == "changed" else ways[0 if broken else n % 3]
        # Every twentieth shares its host with the one before.
        host = f"{broken or 'good'}-{n - 1 if n % 20 == 19 and not broken else n}"
        name = f"outlet_{n}"
        values = {"base": base, "title": f"Outlet{n}", "name": name, "host": host, "port": port, "path": path}
        (folder / f"{name}.py").write_text(SPIDER.format(**values))
        # A listing without dates is what listings are.
        expected[name] = broken or ("undated" if base == "ListingSpider" else "alive")
    return expected


def measure(number: int, delay: float) -> bool:
    """Check so many stand-ins once; tells whether all was as it must be."""
    outlets = Outlets()
    threading.Thread(target=outlets.serve_forever, args=(0.05,), daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        expected = write_spiders(Path(folder), number, outlets.server_address[1])
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ARMSWATCH_")} | {
            "ARMSWATCH_DATA_DIR": f"{folder}/data",
            "ARMSWATCH_SPIDERS": folder,
            "ARMSWATCH_ONLY_OWN_SPIDERS": "true",
            "ARMSWATCH_ALLOW_ADDRESSES": "127.0.0.0/8",
            "ARMSWATCH_DELAY": str(delay),
        }
        command = [sys.executable, "-m", "cli", "sources", "check", "--format", "json"]
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - began
    outlets.shutdown()
    verdicts = {row["name"]: row["verdict"] for row in json.loads(done.stdout)}
    wrong = {name: (verdicts.get(name), verdict) for name, verdict in expected.items() if verdicts.get(name) != verdict}
    slowest = sorted(((row["seconds"], row["name"], row["verdict"]) for row in json.loads(done.stdout)), reverse=True)
    print(f"{number} sources, {sum(outlets.asked.values())} requests, delay {delay:g} s")
    print(f"{seconds:.1f} s, the command ended with {done.returncode}")
    print(f"most requests at a time to one host: {max(outlets.most_in_flight.values())}")
    print(f"least time between two requests to one host: {min(outlets.least_gap.values()):.2f} s")
    print(f"slowest: {slowest[:3]}")
    print(f"wrong verdicts (got, should be): {wrong or 'none'}")
    return not wrong and max(outlets.most_in_flight.values()) == 1 and seconds < 60


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=96)
    parser.add_argument("--delay", type=float, default=1.0)
    options = parser.parse_args()
    sys.exit(0 if measure(options.sources, options.delay) else 1)
