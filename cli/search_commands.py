"""The command that searches."""
# ruff: noqa: PLC0415, PLR0913, PLR0917  # imports stand inside, so a command loads no more than its own part; typer makes an option of each argument

from typing import Annotated, Any, Literal

import typer

from cli.formats import Format
from cli.options import FormatOption, LimitOption, SinceOption, UntilOption

commands = typer.Typer()
Name = str | None


@commands.command()
def search(
    query: Annotated[
        str, typer.Argument(help="Words of the query language; none lists all that the filters let by.")
    ] = "",
    since: SinceOption = None,
    until: UntilOption = None,
    outlet: Annotated[Name, typer.Option(help="Name of an outlet.")] = None,
    country: Annotated[Name, typer.Option(help="Country of the outlet (ISO alpha-2).")] = None,
    kind: Annotated[Name, typer.Option(help="Kind of the outlet, such as government.")] = None,
    language: Annotated[Name, typer.Option(help="Language of the article (ISO 639-1).")] = None,
    source: Annotated[Name, typer.Option(help="Name of a source.")] = None,
    access: Annotated[Name, typer.Option(help="full, teaser, unknown ...")] = None,
    supplier: Annotated[Name, typer.Option(help="ISO alpha-3; of one and the same claim, as all that follow.")] = None,
    recipient: Annotated[Name, typer.Option(help="ISO alpha-3.")] = None,
    weapon: Annotated[Name, typer.Option(help="A designation, or its first words.")] = None,
    category: Annotated[Name, typer.Option(help="Category of the weapon.")] = None,
    status: Annotated[Name, typer.Option(help="Stage the claim speaks of.")] = None,
    value_min: Annotated[float | None, typer.Option(help="Least value, in full units of the currency.")] = None,
    value_max: Annotated[float | None, typer.Option(help="Greatest value, in full units of the currency.")] = None,
    currency: Annotated[Name, typer.Option(help="Currency of the value (ISO 4217).")] = None,
    order: Annotated[
        Literal["relevance", "date"], typer.Option(help="Which come first: the best, or the newest.")
    ] = "relevance",
    facets: Annotated[bool, typer.Option("--facets", help="Count by the values of each filter instead.")] = False,
    limit: LimitOption = 20,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Search the articles' full text."""
    given: dict[str, Any] = dict(locals())
    from cli.searching import read_question, show_facets, show_found

    question = read_question(given)
    if facets:
        show_facets(question, format)
    else:
        show_found(question, limit, format)
