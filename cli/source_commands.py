"""Commands about what we watch."""
# ruff: noqa: PLC0415  # imports stand inside, so a command loads no more than its own part

from pathlib import Path
from typing import Annotated

import typer

from cli.formats import Format
from cli.options import FormatOption

commands = typer.Typer(help="What we watch.", no_args_is_help=True)

Names = Annotated[list[str], typer.Argument(help="Names of sources.")]
NamesOrAll = Annotated[list[str] | None, typer.Argument(help="Names of sources; none: all.")]
FolderOption = Annotated[
    Path | None, typer.Option("--folder", file_okay=False, help="Where spider files go; default: ARMSWATCH_SPIDERS.")
]
PackagedOption = Annotated[
    bool, typer.Option("--packaged", help="Write into crawler/spiders and tests/pages of a checkout.")
]
AnywayOption = Annotated[bool, typer.Option("--anyway", help="Add a second source of an outlet that is known.")]


@commands.command("list")
def sources_list(format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """List the sources: outlet, country, languages, kind, way in, and what you chose for them."""
    from cli.sources import show_sources

    show_sources(format)


@commands.command("look")
def sources_look(url: str, format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """Show what a site offers: ways in, how its pages read, its rules, walls and opt-outs."""
    from cli.looking import show_look

    show_look(url, format)


@commands.command("add")
def sources_add(
    url: Annotated[str, typer.Argument(help="The outlet, a section of it, or its feed.")],
    name: Annotated[str | None, typer.Option(help="Name of the source; default: made of the address.")] = None,
    folder: FolderOption = None,
    packaged: PackagedOption = False,
    anyway: AnywayOption = False,
) -> None:
    """Add a source from its address: the best way in, its spider file, a recorded page, its test."""
    from cli.adding import Wish, add_source

    add_source(url, Wish(name, folder, packaged, anyway))


@commands.command("check")
def sources_check(names: NamesOrAll = None, format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """Test whether each source's ways in still lead to articles; exit 1 when one needs mending."""
    from cli.checking import check_now

    check_now(names, format)


@commands.command("record")
def sources_record(names: NamesOrAll = None) -> None:
    """Renew the recorded pages of sources and show what is read otherwise since."""
    from cli.recording import record_pages

    record_pages(names)


@commands.command("enable")
def sources_enable(names: Names) -> None:
    """Let the schedule crawl paused sources again."""
    from cli.sources import enable_sources

    enable_sources(names)


@commands.command("pause")
def sources_pause(names: Names) -> None:
    """Let the schedule leave sources alone until they are enabled."""
    from cli.sources import pause_sources

    pause_sources(names)


@commands.command("set")
def sources_set(
    name: str,
    every: Annotated[str | None, typer.Option(help="Time between two crawls: 30m, 2h, 1d; or: file.")] = None,
    delay: Annotated[str | None, typer.Option(help="Seconds between two requests to its host; or: file.")] = None,
    expect: Annotated[str | None, typer.Option(help="Articles a week; or: file.")] = None,
) -> None:
    """Set interval, pace or expected volume of a source above its spider file; "file" takes that back."""
    from cli.sources import set_source

    set_source(name, every, delay, expect)


@commands.command("import-opml")
def sources_import_opml(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    folder: FolderOption = None,
    anyway: AnywayOption = False,
) -> None:
    """Add each feed of an OPML list as a source; exit 1 where one could not be added."""
    from cli.adding import Wish
    from cli.opml import import_opml

    import_opml(file, Wish(folder=folder, anyway=anyway))


@commands.command("export-opml")
def sources_export_opml(
    file: Annotated[Path | None, typer.Argument(help="Where to write; none: standard output.")] = None,
) -> None:
    """Write the feeds of all sources as an OPML list."""
    from cli.opml import export_opml

    export_opml(file)
