"""The dates feeds and sitemaps print, read just far enough to put URLs in order and to honour ``since``."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pipelines.items import Found

_ISO = re.compile(
    r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,9})?\s?(Z|[+-]\d{2}:?\d{2})?)?"
)
_IN_URL = re.compile(r"(?<!\d)(20\d{2}|19\d{2})[-_/]?(0[1-9]|1[0-2])(?:[-_/]?(0[1-9]|[12]\d|3[01]))?(?!\d)")


def parse_found_date(raw: str | None) -> datetime | None:
    """Return the instant of an RFC 822 or ISO 8601 date in UTC (no zone means UTC), None where it is neither."""
    if not raw or len(raw) > 100:
        return None
    raw = raw.strip()
    try:
        instant = _parse_iso(raw) if raw[:4].isdigit() else parsedate_to_datetime(raw)
        return None if instant is None else _to_utc(instant)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _parse_iso(raw: str) -> datetime | None:
    match = _ISO.match(raw)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    clock = f"{hour or '00'}:{minute or '00'}:{second or '00'}"
    return datetime.fromisoformat(f"{year}-{month}-{day or '01'}T{clock}{zone or ''}")


def _to_utc(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def date_in_url(url: str) -> str | None:
    """Return the date a URL's path names as ISO text (``/2026/11/`` gives ``2026-11``), None where there is none."""
    match = _IN_URL.search(url)
    return "-".join(part for part in match.groups() if part) if match else None


def found_at(found: Found) -> datetime | None:
    """Return the instant a way in gives for a URL: publication, else change, else the date its path names."""
    raws = (found.published_raw, found.modified_raw, date_in_url(found.url))
    return next((instant for raw in raws if (instant := parse_found_date(raw))), None)
