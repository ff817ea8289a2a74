"""The dates feeds and sitemaps print, read just far enough to put URLs in order and to honour ``since``."""

import re
from datetime import UTC, datetime
from email.utils import mktime_tz, parsedate_tz

from pipelines.extract.date_parse import parse_date
from pipelines.items import Found

_ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2})(?::(\d{1,2}))?(?:[.,]\d{1,9})?"
    r"\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?"
)
_MAIL_ZONE = re.compile(r"(?:[+-]\d{4}|\b(?:GMT|UTC?|[ECMP][SD]T))$")
_IN_URL = re.compile(r"(?<!\d)(20\d{2}|19\d{2})[-_/]?(0[1-9]|1[0-2])(?:[-_/]?(0[1-9]|[12]\d|3[01]))?(?!\d)")


def parse_found_date(raw: str | None) -> datetime | None:
    """Return the instant of a date in UTC (no zone means UTC), None where there is none to read.

    ISO 8601 and RFC 822 are read as they are defined, anything else as on a page: month names of many languages, odd
    zones, seconds since 1970.
    """
    if not raw or len(raw) > 100:
        return None
    for parse in (_parse_iso, _parse_mail, _parse_words):
        try:
            if instant := parse(raw.strip()):
                return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def _parse_iso(raw: str) -> datetime | None:
    match = _ISO.fullmatch(raw)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    clock = f"{hour or '00'}:{minute or '00'}:{(second or '0').zfill(2)}"
    return datetime.fromisoformat(f"{year}-{month or '01'}-{day or '01'}T{clock}{_full_zone(zone)}")


def _full_zone(zone: str | None) -> str:
    return zone + ":00" if zone and len(zone) == 3 else zone or ""


def _parse_mail(raw: str) -> datetime | None:
    # A zone that the standard library does not know reads as GMT there: the reader of words knows more of them.
    parts = parsedate_tz(raw) if _MAIL_ZONE.search(raw) else None
    return datetime.fromtimestamp(mktime_tz(parts), UTC) if parts else None


def _parse_words(raw: str) -> datetime | None:
    if (words := parse_date(raw)) is not None:
        return words.at
    parts = parsedate_tz(raw)
    return datetime(*parts[:6], tzinfo=UTC) if parts else None


def date_in_url(url: str) -> str | None:
    """Return the date a URL's path names as ISO text (``/2026/11/`` gives ``2026-11``), None where there is none."""
    match = _IN_URL.search(url)
    return "-".join(part for part in match.groups() if part) if match else None


def found_at(found: Found) -> datetime | None:
    """Return the instant a way in gives for a URL: publication, else change, else the date its path names."""
    raws = (found.published_raw, found.modified_raw, date_in_url(found.url))
    return next((instant for raw in raws if (instant := parse_found_date(raw))), None)
