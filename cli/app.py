"""All commands with their options; each loads what it needs and hands over.

Imports stand inside the commands: a command loads no more than its own part, and ``demo`` must set the environment
before the settings are read.
"""
# ruff: noqa: PLC0415, PLR0913, PLR0917  # typer makes an option of each argument

from pathlib import Path
from typing import Annotated

import typer

from cli.formats import Format
from cli.mistakes import UserMistakeError, end_with, known_mistakes

app = typer.Typer(
    name="armswatch",
    help="Watches the news and official notices for international arms transfers and keeps what they say as data.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
sources = typer.Typer(help="What we watch.", no_args_is_help=True)
db = typer.Typer(help="The database: migrations, proof of the promises, the search index.", no_args_is_help=True)
app.add_typer(sources, name="sources")
app.add_typer(db, name="db")

FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="At most so many rows.")]
SinceOption = Annotated[str | None, typer.Option(help="Only what was published since this day (ISO date).")]
UntilOption = Annotated[str | None, typer.Option(help="Only what was published before this day (ISO date).")]
PortOption = Annotated[int, typer.Option(min=0, max=65535, help="Port of the web pages.")]


@app.command()
def run(port: PortOption = 8378) -> None:
    """Crawl on schedule and serve the web pages until stopped: the main job."""
    from cli.scheduling import run_schedule

    run_schedule(web_port=port)


@app.command()
def demo(
    port: PortOption = 8378,
    keep: Annotated[bool, typer.Option("--keep", help="Go on serving the web pages until stopped.")] = False,
) -> None:
    """Do the main job on the sample newsroom that comes along, in a database of its own, and end with a summary."""
    from cli.demo import run_demo

    run_demo(web_port=port, keep=keep)


@app.command()
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


@app.command()
def schedule() -> None:
    """Crawl on schedule until stopped, without the web pages."""
    from cli.scheduling import run_schedule

    run_schedule(web_port=None)


@app.command()
def serve(port: PortOption = 8378) -> None:
    """Serve the web pages until stopped, without crawling."""
    from cli.scheduling import serve_pages

    serve_pages(port)


@app.command()
def status(format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """Show each source: last and next crawl, volume, state, reason; exit 1 when any is overdue."""
    from cli.asking import show_status

    show_status(format)


@app.command()
def search(
    query: str,
    since: SinceOption = None,
    until: UntilOption = None,
    outlet: Annotated[str | None, typer.Option(help="Name of an outlet.")] = None,
    country: Annotated[str | None, typer.Option(help="Country of the outlet (ISO alpha-2).")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the article (ISO 639-1).")] = None,
    limit: LimitOption = 20,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Search the articles' full text."""
    from cli.asking import show_search

    given = {"since": since, "until": until, "outlet": outlet, "country": country, "language": language}
    show_search(query, given, limit, format)


@app.command()
def show(
    article: Annotated[str, typer.Argument(help="Number or URL of an article.")],
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Show one article with metadata, tables, claims, revisions."""
    from cli.asking import show_article

    show_article(article, format)


@app.command()
def claims(
    supplier: Annotated[str | None, typer.Option(help="ISO alpha-3.")] = None,
    recipient: Annotated[str | None, typer.Option(help="ISO alpha-3.")] = None,
    limit: LimitOption = 100,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """List claims."""
    from cli.asking import show_claims

    show_claims(supplier, recipient, limit, format)


@app.command()
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


@app.command()
def transfer(
    number: int,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Answer from what was known on this day.")] = None,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Show one transfer: its ladder, its figures with who says so, origins, contradictions."""
    from cli.transfers import show_transfer

    show_transfer(number, as_of, format)


@app.command("import-register")
def import_register(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    kind: Annotated[str, typer.Option(help="sipri, unroca or licences.")],
    supplier: Annotated[str | None, typer.Option(help="Whose licences they are (ISO alpha-3).")] = None,
) -> None:
    """Import a trade register, to hold transfers against it."""
    from cli.transfers import import_register as import_file

    import_file(file, kind, supplier)


@app.command("export-register")
def export_register(path: Path) -> None:
    """Write the transfers as a register draft in SIPRI's form (CSV)."""
    from cli.transfers import export_register_draft

    export_register_draft(path)


@app.command("find-claims")
def find_claims(
    input: Annotated[Path, typer.Option("--input", exists=True, dir_okay=False, help='Lines {"id", "text"}.')],  # noqa: A002
    output: Annotated[Path, typer.Option("--output", dir_okay=False, help="Where the lines with the claims go.")],
) -> None:
    """Find claims in passages, without a database; a bad line gives a line with "error"."""
    from cli.finding import find_claims_lines

    find_claims_lines(input, output)


@app.command()
def series(limit: LimitOption = 100, format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """List table columns read as time series."""
    from cli.asking import show_series

    show_series(limit, format)


@sources.command("list")
def sources_list(format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """List the spiders: outlet, country, languages, kind, owner, way in."""
    from cli.asking import show_sources

    show_sources(format)


@app.command()
def extract(
    input: Annotated[Path, typer.Option("--input", exists=True, dir_okay=False, help='Lines {"id", "path", "url"}.')],  # noqa: A002
    output: Annotated[Path, typer.Option("--output", dir_okay=False, help="Where the lines with the articles go.")],
) -> None:
    """Extract articles from saved pages, without a database; a bad page gives a line with "error"."""
    from cli.extracting import extract_lines

    extract_lines(input, output)


@app.command()
def replay(
    source: Annotated[str | None, typer.Option(help="Only this source.")] = None,
    since: Annotated[str | None, typer.Option(help="Only captures since this day (ISO date).")] = None,
    until: Annotated[str | None, typer.Option(help="Only captures before this day (ISO date).")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change and write nothing.")] = False,
) -> None:
    """Read the captures again and bring the database up to what extraction makes of them now."""
    from cli.replaying import replay_captures

    replay_captures(source, since, until, dry_run=dry_run)


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to this program's revision."""
    from cli.database import upgrade_database

    upgrade_database()


@db.command("check")
def db_check() -> None:
    """Prove the promises over the whole database; exit 1 when one is broken."""
    from cli.database import check_database

    check_database()


@db.command("rejoin")
def db_rejoin() -> None:
    """Join all claims into transfers anew."""
    from cli.transfers import rebuild_all_transfers

    rebuild_all_transfers()


@db.command("reindex")
def db_reindex() -> None:
    """Make the full-text index anew."""
    from cli.database import rebuild_index

    rebuild_index()


def main() -> None:
    """Run the console command: exit 0 done, 1 failed or overdue, 2 the user's mistake in one line."""
    try:
        app()
    except UserMistakeError as error:
        end_with(str(error))
    except BrokenPipeError:
        end_with("output was closed", code=1)
    except Exception as error:
        if isinstance(error, known_mistakes()):
            end_with(str(error))
        raise
