"""Crawling now: named sources, or all that are due, with a line of progress."""

import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from types import FrameType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from cli.formats import Format, print_rows
from cli.mistakes import UserMistakeError
from cli.workplace import INDEX_FOLDER, open_database
from crawler import settings
from crawler.base_spiders.article import parse_count, parse_since
from crawler.process import all_source_facts, spider_loader
from models import ledger
from models.crawl import CrawlRun
from models.outlet import Source
from models.search_index import SearchIndex
from scheduler import Crawls

POLL = 0.1  # seconds
COLUMNS = ("source", "outcome", "requests", "found", "new", "articles", "irrelevant", "revisions", "missed", "reason")


def spider_arguments(
    limit: int | None, since: str | None, sample: int | None, again: bool, further: Sequence[str]
) -> dict[str, str]:
    """Make spider arguments of the options; raises UnusableArgumentError, UserMistakeError."""
    parse_since(since)
    given = {"limit": limit, "since": since, "sample": sample, "again": "1" if again else None}
    arguments = {name: str(value) for name, value in given.items() if value is not None}
    for text in further:
        name, equals, value = text.partition("=")
        if not equals or not name.isidentifier():
            raise UserMistakeError(f"-a {text!r} is not NAME=VALUE")
        arguments[name] = value
    parse_count("limit", arguments.get("limit"))
    return arguments


def crawl_now(names: Sequence[str] | None, arguments: dict[str, str]) -> None:
    """Crawl, show what came of it, and exit 1 when a source failed."""
    known = spider_loader().list()
    for name in names or ():
        if name not in known:
            raise UserMistakeError(f"no spider is called {name!r}; `armswatch sources list` names them")
    _check_browser(names or ())
    engine = open_database()
    _register(engine, names)
    wanted = list(names or ledger.due_sources(engine, datetime.now(UTC)))
    crawls = Crawls(engine, settings.CRAWLS, timedelta(seconds=settings.CRAWL_DEADLINE))
    runs = _crawl_all(crawls, wanted, arguments)
    SearchIndex(INDEX_FOLDER).update(open_database(reads_only=True))
    rows = [run_row(engine, run_id) for run_id in runs]
    print_rows(rows, Format.TABLE, COLUMNS)
    busy = len(wanted) - len(runs)
    if busy:
        Console(stderr=True).print(f"{busy} of {len(wanted)} sources are being crawled already, or were not reached")
    if any(row["outcome"] in ("failed", "killed", "lost") for row in rows):
        sys.exit(1)


def _register(engine: Engine, names: Sequence[str] | None) -> None:
    """Write the sources to crawl; where one discovers others' articles all, so that their outlets are known."""
    facts, now = all_source_facts(names or None), datetime.now(UTC)
    ledger.register_sources(engine, facts, now)
    if names and any(each.outlet["kind"] == "discovery" for each in facts):
        ledger.register_sources(engine, all_source_facts(), now, are_due=False)


def _check_browser(names: Sequence[str]) -> None:
    """Say in one line that a source cannot be crawled without a browser."""
    loader = spider_loader()
    needing = [name for name in names if getattr(loader.load(name), "needs_browser", False)]
    if needing and find_spec("scrapy_playwright") is None:
        raise UserMistakeError(f"{', '.join(needing)} needs a browser: install the extra, `armswatch[browser]`")


def _crawl_all(crawls: Crawls, names: list[str], arguments: dict[str, str]) -> list[int]:
    """Crawl the sources, so many at a time; SIGINT and SIGTERM end the crawls cleanly."""
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    runs, waiting = [], list(names)
    with progress_bar() as progress:
        task = progress.add_task("crawling", total=len(names), what="")
        while (waiting or crawls.running) and not stopping:
            while waiting and len(crawls.running) < crawls.most:
                name = waiting.pop(0)
                if crawls.start(name, arguments):
                    runs.append(crawls.running[name].run_id)
            crawls.reap()
            progress.update(task, completed=crawls.ended, what=" ".join(crawls.running))
            time.sleep(POLL)
        crawls.stop()
    return runs


def progress_bar() -> Progress:
    """Give a progress bar that shows itself on a terminal only."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[what]}"))
    return Progress(*columns, console=console, disable=not console.is_terminal, transient=True)


def run_row(engine: Engine, run_id: int) -> dict[str, Any]:
    """Give one run of the ledger as a row for people."""
    with Session(engine) as session:
        run, name = session.execute(select(CrawlRun, Source.name).join(Source).where(CrawlRun.id == run_id)).one()
    counts = run.counts
    return {
        "source": name,
        "outcome": run.outcome or "running",
        "requests": counts.get("requests", 0),
        "found": counts.get("found/urls", 0),
        "new": counts.get("found/new", 0),
        "articles": counts.get("article/new", 0),
        "irrelevant": counts.get("page/irrelevant", 0),
        "revisions": counts.get("revision/new", 0),
        "missed": sum(number for key, number in counts.items() if key.startswith("missed/")),
        "reason": run.reason,
    }
