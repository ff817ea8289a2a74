"""Lists of feeds in OPML, in and out: what feed readers and other watchers exchange."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import typer

from cli.adding import Place, Wish, add_from_report, place_for, refuse_known
from cli.formats import cell
from cli.looking import address_of, look_at
from cli.mistakes import UserMistakeError
from crawler.base_spiders import FeedSpider
from crawler.base_spiders.documents import iterate_elements, read_text
from crawler.process import spider_loader
from pipelines.items import Outlet

MAX_FEEDS = 500


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list."""

    url: str
    title: str | None


def parse_opml(body: bytes) -> list[Outline]:
    """Give the feeds a list names, each once; markup is repaired, entities are never resolved."""
    text, _ = read_text(body, None)
    found: dict[str, Outline] = {}
    for element in iterate_elements(text, frozenset({"outline"}), []):
        values = {name.lower(): value for name, value in element.attrib.items()}
        url = (values.get("xmlurl") or "").strip()
        if url:
            found.setdefault(url, Outline(url, values.get("title") or values.get("text")))
    return list(found.values())


def import_opml(file: Path, wish: Wish) -> None:
    """Add each feed of a list as a source; exit 1 where some could not be added."""
    outlines = parse_opml(file.read_bytes())
    if not outlines:
        raise UserMistakeError(f"{file} names no feed")
    if len(outlines) > MAX_FEEDS:
        raise UserMistakeError(f"{file} names {len(outlines)} feeds; {MAX_FEEDS} at a time are enough")
    place = place_for(wish)
    refused = dict(_refusals(outlines, wish))
    wanted = [each.url for each in outlines if each.url not in refused]
    reports = look_at([address_of(url) for url in wanted], with_answers=True)
    for url, report in zip(wanted, reports, strict=True):
        typer.echo(f"\n{cell(url)}")
        problem = report if isinstance(report, str) else _add(report, place, wish)
        if problem is not None:
            refused[url] = problem
    typer.echo(f"\n{len(outlines) - len(refused)} of {len(outlines)} feeds added")
    for url, why in refused.items():
        typer.echo(f"not added: {cell(url)}: {cell(why)}", err=True)
    if refused:
        sys.exit(1)


def _refusals(outlines: list[Outline], wish: Wish) -> Iterator[tuple[str, str]]:
    for each in outlines:
        try:
            refuse_known([address_of(each.url)], anyway=wish.anyway)
        except UserMistakeError as mistake:
            yield each.url, str(mistake)


def _add(report: Any, place: Place, wish: Wish) -> str | None:
    try:
        return add_from_report(report, place, wish)
    except UserMistakeError as mistake:
        return str(mistake)


def export_opml(file: Path | None) -> None:
    """Write all feeds that sources read as a list, to a file or standard output."""
    loader = spider_loader()
    spiders: list[Any] = [loader.load(name) for name in loader.list()]
    feeds = [spider for spider in spiders if issubclass(spider, FeedSpider)]
    text = opml_of([(spider.name, spider.outlet, url) for spider in feeds for url in spider.start_urls])
    if file is None:
        sys.stdout.write(text)
    else:
        try:
            file.write_text(text, "utf-8")
        except OSError as error:
            raise UserMistakeError(f"cannot write {file}: {error.strerror}") from error
    others = sum(bool(getattr(spider, "start_urls", ())) for spider in spiders) - len(feeds)
    typer.echo(f"{len(feeds)} sources with feeds; {others} have other ways in, which OPML has no word for", err=True)


def opml_of(feeds: list[tuple[str, Outlet, str]]) -> str:
    """Give the list as OPML 2.0; ``category`` says country and kind as its specification wants categories written."""
    lines = [_outline(name, outlet, url) for name, outlet, url in feeds]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n<head><title>armswatch</title></head>\n<body>\n'
    )
    return f"{head}{''.join(lines)}</body>\n</opml>\n"


def _outline(name: str, outlet: Outlet, url: str) -> str:
    values = {
        "type": "rss",
        "text": outlet.name,
        "title": outlet.name,
        "xmlUrl": url,
        "htmlUrl": outlet.homepage,
        "language": next(iter(outlet.languages), None),
        "category": ",".join(f"/{part}" for part in (outlet.country, outlet.kind) if part) or None,
        "description": name,
    }
    return f"<outline {' '.join(f'{key}={quoteattr(value)}' for key, value in values.items() if value)}/>\n"
