"""All commands, put together.

Commands import what they need inside: each loads no more than its own part, and ``demo`` must set the environment
before the settings are read.
"""

import typer

from cli import (
    access_commands,
    alert_commands,
    ask_commands,
    crawl_commands,
    database_commands,
    export_commands,
    file_commands,
    mcp_commands,
    search_commands,
    source_commands,
)
from cli.mistakes import UserMistakeError, end_with, known_mistakes

app = typer.Typer(
    name="armswatch",
    help="Watches the news and official notices for international arms transfers and keeps what they say as data.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for group in (crawl_commands, search_commands, ask_commands, export_commands, file_commands, mcp_commands):
    app.add_typer(group.commands)
app.add_typer(source_commands.commands, name="sources")
app.add_typer(alert_commands.commands, name="alerts")
app.add_typer(database_commands.commands, name="db")
app.add_typer(access_commands.accounts, name="accounts")
app.add_typer(access_commands.tokens, name="tokens")


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
