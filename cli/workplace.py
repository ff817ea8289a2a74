"""What most commands begin with: the database of the settings, and the index beside it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from cli.mistakes import UserMistakeError
from crawler import settings
from models.connection import connect, upgrade
from models.filters import ArticleFilters, UnclearFilterError

INDEX_FOLDER: Path = settings.DATA_DIR / "index"


def open_database(*, reads_only: bool = False) -> Engine:
    """Connect to the database of the settings, brought to this program's revision."""
    engine = connect(settings.DATABASE_URL)
    upgrade(engine)
    return connect(settings.DATABASE_URL, reads_only=True) if reads_only else engine


def parse_day(name: str, text: str | None) -> datetime | None:
    """Read an ISO date (or time) of an option as an instant in UTC."""
    if text is None:
        return None
    try:
        day = datetime.fromisoformat(text) if "T" in text else datetime.combine(date.fromisoformat(text), time.min)
    except ValueError as error:
        raise UserMistakeError(f"--{name} {text!r} is not an ISO date such as 2026-01-31") from error
    return day if day.tzinfo else day.replace(tzinfo=UTC)


def read_filters(given: Mapping[str, Any]) -> ArticleFilters:
    """Make filters of the options of a command by their names; what it has no option for is not asked."""
    asked = {name: given.get(name) for name in ArticleFilters.__dataclass_fields__}
    days = {name: parse_day(name, asked[name]) for name in ("since", "until")}
    try:
        return ArticleFilters(**asked | days)
    except UnclearFilterError as error:
        raise UserMistakeError(str(error)) from error
