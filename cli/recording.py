"""Renews the recorded pages of sources, and shows what is read otherwise since."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import typer

from cli.adding import CHECKOUT, record
from cli.formats import cell
from cli.mistakes import UserMistakeError
from cli.sources import known_names
from crawler import settings
from crawler.process import spider_loader
from crawler.recorded_pages import COMPARED, Recording, recordings
from crawler.scouting.check import Reading, checkable, spider_kind
from crawler.scouting.look import plain
from crawler.scouting.scout import Answer, Scout, Unfinished, run_errands
from crawler.scouting.trial import trouble_of, try_page

RECORD_SECONDS = 610.0
TRIED = 5  # articles of a way in that are tried until one reads well


@dataclass(frozen=True, slots=True)
class FetchAgain:
    """The errand: fetch recorded pages again; for a source without one, the newest article its ways in name."""

    name: str
    urls: tuple[str, ...]

    async def run(self, scout: Scout) -> list[Answer]:
        """Fetch them, one after the other."""
        if self.urls:
            return [plain(await scout.fetch(url)) for url in self.urls]
        way = Reading(spider_kind(self.name))
        for request in way.spider.ways_in():
            for child in way.read(await scout.fetch(request), request)[:2]:
                way.read(await scout.fetch(child), child)
        for found in way.found[:TRIED]:
            answer = await scout.fetch(found.url)
            if try_page(answer, rules=way.spider.rules).trial.is_article:
                return [plain(answer)]
        return []


def record_pages(names: Sequence[str] | None) -> None:
    """Renew the recorded pages of the named sources or all; exit 1 where one could not be had."""
    wanted = checkable(known_names(names) if names else None)
    kept = {name: _recordings(name) for name in wanted}
    renewable = {name: tuple(url for each in found if (url := _real_url(each))) for name, found in kept.items()}
    # A source whose pages are all invented has pages we may not publish: only a user who names it gets a real one.
    wanted = [name for name in wanted if renewable[name] or not kept[name] or names]
    errands = [FetchAgain(name, renewable[name]) for name in wanted]
    results = run_errands(errands, RECORD_SECONDS + 30 * len(errands))
    failed = [name for name, result in zip(wanted, results, strict=True) if not _renew(name, result, kept[name])]
    invented = [name for name in kept if name not in wanted]
    if invented:
        typer.echo(f"left alone, as their pages are invented: {', '.join(invented)}")
    if failed:
        sys.exit(1)


def pages_folder(name: str) -> Path:
    """Say where the recorded pages of a source live: in the checkout, or beside the operator's own spiders."""
    spider = spider_loader().load(name)
    if spider.__module__.startswith("crawler.spiders."):
        folder = CHECKOUT / "tests" / "pages"
        if not folder.is_dir():
            raise UserMistakeError(f"{name} came along with armswatch: its recorded pages are in a checkout only")
        return folder
    assert settings.SPIDERS_FOLDER is not None
    return settings.SPIDERS_FOLDER / "pages"


def _recordings(name: str) -> list[Recording]:
    return [each for each in recordings(pages_folder(name), name) if each.json.exists()]


def _real_url(recording: Recording) -> str | None:
    """Give the address a page was recorded at, None for an invented page."""
    expected = recording.expected
    is_real = expected["origin"] == "recorded" and not (urlsplit(expected["url"]).hostname or "").endswith(".invalid")
    return expected["url"] if is_real else None


def _renew(name: str, result: list[Answer] | Unfinished, kept: list[Recording]) -> bool:
    """Write what was fetched over what was kept and show what is read otherwise; tells whether all could be had."""
    if isinstance(result, Unfinished) or not result:
        typer.echo(
            f"{name}: {result.reason if isinstance(result, Unfinished) else 'no article could be had'}", err=True
        )
        return False
    rules, is_whole = spider_loader().load(name).rules, True
    old = {url: each for each in kept if (url := _real_url(each))}
    for answer in result:
        if trouble := trouble_of(answer):
            typer.echo(f"{name}: {cell(answer.url)}: {trouble}; the recording stays as it was", err=True)
            is_whole = False
            continue
        before = old[answer.url].expected if answer.url in old else None
        new = record(answer, pages_folder(name) / name, rules, old.get(answer.url))
        typer.echo(f"{name}: {new.html} {_changes(before, new.expected)}")
    return is_whole


def _changes(before: dict[str, object] | None, after: dict[str, object]) -> str:
    if before is None:
        return "recorded: review and commit"
    changed = [key for key in (*COMPARED, "body_contains") if before[key] != after[key]]
    return f"renewed, read otherwise: {', '.join(changed)}" if changed else "renewed, read as before"
