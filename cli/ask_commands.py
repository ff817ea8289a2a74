"""Commands that ask what was collected."""
# ruff: noqa: PLC0415, PLR0913, PLR0917  # imports stand inside, so a command loads no more than its own part; typer makes an option of each argument

from typing import Annotated

import typer

from cli.formats import Format
from cli.options import FormatOption, LimitOption, SinceOption, UntilOption

commands = typer.Typer()


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
    supplier: Annotated[str | None, typer.Option(help="ISO alpha-3.")] = None,
    recipient: Annotated[str | None, typer.Option(help="ISO alpha-3.")] = None,
    limit: LimitOption = 100,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """List claims."""
    from cli.asking import show_claims

    show_claims(supplier, recipient, limit, format)


@commands.command()
def transfers(
    supplier: Annotated[str | None, typer.Option(help="ISO alpha-3, or a group's name.")] = None,
    recipient: Annotated[str | None, typer.Option(help="ISO alpha-3, or a group's name.")] = None,
    weapon: Annotated[str | None, typer.Option(help="A designation or a category.")] = None,
    status: Annotated[str | None, typer.Option(help="The stage reached, or a state beside it.")] = None,
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
def series(limit: LimitOption = 100, format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """List tables read as time series."""
    from cli.asking import show_series

    show_series(limit, format)
