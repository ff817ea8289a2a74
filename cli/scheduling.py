"""Crawling on schedule and serving the web pages, each alone or both in one process."""

import logging
import threading
from datetime import UTC, datetime, timedelta

import typer

from cli.office import open_office
from cli.serving import WebServer, place_of_settings
from cli.workplace import INDEX_FOLDER, open_database
from crawler import settings
from crawler.process import all_source_facts
from models import ledger
from models.search_index import SearchIndex
from scheduler import Crawls, Schedule, stop_on_signals


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
    return Schedule(crawls, SearchIndex(INDEX_FOLDER), [each.name for each in facts], check_every, open_office())


def run_schedule(web_port: int | None, host: str | None = None) -> None:
    """Crawl on schedule until SIGTERM or SIGINT; with the web pages where a port is given."""
    place = None if web_port is None else place_of_settings(host, web_port)
    schedule = new_schedule()
    stop_on_signals(schedule)
    typer.echo(f"database {settings.DATABASE_URL}")
    typer.echo(f"{len(schedule.names or ())} sources on schedule; stop with Ctrl-C")
    if place is None:
        schedule.run()
        return
    with WebServer(place) as server:
        typer.echo(f"web pages {server.address}")
        schedule.run()


def serve_pages(port: int, host: str | None = None) -> None:
    """Serve the web pages until interrupted."""
    with WebServer(place_of_settings(host, port)) as server:
        typer.echo(f"web pages {server.address}; stop with Ctrl-C")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return
