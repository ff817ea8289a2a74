"""Commands that read files or write them."""
# ruff: noqa: PLC0415  # imports stand inside, so a command loads no more than its own part

from pathlib import Path
from typing import Annotated

import typer

commands = typer.Typer()


@commands.command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(exists=True, help="WARC files, HTML folders, lists of URLs.")],
    processes: Annotated[int | None, typer.Option(min=1, help="Files at a time; else as many as cores.")] = None,
) -> None:
    """Import pages that were fetched elsewhere: WARC files (CC-NEWS too), HTML folders, lists of URLs."""
    from cli.importing import import_files as import_all

    import_all(files, processes)


@commands.command("import-register")
def import_register(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    kind: Annotated[str, typer.Option(help="sipri, unroca or licences.")],
    supplier: Annotated[str | None, typer.Option(help="Whose licences or UN report they are (ISO alpha-3).")] = None,
) -> None:
    """Import a trade register, to hold transfers against it."""
    from cli.transfers import import_register as import_file

    import_file(file, kind, supplier)


@commands.command("export-register")
def export_register(path: Path) -> None:
    """Write the transfers as a register draft in SIPRI's form (CSV)."""
    from cli.transfers import export_register_draft

    export_register_draft(path)


@commands.command("find-claims")
def find_claims(
    input: Annotated[Path, typer.Option("--input", exists=True, dir_okay=False, help='Lines {"id", "text"}.')],  # noqa: A002
    output: Annotated[Path, typer.Option("--output", dir_okay=False, help="Where the lines with the claims go.")],
) -> None:
    """Find claims in passages, without a database; a bad line gives a line with "error"."""
    from cli.finding import find_claims_lines

    find_claims_lines(input, output)


@commands.command()
def extract(
    input: Annotated[Path, typer.Option("--input", exists=True, dir_okay=False, help='Lines {"id", "path", "url"}.')],  # noqa: A002
    output: Annotated[Path, typer.Option("--output", dir_okay=False, help="Where the lines with the articles go.")],
) -> None:
    """Extract articles from saved pages, without a database; a bad page gives a line with "error"."""
    from cli.extracting import extract_lines

    extract_lines(input, output)
