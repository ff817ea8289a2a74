"""Values as the cells of a table for others: plain as JSON has them, safe in a spreadsheet."""

import json
from datetime import UTC, date, datetime
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def plain(value: Any) -> Any:
    """Give a value as JSON has it: instants in ISO 8601 with a Z."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def safe_cell(value: Any) -> Any:
    """Give a value for a cell of CSV; no spreadsheet runs a text as a formula (CWE-1236), numbers stay numbers."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple | dict):
        value = json.dumps(value, ensure_ascii=False, default=plain)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return plain(value)


def span(low: float | None, high: float | None) -> str:
    """Give two ends as people write a range, empty where neither is known."""
    if low is None and high is None:
        return ""
    if low == high:
        return _number(low)
    if high is None:
        return f"{_number(low)} or more"
    return f"up to {_number(high)}" if low is None else f"{_number(low)} to {_number(high)}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 10_000 else f"{value:g}"
