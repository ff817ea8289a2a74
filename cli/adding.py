"""Adding a source from its address: look, write the spider file, record a page, read it back, say what to check."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import typer
from scrapy.settings import Settings

import crawler
from cli.formats import cell
from cli.looking import address_of, look_as_typed
from cli.mistakes import UserMistakeError
from cli.recording_ways_in import record_way_in
from cli.spider_files import NewSource, is_safe_name, name_for, spider_source
from crawler import settings
from crawler.process import spider_loader
from crawler.recorded_pages import Recording, describe
from crawler.scouting.look import SiteReport
from crawler.scouting.scout import Answer
from crawler.spider_loader import FolderSpiderLoader
from pipelines.extract.urls import canonical_or_none
from pipelines.items import Rules

CHECKOUT = Path(crawler.__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Place:
    """Where spider files and their recorded pages go."""

    spiders: Path
    pages: Path


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user says of the source to be added; ``anyway`` adds a second one of an outlet that is known."""

    name: str | None = None
    folder: Path | None = None
    packaged: bool = False
    anyway: bool = False


def add_source(url: str, wish: Wish) -> None:
    """Add the source of an address and say what to check; exit 1 where no way leads in."""
    address = address_of(url)
    place = place_for(wish)
    refuse_known([address], anyway=wish.anyway)
    report = look_as_typed(url, with_answers=True)
    if isinstance(report, str):
        _end_without(address, report)
    problem = add_from_report(report, place, wish)
    if problem is not None:
        _end_without(address, problem)


def _end_without(address: str, problem: str) -> None:
    typer.echo(f"{address} cannot be added: {cell(problem)}", err=True)
    typer.echo(f"`armswatch sources look {address}` shows what it offers", err=True)
    sys.exit(1)


def place_for(wish: Wish) -> Place:
    """Say where the files go: the folder given, that of the settings, or the checkout where asked."""
    if wish.packaged:
        place = Place(CHECKOUT / "crawler" / "spiders", CHECKOUT / "tests" / "pages")
        if not place.pages.is_dir():
            raise UserMistakeError("--packaged is for a checkout of armswatch; this one is installed")
        return place
    folder = wish.folder or settings.SPIDERS_FOLDER
    if folder is None:
        raise UserMistakeError("where do your spiders live? set ARMSWATCH_SPIDERS or give --folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserMistakeError(f"cannot make the folder {folder}: {error.strerror}") from error
    return Place(folder, folder / "pages")


def refuse_known(urls: Sequence[str], *, anyway: bool) -> None:
    """Refuse addresses of outlets that a spider reads already; ``anyway`` refuses only the very same way in."""
    loader = spider_loader()
    for name in loader.list():
        spider = loader.load(name)
        ways_in = [url for url in getattr(spider, "start_urls", ()) if url]
        homepage = getattr(getattr(spider, "outlet", None), "homepage", None)
        for url in urls:
            is_same = canonical_or_none(url) in {canonical_or_none(each) for each in ways_in}
            is_host = _host(url) in {_host(each) for each in (*ways_in, homepage or "")}
            if is_same or (is_host and not anyway):
                hint = "" if is_same else "; --anyway adds a second source of it"
                raise UserMistakeError(f"{url} is known already as {name}{hint}")


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def add_from_report(report: SiteReport, place: Place, wish: Wish) -> str | None:
    """Write what a look found as a source and show it; gives why that cannot be, None where it is done."""
    best, facts = report.best, report.outlet
    if best is None or facts is None:
        return report.problem or "no way in names articles of its own"
    refuse_known([best.url, report.final_url], anyway=wish.anyway)
    source = NewSource(
        _free_name(wish.name or name_for(facts.outlet.homepage or report.url), place), facts.outlet, best
    )
    path = place.spiders / f"{source.name}.py"
    path.write_text(spider_source(source), "utf-8")
    recording = _record_first(report, place.pages / source.name)
    _show(report, source, path, recording)
    rules = _load(source.name, path)
    if recording is not None:
        differences = recording.differences(rules)
        typer.echo(
            "test       " + ("; ".join(map(cell, differences)) if differences else "passed: it reads as recorded")
        )
    _show_doubts(report, source, path, recording)
    if wish.packaged:
        _complete_packaged(source, place)
    return None


def _complete_packaged(source: NewSource, place: Place) -> None:
    """Record the way in too, which the tests of sources that come along ask for, and name what only a person knows."""
    path = record_way_in(source.name, place.pages / source.name)
    typer.echo(f"way in     {path}, way_in.found.json: shorten both to a few items")
    if source.way_in.per_week is None:
        typer.echo("fill in    expect: articles a week")
    typer.echo("fill in    the whole outlet, its owner in crawler/publishers.csv too")
    typer.echo(f"then       pytest -k {source.name}; pytest tests/test_docs.py renews docs/sources.md")


def _free_name(name: str, place: Place) -> str:
    """Give the name unless it is taken or cannot be one."""
    if not is_safe_name(name):
        raise UserMistakeError(f"{name!r} cannot be a name: lower-case letters, digits and single underscores")
    if name in spider_loader().list() or (place.spiders / f"{name}.py").exists():
        raise UserMistakeError(f"a source is called {name} already; --name gives another one")
    return name


def _load(name: str, path: Path) -> Rules:
    """Load the new file as a crawl will; gives its rules."""
    own = Settings({"SPIDERS_FOLDER": path.parent, "SPIDER_MODULES": []})
    return FolderSpiderLoader.from_settings(own).load(name).rules


def _record_first(report: SiteReport, folder: Path) -> Recording | None:
    """Record the first of the pages looked at that reads as an article."""
    for trial, answer in zip(report.pages, report.recorded, strict=True):
        if trial.is_article:
            return record(answer, folder, Rules())
    return None


def record(answer: Answer, folder: Path, rules: Rules, over: Recording | None = None) -> Recording:
    """Keep a page as it came and what is read from it now, ``over`` an older recording of it where there is one."""
    recording = over or Recording(folder / f"{_slug(answer.final_url)}.html")
    content_type = answer.content_type or "text/html"
    recording.html.parent.mkdir(parents=True, exist_ok=True)
    recording.html.write_bytes(answer.body)
    now = datetime.now(UTC).replace(microsecond=0)
    expected = describe(recording.read(answer.final_url, rules, now, content_type), answer.final_url)
    recording.write_expected(expected | {"recorded_at": now.isoformat(), "content_type": content_type})
    return recording


def _slug(url: str) -> str:
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in last.partition(".")[0].lower())
    return "-".join(part for part in plain.split("-") if part)[:60].strip("-") or "page"


def _show(report: SiteReport, source: NewSource, path: Path, recording: Recording | None) -> None:
    way, facts = source.way_in, report.outlet
    assert facts is not None
    per_week = f", about {way.per_week:g} a week" if way.per_week else ""
    typer.echo(f"way in     {way.kind} {cell(way.url)} ({way.found_by}): {way.items} articles{per_week}")
    typer.echo(f"spider     {path}")
    for name, origin in facts.origins.items():
        typer.echo(f"{name:<10} {cell(getattr(facts.outlet, name))}  ({origin})")
    for name in facts.unknown:
        typer.echo(f"{name:<10} unknown: the site does not say; fill it in")
    if recording is not None:
        expected = recording.expected
        typer.echo(f"page       {recording.html}, {recording.json.name}")
        for name in ("headline", "authors", "published", "language"):
            typer.echo(f"  {name:<10} {cell(expected[name]) or 'NOT FOUND'}")


def _show_doubts(report: SiteReport, source: NewSource, path: Path, recording: Recording | None) -> None:
    """Say what a person should look at before trusting the new source."""
    doubts = [f"{cell(each)}" for each in (*report.walls, *report.opt_outs)]
    odd = [trial for trial in report.pages if not trial.is_article]
    doubts += [f"no article: {cell(each.url)} ({each.problem or 'missing ' + ', '.join(each.missing)})" for each in odd]
    if recording is None:
        doubts.append("none of the pages looked at reads as an article: give the spider rules before it is crawled")
    for name in ("published", "authors"):
        lacking = sum(name in trial.missing for trial in report.pages)
        if lacking:
            doubts.append(f"{name} not found on {lacking} of {len(report.pages)} pages")
    if not source.way_in.dated:
        doubts.append("its way in gives no dates")
    for doubt in doubts:
        typer.echo(f"check      {doubt}")
    if path.parent not in {settings.SPIDERS_FOLDER, CHECKOUT / "crawler" / "spiders"}:
        typer.echo(f"set        ARMSWATCH_SPIDERS={path.parent}, or armswatch does not see it")
    typer.echo(f"try        armswatch crawl {source.name} --limit 5")
