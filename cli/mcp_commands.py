"""The command that assistants ask through."""
# ruff: noqa: PLC0415  # imports stand inside, so a command loads no more than its own part

import typer

commands = typer.Typer()


@commands.command()
def mcp() -> None:
    """Answer an assistant's questions over standard input and output (Model Context Protocol), reading only."""
    from cli.mcp_server import serve_assistant

    serve_assistant()
