"""The user's mistakes: one clear line and exit code 2."""

import sys
from typing import NoReturn

import typer


class UserMistakeError(Exception):
    """What the user asked for cannot be done; the message is the line shown. Raised by commands."""


def known_mistakes() -> tuple[type[Exception], ...]:
    """Name the exceptions that are the user's, not ours."""
    from crawler.base_spiders.article import UnusableArgumentError  # noqa: PLC0415  # loads Scrapy: only when needed
    from crawler.environment import WrongSettingError  # noqa: PLC0415
    from crawler.spider_loader import BrokenSpiderFileError  # noqa: PLC0415
    from models.access import AccessMistakeError  # noqa: PLC0415
    from models.connection import UnusableDatabaseError  # noqa: PLC0415

    return (
        UserMistakeError,
        UnusableArgumentError,
        WrongSettingError,
        BrokenSpiderFileError,
        AccessMistakeError,
        UnusableDatabaseError,
    )


def end_with(message: str, code: int = 2) -> NoReturn:
    """Print one line to standard error and exit."""
    typer.echo(f"armswatch: {' '.join(message.split())}", err=True)
    sys.exit(code)
