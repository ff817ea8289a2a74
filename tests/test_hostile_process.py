"""The crawl as a process: a locked database, SIGTERM, several crawls of one host at once."""

import itertools
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from models import Capture
from tests.hostile_crawl import articles, pages, rows, runs, write_spider
from tests.hostile_server import HostileServer, Wire, good

Run = Callable[..., Any]
LOCKED = 8.0  # seconds
GAP = 0.15  # seconds between two requests to one host
STORIES = 12


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as server:
        yield server


def slow(number: int, seconds: float) -> Callable[[Wire], bool]:
    def page(wire: Wire) -> bool:
        wire.wait(seconds)
        wire.send(good(number))
        return True

    return page


def hold_lock(path: str, begin: threading.Event, held: list[float]) -> None:
    begin.wait(60)
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    connection.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    time.sleep(LOCKED)
    connection.execute("ROLLBACK")
    connection.close()
    held.append(time.monotonic() - began)


def test_a_locked_database_loses_nothing(armswatch: Run, workplace: SimpleNamespace, server: HostileServer) -> None:
    begin, held = threading.Event(), []

    def first(wire: Wire) -> bool:
        begin.set()
        return slow(0, 0.3)(wire)

    server.pages |= {(f"lock-{n}", "/a"): slow(n, 0.2) for n in range(STORIES)} | {("lock-0", "/a"): first}
    links = [server.url(f"lock-{n}", "/a") for n in range(STORIES)]
    write_spider(workplace, "locked", server.feed("feed", "/feed", links), STORE_SECONDS=0.01)
    locker = threading.Thread(target=hold_lock, args=(workplace.data / "armswatch.sqlite3", begin, held))
    locker.start()
    done = armswatch("crawl", "locked")
    locker.join()
    assert done.returncode == 0, done.stderr
    assert held
    assert set(articles(workplace)) == set(links)
    assert [run.outcome for run in runs(workplace)] == ["finished"]


def test_sigterm_puts_everything_away(workplace: SimpleNamespace, server: HostileServer) -> None:
    server.pages |= {(f"quick-{n}", "/a"): good(n) for n in range(4)}
    server.pages |= {(f"stuck-{n}", "/a"): slow(10 + n, 60) for n in range(3)}
    links = [server.url(slug, "/a") for slug, path in server.pages if path == "/a"]
    write_spider(workplace, "stopped", server.feed("feed", "/feed", links), DOWNLOAD_TIMEOUT=100, STORE_SECONDS=60)
    with subprocess.Popen(
        [sys.executable, "-m", "cli", "crawl", "stopped"],
        cwd=workplace.folder, env=workplace.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        deadline = time.monotonic() + 60
        while sum(each.path == "/a" for each in server.asked()) < 7 and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert time.monotonic() - began < 30
    (run,) = runs(workplace)
    assert (run.outcome, run.reason) == ("incomplete", "shutdown"), errors
    found = pages(workplace)
    assert sorted(found) == sorted(links)
    assert {found[server.url(f"quick-{n}", "/a")] for n in range(4)} == {("done", None)}
    assert {found[server.url(f"stuck-{n}", "/a")] for n in range(3)} == {("wanted", "stopped")}
    assert len(rows(workplace, select(Capture).where(Capture.status == 200))) == 4


def test_one_request_at_a_time_over_sources_and_processes(
    armswatch: Run, workplace: SimpleNamespace, server: HostileServer
) -> None:
    """Two sources in two crawls of one command, and a third in another command, all at one host."""
    for number, name in enumerate(("one", "two", "three")):
        paths = [f"/{name}/{n}" for n in range(6)]
        server.pages |= {("shared", path): slow(number * 6 + n, 0.05) for n, path in enumerate(paths)}
        feed = server.feed("shared", f"/feed-{name}", [server.url("shared", path) for path in paths])
        write_spider(workplace, name, feed)
    assert armswatch("db", "upgrade").returncode == 0
    codes: list[int] = []

    def crawl(*names: str) -> None:
        codes.append(armswatch("crawl", *names, ARMSWATCH_DELAY=str(GAP)).returncode)

    threads = [threading.Thread(target=crawl, args=names) for names in (("one", "two"), ("three",))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [0, 0]
    assert len(articles(workplace)) == 18
    asked = server.asked("shared")
    assert max(each.in_flight for each in asked) == 1
    gaps = [after.at - before.at for before, after in itertools.pairwise(asked)]
    assert min(gaps) >= GAP
    assert interleaved([each.path.split("/")[1] for each in asked]), "the crawls were not at it at the same time"
    assert [path.name for path in (workplace.data / "hosts").iterdir()] == ["shared.localhost.lock"]


def interleaved(names: list[str]) -> bool:
    return sum(before != after for before, after in itertools.pairwise(names)) > 6
