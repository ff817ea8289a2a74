"""Options that several commands share."""

from typing import Annotated

import typer

from cli.formats import Format

FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="At most so many rows.")]
SinceOption = Annotated[str | None, typer.Option(help="Only what was published since this day (ISO date).")]
UntilOption = Annotated[str | None, typer.Option(help="Only what was published before this day (ISO date).")]
PortOption = Annotated[int, typer.Option(min=0, max=65535, help="Port of the web pages.")]
HostOption = Annotated[
    str | None, typer.Option(help="Address to serve the web pages on; any but this machine's own needs an account.")
]
