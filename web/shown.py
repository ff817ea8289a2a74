"""How values look: the templates, and the filters they use."""

import json
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from math import isfinite
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.names import country_name, language_name

LANGUAGE_TAG = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,4}")
DEEPEST = 100  # levels of foreign JSON that are shown


def new_templates() -> Environment:
    """Give the templates; every value is escaped, whatever a template is called."""
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "when": show_time,
        "number": show_number,
        "json_text": json_text,
        "duration": show_duration,
        "since": show_distance,
        "country": country_name,
        "language": language_name,
        "words": show_words,
        "lang": language_tag,
    }
    environment.tests["web_address"] = is_web_address
    return environment


Clock = Callable[[], datetime]
Render = Callable[..., HTMLResponse]


def new_renderer(templates: Environment, now: Clock) -> Render:
    """Give what makes a page of a template's name and its values; every template may ask what time it is."""

    def render(name: str, /, **values: Any) -> HTMLResponse:
        return HTMLResponse(templates.get_template(name).render(now=now(), **values))

    return render


def is_web_address(address: object) -> bool:
    """Tell whether an address may become a link: http and https alone."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def show_time(at: datetime | None, precision: str | None = "minute") -> str:
    """Write an instant in UTC as exactly as it is known."""
    if at is None:
        return "unknown"
    return f"{at.astimezone(UTC):%Y-%m-%d}" if precision == "day" else f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def show_number(number: float | None) -> str:
    """Write a number with its thousands apart."""
    if number is None:
        return "unknown"
    return f"{number:,.0f}" if number == int(number) else f"{number:,.3f}".rstrip("0")


def show_distance(at: datetime | None, now: datetime) -> str:
    """Write how far an instant lies from now, in the largest unit that says it well."""
    if at is None:
        return "never"
    seconds = (now - at).total_seconds()
    for size, name in ((86400, "d"), (3600, "h"), (60, "min")):
        if abs(seconds) >= 1.5 * size or (name == "min" and abs(seconds) >= size):
            many = f"{abs(seconds) / size:.0f} {name}"
            return f"{many} ago" if seconds > 0 else f"in {many}"
    return "just now" if seconds >= 0 else "at once"


def language_tag(language: str | None) -> str:
    """Give a language as HTML wants it named; none where what the page says is no name of a language (RFC 5646)."""
    return language if language and LANGUAGE_TAG.fullmatch(language) else ""


def show_words(name: str) -> str:
    """Write a name of the data as people do."""
    return name.replace("_", " ")


def show_duration(seconds: int) -> str:
    """Write how often something happens."""
    for size, name in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds // size} {name}"
    return f"{seconds} s"


def plain(value: Any, depth: int = 0) -> Any:
    """Turn rows into what JSON knows; numbers that are none become null, what is nested too deep a note."""
    if depth > DEEPEST:
        return f"(nested deeper than {DEEPEST} levels)"
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name), depth + 1) for field in fields(value)}
    if isinstance(value, dict):
        return {str(name): plain(each, depth + 1) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each, depth + 1) for each in value]
    if isinstance(value, date):
        return _iso(value)
    return None if isinstance(value, float) and not isfinite(value) else value


def _iso(value: date) -> str:
    at = value.astimezone(UTC) if isinstance(value, datetime) else value
    return at.isoformat().replace("+00:00", "Z")


def json_text(value: Any) -> str:
    """Write a value as indented JSON for people."""
    return json.dumps(plain(value), indent=2, ensure_ascii=False)
