"""The schedule with real crawl processes over a small site: catching up, deadlines, two schedulers, clean stop."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import CrawlRun, Source, SourceCheck, ledger
from models.connection import connect, upgrade

SPIDER = """
from datetime import timedelta
from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet

class {title}Spider(FeedSpider):
    name = "{name}"
    outlet = Outlet("{title}", country="FR", languages=("en",), kind="newspaper")
    start_urls = ["http://{name}.localhost:{port}/feed"]
    every = timedelta(hours=1)
"""
FEED = b"<rss><channel><title>x</title><item><title>Rain</title><link>/a/rain</link></item></channel></rss>"
PAGE = (
    b"<html><h1>Rain in the hills</h1><article>"
    + b"<p>It rained in the hills all day long.</p>" * 9
    + b"</article></html>"
)


@pytest.fixture
def site() -> Iterator[SimpleNamespace]:
    """A site of one feed and one page; while ``stuck`` is set its feed never ends."""
    state = SimpleNamespace(stuck=threading.Event(), paths=[])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.paths.append(self.path)
            if self.path == "/robots.txt":
                self.answer(b"", "text/plain")
            elif self.path == "/feed":
                while state.stuck.is_set():
                    time.sleep(0.05)
                self.answer(FEED, "application/rss+xml")
            else:
                self.answer(PAGE, "text/html")

        def answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except (ConnectionError, ValueError):  # a killed crawl hangs up
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    state.port = server.server_address[1]
    yield state
    state.stuck.clear()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def schedule(workplace: SimpleNamespace, site: SimpleNamespace) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start `armswatch schedule` over the site; what still runs at the end is stopped."""
    started: list[subprocess.Popen[str]] = []
    (workplace.spiders / "hills.py").write_text(SPIDER.format(name="hills", title="Hills", port=site.port))

    def start(**more: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "cli", "schedule"]
        environment = workplace.environment | {"ARMSWATCH_LOG_LEVEL": "INFO"} | more
        with (workplace.folder / f"log{len(started)}").open("w") as log:
            started.append(
                subprocess.Popen(command, env=environment, cwd=workplace.folder, stdout=log, stderr=log, text=True)
            )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def runs(workplace: SimpleNamespace) -> list[CrawlRun]:
    engine = connect(workplace.url, reads_only=True)
    with Session(engine) as session:
        found = list(session.scalars(select(CrawlRun).order_by(CrawlRun.id)))
    engine.dispose()
    return found


def wait_for(
    workplace: SimpleNamespace, condition: Callable[[list[CrawlRun]], bool], seconds: float = 150
) -> list[CrawlRun]:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if Path(workplace.url.removeprefix("sqlite:///")).exists():
            try:
                found = runs(workplace)
            except Exception:  # noqa: BLE001  # the tables are being made
                found = []
            if condition(found):
                return found
        time.sleep(0.1)
    logs = "\n".join(path.read_text() for path in workplace.folder.glob("log*"))
    raise AssertionError(f"waited in vain\n{logs}")


def all_finished(found: list[CrawlRun]) -> bool:
    return bool(found) and all(run.finished_at for run in found)


def test_crawls_when_due_and_stops_cleanly_on_sigterm(schedule: Any, workplace: SimpleNamespace) -> None:
    process = schedule()
    found = wait_for(workplace, all_finished)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert [run.outcome for run in found] == ["finished"]
    assert found[0].counts["page/irrelevant"] == 1


def test_all_sources_are_checked_a_day_after_the_first_crawl(schedule: Any, workplace: SimpleNamespace) -> None:
    workplace.data.mkdir()
    engine, long_ago = connect(workplace.url), datetime.now(UTC) - timedelta(days=2)
    upgrade(engine)
    outlet = {"name": "Hills", "homepage": None, "country": None, "languages": [], "kind": None, "owner": None}
    ledger.register_sources(engine, [ledger.SourceFacts("hills", timedelta(hours=1), None, outlet)], long_ago)
    run = ledger.start_run(engine, "hills", long_ago)
    assert run is not None
    ledger.finish_run(engine, run.id, long_ago, outcome="finished", reason=None)
    schedule()
    deadline = time.monotonic() + 150
    found: list[SourceCheck] = []
    while not found and time.monotonic() < deadline:
        time.sleep(0.5)
        with Session(engine) as session:
            found = list(session.scalars(select(SourceCheck)))
    engine.dispose()
    assert [(check.verdict, check.items) for check in found] == [("undated", 1)]


def test_after_being_down_for_days_it_catches_up_once(schedule: Any, workplace: SimpleNamespace) -> None:
    process = schedule()
    wait_for(workplace, all_finished)
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)
    engine = connect(workplace.url)
    with Session(engine) as session, session.begin():
        source = session.scalars(select(Source)).one()
        assert source.next_crawl_at is not None
        source.next_crawl_at = source.next_crawl_at.replace(year=source.next_crawl_at.year - 1)
    engine.dispose()
    schedule()
    wait_for(workplace, lambda found: len(found) == 2 and all_finished(found))
    time.sleep(4)  # four ticks in which a second late crawl would start
    assert len(runs(workplace)) == 2


def test_a_crawl_past_its_deadline_is_ended_and_recorded(
    schedule: Any, workplace: SimpleNamespace, site: SimpleNamespace
) -> None:
    site.stuck.set()
    schedule(ARMSWATCH_CRAWL_DEADLINE="3")
    found = wait_for(workplace, all_finished)
    assert found[0].outcome in {"incomplete", "failed", "killed"}
    assert found[0].reason


def test_a_second_scheduler_waits_and_takes_over(schedule: Any, workplace: SimpleNamespace) -> None:
    first = schedule()
    wait_for(workplace, all_finished)
    second = schedule()
    time.sleep(4)
    assert "acting as scheduler" not in (workplace.folder / "log1").read_text()
    first.send_signal(signal.SIGTERM)  # gives its lease back
    assert first.wait(timeout=30) == 0
    deadline = time.monotonic() + 90
    while "acting as scheduler" not in (workplace.folder / "log1").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert second.poll() is None
    assert len(runs(workplace)) == 1


def test_crawls_of_a_killed_scheduler_end_and_the_next_one_goes_on(
    schedule: Any, workplace: SimpleNamespace, site: SimpleNamespace
) -> None:
    site.stuck.set()
    process = schedule()
    wait_for(workplace, lambda found: len(found) == 1)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    site.stuck.clear()
    schedule()
    found = wait_for(workplace, lambda found: len(found) >= 2 and all_finished(found), seconds=200)
    assert found[-1].outcome == "finished"
