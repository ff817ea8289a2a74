"""Crawling on schedule and serving the web pages, each alone or both in one process."""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Self

import typer
import uvicorn

from cli.mistakes import UserMistakeError
from cli.workplace import INDEX_FOLDER, open_database
from crawler import settings
from crawler.process import all_source_facts
from models import ledger
from models.search_index import SearchIndex
from scheduler import Crawls, Schedule, stop_on_signals
from web.app import create_app

HOST = "127.0.0.1"  # from this machine only, until there are accounts


class WebServer:
    """The web pages on a thread of this process; use it as a context manager."""

    def __init__(self, port: int) -> None:
        app = create_app(settings.DATABASE_URL, INDEX_FOLDER)
        self._server = uvicorn.Server(uvicorn.Config(app, host=HOST, port=port, log_level="warning"))
        self._server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]  # the schedule owns them
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)
        self.address = f"http://{HOST}:{port}"

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise UserMistakeError(f"cannot serve on {self.address}: is the port taken?")
            time.sleep(0.02)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://{HOST}:{port}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)


def log_to_stderr() -> None:
    """Let this process log as the settings say; crawls set up their own."""
    logging.basicConfig(level=settings.LOG_LEVEL, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def new_schedule(names: list[str] | None = None) -> Schedule:
    """Register the sources that spider files name and give a schedule over them."""
    log_to_stderr()
    engine = open_database()
    facts = all_source_facts(names)
    ledger.register_sources(engine, facts, datetime.now(UTC))
    crawls = Crawls(engine, settings.CRAWLS, timedelta(seconds=settings.CRAWL_DEADLINE))
    check_every = timedelta(hours=settings.CHECK_HOURS) or None
    return Schedule(crawls, SearchIndex(INDEX_FOLDER), [each.name for each in facts], check_every)


def run_schedule(web_port: int | None) -> None:
    """Crawl on schedule until SIGTERM or SIGINT; with the web pages where a port is given."""
    schedule = new_schedule()
    stop_on_signals(schedule)
    typer.echo(f"database {settings.DATABASE_URL}")
    typer.echo(f"{len(schedule.names or ())} sources on schedule; stop with Ctrl-C")
    if web_port is None:
        schedule.run()
        return
    with WebServer(web_port) as server:
        typer.echo(f"web pages {server.address}")
        schedule.run()


def serve_pages(port: int) -> None:
    """Serve the web pages until interrupted."""
    open_database()
    with WebServer(port) as server:
        typer.echo(f"web pages {server.address}; stop with Ctrl-C")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return
