"""Commands about alerts."""
# ruff: noqa: PLC0415, PLR0913, PLR0917  # imports stand inside, so a command loads no more than its own part; typer makes an option of each argument

from typing import Annotated

import typer

from cli.formats import Format
from cli.options import FormatOption

commands = typer.Typer(help="Saved questions that tell when their answers change.", no_args_is_help=True)

MailOption = Annotated[str | None, typer.Option(help="Send to this mail address.")]
WebhookOption = Annotated[str | None, typer.Option(help="Send to this Apprise address: slack://..., json://...")]
EveryOption = Annotated[str, typer.Option(help='"at once", or a digest "hourly", "daily", "weekly".')]
TemplateOption = Annotated[str | None, typer.Option(help="Text of an item with $headline, $outlet, $quote, $page ...")]


@commands.command("add")
def alerts_add(
    name: str,
    query: Annotated[str, typer.Argument(help="Words of the query language; may be empty with filters.")] = "",
    outlet: Annotated[str | None, typer.Option(help="Name of an outlet.")] = None,
    country: Annotated[str | None, typer.Option(help="Country of the outlet (ISO alpha-2).")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the article (ISO 639-1).")] = None,
    supplier: Annotated[str | None, typer.Option(help="ISO alpha-3.")] = None,
    recipient: Annotated[str | None, typer.Option(help="ISO alpha-3.")] = None,
    weapon: Annotated[str | None, typer.Option(help="A designation.")] = None,
    status: Annotated[str | None, typer.Option(help="A stage.")] = None,
    mail: MailOption = None,
    webhook: WebhookOption = None,
    every: EveryOption = "at once",
    template: TemplateOption = None,
) -> None:
    """Save a search: articles it finds are told once, and again only when their facts change."""
    from cli.alerting import Way, add_search

    filters = {
        "outlet": outlet,
        "country": country,
        "language": language,
        "supplier": supplier,
        "recipient": recipient,
        "weapon": weapon,
        "status": status,
    }
    add_search(name, query, filters, Way(mail, webhook, every, template))


@commands.command("watch")
def alerts_watch(
    name: str,
    question: Annotated[str, typer.Argument(help='"a second independent origin confirms delivery to Poland"')],
    mail: MailOption = None,
    webhook: WebhookOption = None,
    every: EveryOption = "at once",
    template: TemplateOption = None,
) -> None:
    """Watch transfers: tell when one reaches a stage with so many independent origins, or changes."""
    from cli.alerting import Way, add_watch

    add_watch(name, question, Way(mail, webhook, every, template))


@commands.command("list")
def alerts_list(format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """List the alerts: what they ask, where they send, how sending goes."""
    from cli.alerting import show_alerts

    show_alerts(format)


@commands.command("sent")
def alerts_sent(name: str, format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """List what was found for an alert and what became of sending it."""
    from cli.alerting import show_deliveries

    show_deliveries(name, format)


@commands.command("run")
def alerts_run() -> None:
    """Look for what is new and send what is due, once; the schedule does this by itself."""
    from cli.alerting import run_once

    run_once()


@commands.command("remove")
def alerts_remove(name: str) -> None:
    """Remove an alert with its record."""
    from cli.alerting import remove

    remove(name)
