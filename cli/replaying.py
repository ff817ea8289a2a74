"""Replay from the archive: shows what changes, then writes it."""

import sys
from datetime import UTC, datetime

import typer
from sqlalchemy.orm import Session

from cli.crawling import progress_bar
from cli.mistakes import UserMistakeError
from cli.workplace import INDEX_FOLDER, open_database, parse_day
from crawler import settings
from crawler.process import spider_loader
from models.search_index import SearchIndex
from pipelines.items import Rules
from pipelines.replay import Replay, Replayed, captures_between, replay
from pipelines.store import store_batch


def replay_captures(source: str | None, since: str | None, until: str | None, *, dry_run: bool) -> None:
    """Read captures again; exit 1 when one is damaged."""
    engine, reading_engine = open_database(), open_database(reads_only=True)
    if source is not None and source not in spider_loader().list():
        raise UserMistakeError(f"no spider is called {source!r}; `armswatch sources list` names them")
    with Session(reading_engine, expire_on_commit=False) as session:
        chosen = captures_between(session, source, parse_day("since", since), parse_day("until", until))
    reader = Replay(settings.DATA_DIR, settings.DOWNLOAD_MAXSIZE)
    changed = damaged = 0
    with progress_bar() as progress:
        task = progress.add_task("reading again", total=len(chosen), what="")
        for each in replay(reading_engine, reader, chosen, _rules()):
            changed, damaged = changed + bool(each.changes), damaged + (each.error is not None)
            _show(each)
            if each.reading is not None and not dry_run:
                store_batch(engine, each.place, [each.reading], datetime.now(UTC))
            progress.advance(task)
    if not dry_run:
        SearchIndex(INDEX_FOLDER).update(reading_engine)
    would = "would change" if dry_run else "changed"
    typer.echo(f"{len(chosen)} captures read again, {changed} {would}, {damaged} damaged")
    if damaged:
        sys.exit(1)


def _rules() -> dict[str, Rules]:
    loader = spider_loader()
    return {name: getattr(loader.load(name), "rules", Rules()) for name in loader.list()}


def _show(each: Replayed) -> None:
    if each.error is not None:
        typer.echo(f"damaged  {each.url}: {each.error}")
    elif each.changes:
        typer.echo(f"{', '.join(each.changes)}  {each.url}")
