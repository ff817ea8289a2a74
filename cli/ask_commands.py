"""Commands that ask what was collected."""
# ruff: noqa: PLC0415, PLR0913, PLR0917  # imports stand inside, so a command loads no more than its own part; typer makes an option of each argument

from typing import Annotated, Any

import typer

from cli.formats import Format
from cli.options import FormatOption, LimitOption, SinceOption, UntilOption

commands = typer.Typer()
Name = Annotated[str | None, typer.Option(help="ISO alpha-3.")]
OutletOption = Annotated[str | None, typer.Option(help="Name of an outlet.")]


@commands.command()
def show(
    article: Annotated[str, typer.Argument(help="Number or URL of an article.")],
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Show one article with metadata, tables, claims, revisions."""
    from cli.asking import show_article

    show_article(article, format)


@commands.command()
def claims(
    supplier: Name = None,
    recipient: Name = None,
    weapon: Annotated[str | None, typer.Option(help="A designation, or its first words.")] = None,
    category: Annotated[str | None, typer.Option(help="Category of the weapon.")] = None,
    status: Annotated[str | None, typer.Option(help="Stage the claim speaks of.")] = None,
    value_min: Annotated[float | None, typer.Option(help="Least value, in full units of the currency.")] = None,
    value_max: Annotated[float | None, typer.Option(help="Greatest value, in full units of the currency.")] = None,
    currency: Annotated[str | None, typer.Option(help="Currency of the value (ISO 4217).")] = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: LimitOption = 100,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """List claims."""
    given: dict[str, Any] = {name: value for name, value in locals().items() if name not in {"limit", "format"}}
    from cli.asking import show_claims

    show_claims(given, limit, format)


@commands.command()
def transfers(
    supplier: Annotated[str | None, typer.Option(help="ISO alpha-3, or a group's name.")] = None,
    recipient: Annotated[str | None, typer.Option(help="ISO alpha-3, or a group's name.")] = None,
    weapon: Annotated[str | None, typer.Option(help="A designation or a category.")] = None,
    status: Annotated[str | None, typer.Option(help="The stage reached, or a state beside it.")] = None,
    level: Annotated[
        int | None, typer.Option(min=0, max=5, help="How strong the stage reached is at least, 0 to 5.")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Answer from what was known on this day.")] = None,
    against: Annotated[
        str | None, typer.Option(help="Compare with the register imported: sipri, unroca, licences.")
    ] = None,
    limit: LimitOption = 100,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """List transfers: claims of independent outlets about the same thing, joined."""
    from cli.transfers import show_against, show_transfers

    if against is not None:
        show_against(against, format)
        return
    given = {
        "supplier": supplier,
        "recipient": recipient,
        "weapon": weapon,
        "status": status,
        "level": level,
        "since": since,
        "until": until,
    }
    show_transfers(given, as_of, limit, format)


@commands.command()
def transfer(
    number: int,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Answer from what was known on this day.")] = None,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Show one transfer: its ladder, its figures with who says so, origins, contradictions."""
    from cli.transfers import show_transfer

    show_transfer(number, as_of, format)


@commands.command()
def series(
    supplier: Name = None,
    recipient: Name = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: LimitOption = 100,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """List tables read as time series."""
    given: dict[str, Any] = {name: value for name, value in locals().items() if name not in {"limit", "format"}}
    from cli.asking import show_series

    show_series(given, limit, format)
