"""Commands about the database."""
# ruff: noqa: PLC0415  # imports stand inside, so a command loads no more than its own part

import typer

commands = typer.Typer(help="The database: migrations, proof of the promises, the search index.", no_args_is_help=True)


@commands.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to this program's revision."""
    from cli.database import upgrade_database

    upgrade_database()


@commands.command("check")
def db_check() -> None:
    """Prove the promises over the whole database; exit 1 when one is broken."""
    from cli.database import check_database

    check_database()


@commands.command("rejoin")
def db_rejoin() -> None:
    """Join all claims into transfers anew."""
    from cli.transfers import rebuild_all_transfers

    rebuild_all_transfers()


@commands.command("reindex")
def db_reindex() -> None:
    """Make the full-text index anew."""
    from cli.database import rebuild_index

    rebuild_index()
