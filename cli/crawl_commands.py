"""Commands that run the work: crawls, schedule, web pages, replay."""
# ruff: noqa: PLC0415, PLR0913, PLR0917  # imports stand inside, so a command loads no more than its own part; typer makes an option of each argument

from typing import Annotated

import typer

from cli.formats import Format
from cli.options import FormatOption, HostOption, PortOption

commands = typer.Typer()


@commands.command()
def run(port: PortOption = 8378, host: HostOption = None) -> None:
    """Crawl on schedule and serve the web pages until stopped: the main job."""
    from cli.scheduling import run_schedule

    run_schedule(port, host)


@commands.command()
def demo(
    port: PortOption = 8378,
    keep: Annotated[bool, typer.Option("--keep", help="Go on serving the web pages until stopped.")] = False,
) -> None:
    """Do the main job on the sample newsroom that comes along, in a database of its own, and end with a summary."""
    from cli.demo import run_demo

    run_demo(web_port=port, keep=keep)


@commands.command()
def crawl(
    spiders: Annotated[list[str] | None, typer.Argument(help="Names of sources; none: all that are due.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Fetch at most so many pages of each source.")] = None,
    since: Annotated[str | None, typer.Option(help="Only what the way in dates after this (ISO date).")] = None,
    sample: Annotated[int | None, typer.Option(min=1, help="Fetch so many pages spread over what is due.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Look at young articles again now.")] = False,
    argument: Annotated[list[str] | None, typer.Option("-a", help="Further spider argument NAME=VALUE.")] = None,
) -> None:
    """Crawl now."""
    from cli.crawling import crawl_now, spider_arguments

    crawl_now(spiders, spider_arguments(limit, since, sample, again, argument or []))


@commands.command()
def schedule() -> None:
    """Crawl on schedule until stopped, without the web pages."""
    from cli.scheduling import run_schedule

    run_schedule(web_port=None)


@commands.command()
def serve(port: PortOption = 8378, host: HostOption = None) -> None:
    """Serve the web pages until stopped, without crawling."""
    from cli.scheduling import serve_pages

    serve_pages(port, host)


@commands.command()
def status(format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """Show each source: last and next crawl, volume, state, reason; exit 1 when any is overdue."""
    from cli.asking import show_status

    show_status(format)


@commands.command()
def replay(
    source: Annotated[str | None, typer.Option(help="Only this source.")] = None,
    since: Annotated[str | None, typer.Option(help="Only captures since this day (ISO date).")] = None,
    until: Annotated[str | None, typer.Option(help="Only captures before this day (ISO date).")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change and write nothing.")] = False,
) -> None:
    """Read the captures again and bring the database up to what extraction makes of them now."""
    from cli.replaying import replay_captures

    replay_captures(source, since, until, dry_run=dry_run)
