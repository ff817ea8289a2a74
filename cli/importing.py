"""Import: WARC files, folders of saved pages and lists of URLs, each file in a process of its own."""

import csv
import hashlib
import multiprocessing
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from cli.mistakes import UserMistakeError
from cli.workplace import INDEX_FOLDER, open_database
from crawler import settings
from crawler.process import all_source_facts, spider_loader
from crawler.spiders.imported import ImportedSpider
from crawler.spiders.saved_pages import find_files, make_page, read_body, read_urls
from models import ledger
from models.outlet import Source
from models.search_index import SearchIndex
from pipelines.crawl_report import source_facts
from pipelines.extract.urls import site_of
from pipelines.frontier import Place, store_found
from pipelines.importer import Importer, Owner
from pipelines.items import Found, Page, Rules
from pipelines.warc_input import NotRead, read_warc

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

WARCS = (".warc", ".warc.gz", ".warc.zst", ".wacz")
LISTS = (".txt", ".csv", ".urls")


@dataclass(frozen=True, slots=True)
class Done:
    """What a process says: how far it is, and at its end what it counted or why it failed."""

    path: Path
    position: int
    counts: Counter[str] | None = None
    error: str | None = None


def import_files(paths: Sequence[Path], processes: int | None) -> None:
    """Import all; exit 1 where an input could not be read."""
    for path in paths:
        if not path.is_dir() and not path.name.lower().endswith(WARCS + LISTS):
            raise UserMistakeError(f"{path} is neither a folder, a WARC file ({', '.join(WARCS)}) nor a list of URLs")
    engine = open_database()
    ledger.register_sources(
        engine, [*all_source_facts(), source_facts(ImportedSpider)], datetime.now(UTC), are_due=False
    )
    lists = [path for path in paths if path.is_file() and path.name.lower().endswith(LISTS)]
    for path in lists:
        _import_list(engine, path)
    pages = [path for path in paths if path not in lists]
    if not pages:
        return
    counts, errors = _import_all(pages, min(len(pages), processes or os.cpu_count() or 1))
    SearchIndex(INDEX_FOLDER).update(open_database(reads_only=True))
    typer.echo(summary(counts))
    for error in errors:
        typer.echo(f"armswatch: {error}", err=True)
    if errors:
        sys.exit(1)


def summary(counts: Counter[str]) -> str:
    """Say in a few lines what an import did; every record is in one of the numbers."""
    unread = {name.removeprefix("not read: "): n for name, n in sorted(counts.items()) if name.startswith("not read: ")}
    unread |= {state: counts[f"page/{state}"] for state in ("gone", "kept", "refused") if counts[f"page/{state}"]}
    revisions = counts["revision/new"] - counts["article/new"]
    first = (
        f"{counts['records']} records: {counts['page/done']} relevant ({counts['article/new']} new articles, "
        f"{revisions} new revisions of known ones), {counts['page/irrelevant']} about other things, "
        f"{counts['known']} known already, {sum(unread.values())} not read"
    )
    return "\n".join([first, *(f"  {number} {reason}" for reason, number in unread.items())])


def owners_by_site(engine: Engine) -> tuple[Owner, dict[str, Owner]]:
    """Give the owner of pages that nobody owns, and of each registered domain whose outlet has a source."""
    loader = spider_loader()
    names = set(loader.list())
    owners: dict[str, Owner] = {}
    with Session(engine) as session:
        for source in session.scalars(select(Source).order_by(Source.id)):
            rules = getattr(loader.load(source.name), "rules", Rules()) if source.name in names else Rules()
            owner = Owner(Place(source.id, source.outlet_id, None), rules)
            if source.name == ImportedSpider.name:
                anybody = owner
            elif source.outlet.homepage:
                owners.setdefault(site_of(source.outlet.homepage), owner)
    return anybody, owners


def _import_list(engine: Engine, path: Path) -> None:
    anybody, owners = owners_by_site(engine)
    found = [Found(url, found_in=path.name) for url in read_list(path)]
    new = 0
    with Session(engine) as session, session.begin():
        for each in found:
            owner = owners.get(site_of(each.url), anybody)
            new += store_found(session, owner.place, [each], datetime.now(UTC))
    typer.echo(f"{path.name}: {len(found)} URLs, {new} new; fetched by crawls of their sources, else of `imported`")


def read_list(path: Path) -> Iterator[str]:
    """Yield the URLs of a list: the column ``url`` of a CSV file, else what begins with http on each line."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        if path.suffix.lower() == ".csv":
            yield from (row["url"].strip() for row in csv.DictReader(file) if row.get("url"))
        else:
            yield from (line.split()[0] for line in file if line.lower().lstrip().startswith(("http://", "https://")))


def _import_all(paths: Sequence[Path], processes: int) -> tuple[Counter[str], list[str]]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])  # else each process imports everything anew: seconds a file
    queue: Queue[Done] = context.Queue()
    waiting, running = list(paths), {}
    counts, errors = Counter[str](), []
    with progress_bar() as progress:
        tasks = {path: progress.add_task(path.name, total=_size(path)) for path in paths}
        while waiting or running:
            while waiting and len(running) < processes:
                path = waiting.pop(0)
                running[path] = context.Process(target=import_one, args=(path, queue))
                running[path].start()
            for done in _news(queue, running):
                progress.update(tasks[done.path], completed=done.position)
                if done.counts is not None or done.error:
                    counts.update(done.counts or {})
                    errors += [done.error] if done.error else []
                    running.pop(done.path).join()
    return counts, errors


def _news(queue: "Queue[Done]", running: dict[Path, Any]) -> Iterator[Done]:
    """Wait for word from a process; one that died without any is told as failed."""
    try:
        yield queue.get(timeout=1)
    except Empty:
        for path, process in list(running.items()):
            if not process.is_alive() and queue.empty():
                yield Done(path, 0, error=f"{path}: its process ended with {process.exitcode}; import it again")


def _size(path: Path) -> int:
    return sum(1 for _ in find_files(path)) if path.is_dir() else path.stat().st_size


def progress_bar() -> Progress:
    """Give a bar an input, shown on a terminal only."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=console, disable=not console.is_terminal)


def import_one(path: Path, queue: "Queue[Done]") -> None:
    """Import one file or folder in this process and say so."""
    engine = open_database()
    anybody, owners = owners_by_site(engine)
    importer = Importer(engine, settings.DATA_DIR / "captures", anybody, owners)
    items = read_folder(path) if path.is_dir() else read_warc(path, settings.DOWNLOAD_MAXSIZE)
    try:
        for position in importer.read(archive_name(path), items):
            queue.put(Done(path, position))
    except OSError as error:
        queue.put(Done(path, 0, importer.counts, f"{path}: {error}"))
    else:
        queue.put(Done(path, _size(path), importer.counts))


def archive_name(path: Path) -> str:
    """Name the archive's file for an input: readable, and another one for a file of the same name elsewhere."""
    digest = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
    return f"imported/{re.sub(r'[^A-Za-z0-9._-]', '_', path.name)[:100]}-{digest}"


def read_folder(folder: Path) -> Iterator[tuple[Page | NotRead, int]]:
    """Yield the page of each saved file, fetched when the file was written, and how many files that are."""
    urls = read_urls(folder / "urls.csv")
    for number, path in enumerate(find_files(folder), 1):
        try:
            body = read_body(path)
        except (OSError, EOFError):
            yield NotRead("damaged"), number
            continue
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        yield make_page(path.relative_to(folder).as_posix(), body, urls, at), number
