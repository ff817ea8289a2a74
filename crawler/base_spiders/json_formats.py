"""JSON that names pages: JSON Feed's and an API's common ground; pure."""

import json
from collections.abc import Iterable


def read_json(text: str) -> object:
    """Return what ``text`` says; raise ValueError where it is no JSON, too deep, or has numbers too long to read."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("too deep") from error


def look_up(data: object, path: str) -> object:
    """Return the value at a dotted path (``data.items``, ``links.0.href``; "" is all), None where it ends early."""
    for step in path.split(".") if path else ():
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and step.isdecimal() and len(step) < 7 and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def text_or_none(value: object, limit: int = 2_000) -> str | None:
    """Return a string or number as text with blanks collapsed, cut at ``limit``; None for anything else or nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(str(value)[: 4 * limit].split())[:limit] or None


def first_text(data: object, paths: Iterable[str]) -> str | None:
    """Return the first of several fields that holds a text."""
    return next((text for path in paths if (text := text_or_none(look_up(data, path)))), None)
