"""The demo: scheduler, spiders and web pages at work on the sample newsroom, in a database of its own."""
# ruff: noqa: PLC0415  # the environment is set before the settings are read

import os
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

import newsroom
from cli.mistakes import UserMistakeError
from crawler.environment import read_environment

if TYPE_CHECKING:
    from scheduler import Schedule

EDITIONS = (1, 2)
ROUND_SECONDS = 300  # the longest a round over the newsroom may take
PORT_SECONDS = 60  # how long to wait for another demo to end


def run_demo(web_port: int, *, keep: bool) -> None:
    """Crawl the newsroom's first day and its second, print what was collected, and end."""
    folder = _set_environment()
    from cli.scheduling import new_schedule
    from cli.serving import Place, WebServer
    from crawler import settings
    from crawler.process import spider_loader
    from scheduler import stop_on_signals

    with _open_newsroom(settings.NEWSROOM_PORT) as room:
        schedule = new_schedule(spider_loader().list())
        stop_on_signals(schedule)
        with WebServer(Place(port=web_port)) as server:
            typer.echo(
                f"sample newsroom {room.url('', '').replace('.localhost', 'localhost')}, {len(room.outlets)} outlets"
            )
            is_whole = _follow_editions(schedule, room, folder / "edition")
            if is_whole:
                _print_summary(schedule.crawls.engine, server.address, keep=keep)
            if is_whole and keep:
                schedule.run()
    if not is_whole:
        sys.exit(1)


def _set_environment() -> Path:
    """Point the settings of this process and its crawls at the newsroom and a database of its own."""
    folder = read_environment().data_dir.expanduser().resolve() / "demo"
    os.environ.pop("ARMSWATCH_DATABASE_URL", None)
    os.environ |= {
        "ARMSWATCH_DATA_DIR": str(folder),
        "ARMSWATCH_SPIDERS": str(Path(newsroom.__file__).parent / "spiders"),
        "ARMSWATCH_ALLOW_ADDRESSES": "127.0.0.0/8",
        "ARMSWATCH_DELAY": "0.05",
        "ARMSWATCH_CHECK_HOURS": "0",
        "ARMSWATCH_ONLY_OWN_SPIDERS": "true",
    }
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _open_newsroom(port: int) -> newsroom.Newsroom:
    """Start the newsroom, waiting for a demo that still holds its port."""
    deadline = time.monotonic() + PORT_SECONDS
    while True:
        try:
            return newsroom.Newsroom(port)
        except OSError as error:
            if time.monotonic() > deadline:
                raise UserMistakeError(f"port {port} of the newsroom is taken; set ARMSWATCH_NEWSROOM_PORT") from error
            time.sleep(0.5)


def _follow_editions(schedule: "Schedule", room: newsroom.Newsroom, progress: Path) -> bool:
    """Run the real schedule while the newsroom goes from day to day; False when it was stopped early."""
    done: list[bool] = []

    def watch() -> None:
        try:
            done.append(all(_follow(schedule, room, edition, progress) for edition in _editions_left(progress)))
        finally:
            schedule.stop()

    watcher = threading.Thread(target=watch, name="editions")
    watcher.start()
    schedule.run()
    watcher.join()
    schedule.stopping.clear()
    return done == [True]


def _editions_left(progress: Path) -> Sequence[int]:
    """Name the editions to crawl: the last one always, those before it once, also when a demo was killed in between."""
    first = int(progress.read_text()) if progress.exists() else EDITIONS[0]
    return [edition for edition in EDITIONS if edition >= first]


def _follow(schedule: "Schedule", room: newsroom.Newsroom, edition: int, progress: Path) -> bool:
    from models import ledger
    from models.outlet import Source
    from pipelines.frontier import make_young_due

    room.edition = edition
    engine, since, names = schedule.crawls.engine, datetime.now(UTC), list(schedule.names or ())
    if edition > EDITIONS[0]:
        with Session(engine) as session, session.begin():
            for source_id in session.scalars(select(Source.id)).all():
                make_young_due(session, source_id, since)
    ledger.make_due(engine, names, since)
    if not _wait_for_all(schedule, names, since):
        return False
    _write_whole(progress, str(min(edition + 1, EDITIONS[-1])))
    return True


def _wait_for_all(schedule: "Schedule", names: Sequence[str], since: datetime) -> bool:
    """Wait until every source has been crawled since then; a crawl that was killed is started again."""
    from models.ledger import crawled_since, make_due

    deadline = time.monotonic() + ROUND_SECONDS
    while not schedule.stopping.is_set():
        crawled, broken = crawled_since(schedule.crawls.engine, since)
        if set(names) <= crawled:
            return True
        if time.monotonic() > deadline:
            typer.echo(f"not crawled in time: {', '.join(sorted(set(names) - crawled))}", err=True)
            return False
        if broken - crawled:
            make_due(schedule.crawls.engine, sorted(broken - crawled), datetime.now(UTC))
        time.sleep(0.2)
    return False


def _write_whole(path: Path, text: str) -> None:
    """Replace a small file at once, so that a kill leaves the old or the new one."""
    draft = path.with_suffix(".new")
    draft.write_text(text)
    draft.replace(path)


def _print_summary(engine: Engine, address: str, *, keep: bool) -> None:
    from cli.formats import Format, cell, print_rows
    from cli.searching import show_found
    from cli.transfers import show_transfers
    from crawler import settings
    from models.article_search import SearchQuestion
    from models.listings import list_sources, totals

    with Session(engine) as session:
        rows, sums = list_sources(session, datetime.now(UTC)), totals(session)
    print_rows(rows, Format.TABLE, ("name", "country", "state", "articles", "pages", "reason"), "Sources")
    typer.echo()
    for name, value in vars(sums).items() if hasattr(sums, "__dict__") else _fields(sums):
        typer.echo(f"{name.replace('_', ' '):>16}  {cell(value)}")
    typer.echo("\nArticles that mention a missile or an aircraft, the best first:")
    show_found(SearchQuestion("missile OR aircraft OR misil OR ракета"), 5, Format.TABLE)
    typer.echo("\nTransfers, the latest reported first:")
    show_transfers({}, None, 5, Format.TABLE)
    typer.echo(f"\ndatabase   {settings.DATABASE_URL}")
    typer.echo(f"web pages  {address}" + ("" if keep else "  (armswatch demo --keep goes on serving them)"))


def _fields(row: object) -> list[tuple[str, object]]:
    return [(name, getattr(row, name)) for name in row.__dataclass_fields__]  # type: ignore[attr-defined]
