"""Commands that write data for others."""
# ruff: noqa: PLC0415, PLR0913, PLR0917  # imports stand inside, so a command loads no more than its own part; typer makes an option of each argument

from pathlib import Path
from typing import Annotated

import typer

from cli.mistakes import UserMistakeError
from cli.options import SinceOption, UntilOption

commands = typer.Typer()
AsOfOption = Annotated[str | None, typer.Option("--as-of", help="What was known at this day or instant; now.")]


@commands.command()
def export(
    path: Annotated[Path, typer.Argument(help="A folder, or a .zip file.")],
    form: Annotated[str, typer.Option("--format", help="csv, jsonl, parquet or xlsx.")] = "csv",
    as_of: AsOfOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    outlet: Annotated[str | None, typer.Option(help="Name of an outlet.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the article (ISO 639-1).")] = None,
    supplier: Annotated[str | None, typer.Option(help="ISO alpha-3.")] = None,
    recipient: Annotated[str | None, typer.Option(help="ISO alpha-3.")] = None,
    weapon: Annotated[str | None, typer.Option(help="A designation.")] = None,
    status: Annotated[str | None, typer.Option(help="A stage.")] = None,
    title: Annotated[str, typer.Option(help="Title of the package.")] = "International arms transfers as reported",
    author: Annotated[str, typer.Option(help="Who is to be cited.")] = "armswatch",
    licence: Annotated[str, typer.Option(help="CC-BY-4.0, CC0-1.0 or ODbL-1.0.")] = "CC-BY-4.0",
) -> None:
    """Write a data package: the data, what each column means, limitations, how to cite it."""
    from cli.exporting import Description, export_package

    given = {
        "since": since,
        "until": until,
        "outlet": outlet,
        "language": language,
        "supplier": supplier,
        "recipient": recipient,
        "weapon": weapon,
        "status": status,
    }
    export_package(path, given, as_of, form, Description(title, author, licence))


@commands.command()
def dossier(
    question: Annotated[str, typer.Argument(help='A question or filters: "supplier:FRA recipient:EGY".')] = "",
    path: Annotated[Path | None, typer.Argument(help="A folder, or a .zip file.")] = None,
    as_of: AsOfOption = None,
    check: Annotated[Path | None, typer.Option(help="Make the dossier in this folder again and compare.")] = None,
) -> None:
    """Write all that is known about a question, with its evidence, so that another run gives the same bytes."""
    from cli.exporting import check_dossier, write_dossier

    if check is not None:
        check_dossier(check)
        return
    if not question.strip() or path is None:
        raise UserMistakeError("a dossier needs a question and a folder to write into")
    write_dossier(question, path, as_of)
