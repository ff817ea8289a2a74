"""The sources as spider files and the operator have them, and the operator's choices."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import typer
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cli.formats import Format, print_rows
from cli.mistakes import UserMistakeError
from cli.workplace import open_database
from crawler.process import all_source_facts, spider_loader
from models import ledger, source_choices
from models.listing_sources import SourceRow, list_sources

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
FILE = "file"  # what is typed to give the spider file its say back
COLUMNS = ("name", "outlet", "country", "languages", "kind", "way_in", "every", "expect", "delay", "state", "chosen")


def show_sources(form: Format) -> None:
    """List what the spider files say and what the operator chose."""
    loader = spider_loader()
    with Session(open_database(reads_only=True)) as session:
        watched = {row.name: row for row in list_sources(session, datetime.now(UTC))}
    spiders: dict[str, Any] = {name: loader.load(name) for name in loader.list()}
    rows = [
        _row(name, spider, watched.get(name))
        for name, spider in spiders.items()
        if getattr(spider, "is_source", True) and hasattr(spider, "outlet")
    ]
    print_rows(rows, form, COLUMNS)


def _row(name: str, spider: Any, watched: SourceRow | None) -> dict[str, Any]:
    every = timedelta(seconds=watched.interval) if watched else spider.every
    return {
        "name": name,
        "outlet": spider.outlet.name,
        "country": spider.outlet.country,
        "languages": " ".join(spider.outlet.languages),
        "kind": spider.outlet.kind,
        "owner": spider.outlet.owner,
        "way_in": next(base.__name__ for base in spider.__mro__ if base.__module__.startswith("crawler.base")),
        "every": str(every),
        "expect": watched.expect if watched else spider.expect,
        "delay": watched.delay if watched else None,
        "state": watched.state if watched else None,
        "chosen": " ".join(watched.chosen) if watched else "",
        "start_urls": " ".join(getattr(spider, "start_urls", ())),
    }


def known_names(names: Sequence[str]) -> list[str]:
    """Give the names back; raises UserMistakeError for one that no spider has."""
    known = spider_loader().list()
    for name in names:
        if name not in known:
            raise UserMistakeError(f"no spider is called {name!r}; `armswatch sources list` names them")
    return list(names)


def _with_rows(names: Sequence[str]) -> Engine:
    """Open the database, in which the named sources have rows."""
    engine = open_database()
    ledger.register_sources(engine, all_source_facts(known_names(names)), datetime.now(UTC))
    return engine


def enable_sources(names: Sequence[str]) -> None:
    """Let the schedule crawl sources (again)."""
    engine = _with_rows(names)
    for name in names:
        source_choices.enable(engine, name, datetime.now(UTC))
        typer.echo(f"{name} is enabled")


def pause_sources(names: Sequence[str]) -> None:
    """Let the schedule leave sources alone."""
    engine = _with_rows(names)
    for name in names:
        source_choices.pause(engine, name, datetime.now(UTC))
        typer.echo(f"{name} is paused; `armswatch sources enable {name}` takes it up again")


def set_source(name: str, every: str | None, delay: str | None, expect: str | None) -> None:
    """Keep the operator's choices for a source above what its file says."""
    if every is None and delay is None and expect is None:
        raise UserMistakeError("nothing to set: give --every, --delay or --expect")
    given = {"interval": every, "delay": delay, "expect": expect}
    forget = frozenset(field for field, text in given.items() if text == FILE)
    choices = source_choices.Choices(
        interval=None if every in (None, FILE) else parse_duration(every),
        delay=None if delay in (None, FILE) else _number("--delay", delay, 0, 3600),
        expect=None if expect in (None, FILE) else int(_number("--expect", expect, 0, 1_000_000)),
        forget=forget,
    )
    engine = _with_rows([name])
    source_choices.choose(engine, name, choices, datetime.now(UTC))
    with Session(engine) as session:
        row = next(row for row in list_sources(session, datetime.now(UTC)) if row.name == name)
    pace = f"{row.delay:g} s between requests" if row.delay is not None else "the settings' delay"
    chosen = f"set by you: {', '.join(row.chosen)}" if row.chosen else "all as the spider file says"
    typer.echo(
        f"{name}: every {timedelta(seconds=row.interval)}, {pace}, {row.expect or 'no'} articles a week; {chosen}"
    )


def parse_duration(text: str) -> int:
    """Read ``30m``, ``2h``, ``1d`` or seconds; five minutes to four weeks. Raises UserMistakeError."""
    match = re.fullmatch(r"(\d{1,7})\s*([smhdw]?)", text.strip().lower())
    seconds = int(match[1]) * UNITS[match[2] or "s"] if match else 0
    if not 300 <= seconds <= 4 * UNITS["w"]:
        raise UserMistakeError(f"--every {text!r} is not a time such as 30m, 2h or 1d, from 5m to 4w")
    return seconds


def _number(option: str, text: str, least: float, most: float) -> float:
    if not re.fullmatch(r"\d{1,7}(?:\.\d{1,3})?", text) or not least <= float(text) <= most:
        raise UserMistakeError(f"{option} {text!r} is not a number from {least:g} to {most:g}, nor {FILE!r}")
    return float(text)
