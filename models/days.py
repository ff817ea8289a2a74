"""Counting by day in UTC, the same on every database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Date, cast, func
from sqlalchemy.orm import Session


def day_of(session: Session, instant: Any) -> Any:
    """Give the expression for the UTC day of a column, to group by."""
    if session.get_bind().dialect.name == "postgresql":
        return cast(func.timezone("UTC", instant), Date)
    return func.date(instant)


def as_day(value: date | str) -> date:
    """Read a day as the database gives it; SQLite gives text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def midnight(day: date) -> datetime:
    """Give the instant at which a day begins in UTC."""
    return datetime.combine(day, time(), UTC)


def monday_of(day: date) -> date:
    """Give the first day of the day's ISO week."""
    return day - timedelta(days=day.weekday())


def days_from(first: date, number: int, step: int = 1) -> Iterator[date]:
    """Give so many days, ``step`` apart."""
    return (first + timedelta(days=step * at) for at in range(number))
