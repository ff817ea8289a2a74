"""Accounts and tokens, made and removed from the command line."""

import re
import sys
from datetime import UTC, datetime

import typer

from cli.formats import Format, print_rows
from cli.mistakes import UserMistakeError
from cli.workplace import open_database
from models.access import (
    add_account,
    add_token,
    list_accounts,
    list_tokens,
    remove_account,
    remove_token,
    set_password,
)

SHORTEST, LONGEST = 12, 1000  # signs of a password; what else it holds is the person's own business


def add_account_of(name: str, role: str) -> None:
    """Make an account."""
    _check_name(name)
    add_account(open_database(), name, role, _read_password(), datetime.now(UTC))
    typer.echo(f"account {name} is made: {role}")


def show_accounts(form: Format) -> None:
    """List the accounts."""
    columns = ("name", "role", "created_at", "last_login_at")
    rows = [{name: getattr(row, name) for name in columns} for row in list_accounts(open_database(reads_only=True))]
    print_rows(rows, form, columns)


def change_password(name: str) -> None:
    """Give an account another password."""
    set_password(open_database(), name, _read_password())
    typer.echo(f"account {name} has a new password; its logins have ended")


def remove_account_of(name: str) -> None:
    """Remove an account."""
    remove_account(open_database(), name)
    typer.echo(f"account {name} is removed; its logins have ended")


def print_new_token(name: str) -> None:
    """Make a token and print it on standard output; what is to be known about it goes elsewhere."""
    _check_name(name)
    typer.echo(add_token(open_database(), name, datetime.now(UTC)))
    typer.echo(f"token {name} is shown this once; send it as Authorization: Bearer TOKEN", err=True)


def show_tokens(form: Format) -> None:
    """List the tokens."""
    columns = ("name", "created_at", "used_at")
    rows = [{name: getattr(row, name) for name in columns} for row in list_tokens(open_database(reads_only=True))]
    print_rows(rows, form, columns)


def revoke_token(name: str) -> None:
    """Revoke a token."""
    remove_token(open_database(), name)
    typer.echo(f"token {name} is revoked")


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[\w.@-]{1,100}", name):
        raise UserMistakeError(f"{name!r} is no name: letters, digits and . _ @ - alone, 100 at most")


def _read_password() -> str:
    """Ask on the terminal, twice, or take the first line of the input."""
    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not SHORTEST <= len(password) <= LONGEST:
        raise UserMistakeError(f"a password has {SHORTEST} signs at least and {LONGEST} at most")
    return str(password)
