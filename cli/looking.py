"""What a site offers, as a report for people or programs."""

import sys
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import typer
from rich.console import Console

from cli.crawling import progress_bar
from cli.formats import Format, cell, print_json, print_rows
from cli.mistakes import UserMistakeError
from crawler.scouting.look import Look, SiteReport
from crawler.scouting.scout import Unfinished, run_errands
from crawler.scouting.trial import FIELDS
from pipelines.extract.urls import canonicalise

LOOK_SECONDS = 610.0


def address_of(text: str) -> str:
    """Read an address as a user types it, without a scheme too; raises UserMistakeError."""
    written = text.strip()
    if "://" not in written:
        written = f"https://{written}"
    try:
        url = canonicalise(written)
    except ValueError as error:
        raise UserMistakeError(f"{text!r} is no address to look at: {error}") from error
    if urlsplit(url).scheme not in {"http", "https"}:
        raise UserMistakeError(f"{text!r} is no address of the web")
    return url


def look_at(urls: Sequence[str], *, with_answers: bool = False) -> list[SiteReport | str]:
    """Look at sites in parallel; a line that says why stands for one that could not be looked at."""
    with progress_bar() as progress:
        task = progress.add_task("looking", total=len(urls), what="")
        errands = [Look(url, with_answers=with_answers) for url in urls]
        deadline = LOOK_SECONDS + 5 * len(urls)
        found = run_errands(errands, deadline, lambda number: progress.update(task, advance=1, what=urls[number]))
    return [each.reason if isinstance(each, Unfinished) else each for each in found]


def look_as_typed(text: str, *, with_answers: bool = False) -> SiteReport | str:
    """Look at an address as a user typed it: one without a scheme is asked over http where https gives no answer."""
    address = address_of(text)
    report = look_at([address], with_answers=with_answers)[0]
    if "://" in text or isinstance(report, str) or report.status is not None:
        return report
    plain = look_at([address.replace("https://", "http://", 1)], with_answers=with_answers)[0]
    return report if isinstance(plain, str) or plain.status is None else plain


def show_look(url: str, form: Format) -> None:
    """Show what a site offers; exit 1 where nothing of it could be read."""
    report = look_as_typed(url)
    if isinstance(report, str):
        typer.echo(f"{url}: {report}", err=True)
        sys.exit(1)
    if form is Format.TABLE:
        _print_report(report)
    elif form is Format.JSON:
        print_json(_record(report))
    else:
        print_rows([_record(report)], form)
    if report.problem is not None:
        sys.exit(1)


def _record(report: SiteReport) -> dict[str, Any]:
    """Give a report as plain values, with what it makes of them."""
    values = {name: getattr(report, name) for name in report.__dataclass_fields__ if name != "recorded"}
    return values | {"best": report.best.url if report.best else None}


def _print_report(report: SiteReport) -> None:
    facts = report.outlet
    lines = {
        "address": report.url if report.final_url == report.url else f"{report.url} -> {report.final_url}",
        "answer": report.problem or f"status {report.status}",
        "robots.txt": _robots_line(report),
        "outlet": facts and ", ".join(f"{name} {cell(getattr(facts.outlet, name))}" for name in facts.origins),
        "unknown": facts and ", ".join(facts.unknown),
        "structured": ", ".join(report.structured) or "none",
        "walls": "; ".join(report.walls) or "none met",
        "opt-outs": "; ".join(report.opt_outs) or "none found",
    }
    for name, value in lines.items():
        if value:
            typer.echo(f"{name:>11}  {cell(value)}")
    ways = [
        {"kind": "news sitemap" if way.is_news else way.kind, "articles": way.items, "dated": way.dated}
        | {"newest": way.newest_at, "per_week": way.per_week, "found_by": way.found_by, "url": way.url}
        | {"problem": way.problem}
        for way in report.ways_in
    ]
    print_rows(ways, Format.TABLE, title="\nWays in, the best first")
    print_rows(
        [_page_row(trial) for trial in report.pages], Format.TABLE, title="\nPages as generic extraction reads them"
    )
    if report.best is not None:
        Console().print(f"\narmswatch sources add {cell(report.url)}", markup=False, highlight=False)


def _robots_line(report: SiteReport) -> str:
    robots = report.robots
    if robots.error:
        return f"cannot be had ({robots.error}): nothing may be fetched"
    delay = f", {robots.crawl_delay:g} s between requests" if robots.crawl_delay else ""
    named = f", names {len(robots.sitemaps)} sitemaps" if robots.sitemaps else ""
    return ("allows us" if robots.allows else "keeps us out") + delay + named


def _page_row(trial: Any) -> dict[str, Any]:
    found = [name for name in FIELDS if name not in trial.missing]
    return {
        "headline": trial.headline,
        "published": (trial.published or "")[:16],
        "authors": trial.authors,
        "language": trial.language,
        "characters": trial.text_length,
        "fields": f"{len(found)} of {len(FIELDS)}",
        "problem": trial.problem or (trial.access if trial.access == "teaser" else None),
        "url": trial.url,
    }
