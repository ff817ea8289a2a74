"""Commands about what we watch."""
# ruff: noqa: PLC0415  # imports stand inside, so a command loads no more than its own part

import typer

from cli.formats import Format
from cli.options import FormatOption

commands = typer.Typer(help="What we watch.", no_args_is_help=True)


@commands.command("list")
def sources_list(format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """List the spiders: outlet, country, languages, kind, owner, way in."""
    from cli.asking import show_sources

    show_sources(format)
