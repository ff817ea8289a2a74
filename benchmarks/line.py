"""What the whole line costs a page: fetch, keep, extract, judge, store, beside trafilatura.extract alone.

Serves the real pages of ../shared/pages on loopback, crawls them with the real spider machinery into a fresh SQLite
database, then runs trafilatura.extract over the same bytes. CPU time of each as one process (user and system), start-up
taken off; run by run in turn, medians printed.

    python benchmarks/line.py [--rounds 3] [--pages ../shared/pages]
"""

import argparse
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parent.parent
SPIDER = """
from datetime import timedelta
from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet

class BenchmarkSpider(FeedSpider):
    name = "benchmark"
    outlet = Outlet("Benchmark", kind="newspaper")
    start_urls = ["http://pages.localhost:{port}/feed"]
    every = timedelta(hours=1)
"""
CRAWL = "from crawler.process import CrawlOrder, crawl; crawl(CrawlOrder('benchmark', arguments={'limit': '%d'}))"
TRAFILATURA = """
import json, sys, trafilatura
for path in json.load(open(sys.argv[1])):
    trafilatura.extract(open(path, "rb").read())
"""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument(
        "--repeat", type=int, default=1, help="serve every page so many times (memory over many pages)"
    )
    options.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "pages")
    chosen = options.parse_args()
    if not chosen.pages.is_dir():
        sys.exit(f"{chosen.pages} is not there: this benchmark reads real pages and ships none")
    bodies = read_bodies(chosen.pages)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), bodies * chosen.repeat, chosen.rounds)


def read_bodies(folder: Path) -> list[bytes]:
    """Read the pages as a server would send them: compressed."""
    lines = (json.loads(line) for line in (folder / "gold.jsonl").read_text().splitlines())
    return [(folder / line["path"]).read_bytes() for line in lines]


def measure(folder: Path, bodies: list[bytes], rounds: int) -> None:
    """Run both in turn and print medians."""
    paths = []
    for number, body in enumerate(bodies):
        paths.append(folder / f"{number}.html")
        paths[-1].write_bytes(gzip.decompress(body))
    (folder / "paths.json").write_text(json.dumps([str(path) for path in paths]))
    (folder / "none.json").write_text("[]")
    (folder / "spiders").mkdir()
    server = serve(bodies)
    (folder / "spiders" / "benchmark.py").write_text(SPIDER.format(port=server.server_address[1]))
    line, peer, memory = [], [], 0
    for number in range(rounds):
        whole, memory_now = crawl(folder / f"whole{number}", folder / "spiders", len(bodies))
        start, _ = crawl(folder / f"start{number}", folder / "spiders", 1)
        line.append((whole - start) / (len(bodies) - 1) * 1000)
        memory = max(memory, memory_now)
        reading = run([sys.executable, "-c", TRAFILATURA, str(folder / "paths.json")])
        nothing = run([sys.executable, "-c", TRAFILATURA, str(folder / "none.json")])
        peer.append((reading - nothing) / len(bodies) * 1000)
        print(
            f"round {number + 1}: whole line {line[-1]:.1f} ms, trafilatura.extract alone {peer[-1]:.1f} ms a page",
            flush=True,
        )
    server.shutdown()
    print(
        f"{len(bodies)} pages, median of {rounds}: whole line {statistics.median(line):.1f} ms of CPU a page, ", end=""
    )
    print(f"trafilatura.extract alone {statistics.median(peer):.1f} ms; peak memory {memory / 1024:.0f} MB")


def crawl(data: Path, spiders: Path, pages: int) -> tuple[float, int]:
    """Crawl in a process of its own; give its CPU seconds and peak memory in KiB."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ARMSWATCH_")}
    environment |= {
        "ARMSWATCH_DATA_DIR": str(data),
        "ARMSWATCH_SPIDERS": str(spiders),
        "ARMSWATCH_ONLY_OWN_SPIDERS": "true",
        "ARMSWATCH_ALLOW_ADDRESSES": "127.0.0.0/8",
        "ARMSWATCH_DELAY": "0",
        "PYTHONPATH": str(ROOT),
    }
    process = subprocess.Popen([sys.executable, "-c", CRAWL % pages], env=environment, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"the crawl failed with {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def run(command: list[str]) -> float:
    """Run a command; give its CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def serve(bodies: list[bytes]) -> ThreadingHTTPServer:
    """Serve the pages and a feed that names them, from a thread."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            port = self.server.server_address[1]
            if self.path == "/feed":
                items = "".join(
                    f"<item><link>http://pages.localhost:{port}/{n}</link></item>" for n in range(len(bodies))
                )
                self.answer(f"<rss><channel>{items}</channel></rss>".encode(), "application/rss+xml")
            elif self.path[1:].isdigit() and int(self.path[1:]) < len(bodies):
                self.answer(bodies[int(self.path[1:])], "text/html", "gzip")
            else:
                self.send_error(404)

        def answer(self, body: bytes, kind: str, encoding: str | None = None) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if encoding:
                self.send_header("Content-Encoding", encoding)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


if __name__ == "__main__":
    main()
