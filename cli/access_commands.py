"""Commands about who may use the web pages and the interface for programs."""
# ruff: noqa: PLC0415  # imports stand inside, so a command loads no more than its own part

import enum
from typing import Annotated

import typer

from cli.formats import Format
from cli.options import FormatOption

accounts = typer.Typer(help="Accounts of people, for pages that are served elsewhere.", no_args_is_help=True)
tokens = typer.Typer(help="Tokens of programs: keys that may read.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Letters, digits and . _ @ - alone.")]


class Role(enum.StrEnum):
    """What an account may do."""

    READER = "reader"
    OPERATOR = "operator"


@accounts.command("add")
def accounts_add(
    name: Name, role: Annotated[Role, typer.Option(help="An operator may change things, a reader looks.")] = Role.READER
) -> None:
    """Make an account; the password is asked for, or read from the first line of the input."""
    from cli.access import add_account_of

    add_account_of(name, role.value)


@accounts.command("list")
def accounts_list(format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """List the accounts."""
    from cli.access import show_accounts

    show_accounts(format)


@accounts.command("passwd")
def accounts_passwd(name: Name) -> None:
    """Give an account another password; its logins end."""
    from cli.access import change_password

    change_password(name)


@accounts.command("remove")
def accounts_remove(name: Name) -> None:
    """Remove an account; its logins end."""
    from cli.access import remove_account_of

    remove_account_of(name)


@tokens.command("add")
def tokens_add(name: Name) -> None:
    """Make a token for a program and print it, this once."""
    from cli.access import print_new_token

    print_new_token(name)


@tokens.command("list")
def tokens_list(format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """List the tokens by name; they themselves are not kept."""
    from cli.access import show_tokens

    show_tokens(format)


@tokens.command("remove")
def tokens_remove(name: Name) -> None:
    """Revoke a token."""
    from cli.access import revoke_token

    revoke_token(name)
