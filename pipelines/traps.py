"""Addresses that lead a crawler in circles: calendars, session ids, repeating and very deep paths, facets; pure."""

import re
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

DEEPEST = 12  # segments of a path; news sites have up to eight
FACETS = 6  # parameters of a query
_CALENDAR = re.compile(r"(?:^|[/_-])(?:calendar|calendario|kalender|agenda|events?|ical)(?:[/_-]|$)")
_DATE_ONLY = re.compile(r"/(?:19|20|21)\d{2}(?:[-/]\d{1,2}){0,2}(?:/(?:day|week|month|list))?/?$")
_YEAR = re.compile(r"/(2\d{3})[-/](?:0?[1-9]|1[0-2])(?:[-/]|$)")
_DATE_PARAMETERS = {"month", "year", "date", "day", "week", "yr", "mo", "tribe-bar-date", "eventdate", "cal_date"}
_SESSION_PARAMETER = re.compile(r"sid|sess(?:ion)?(?:_?id)?|zenid|oscsid|cfid|token")
_TOKEN = re.compile(r"[0-9a-zA-Z]{16,}")
_SESSION_SEGMENT = re.compile(r"^\((?:S|A)\(\w{10,}\)\)$|^sid-\w{10,}$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


def find_trap(url: str, now: datetime) -> str | None:
    """Name the kind of trap an address looks like, with its pattern (numbers as ``N``); None where it is none."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    query = parse_qsl(parts.query, keep_blank_values=True)
    kind = (
        _repeats(segments)
        or ("deep path" if len(segments) > DEEPEST else None)
        or _session(segments, query)
        or _calendar(parts.path.lower(), query, now)
        or ("facets" if len(query) > FACETS else None)
    )
    return f"{kind} {pattern_of(url)}" if kind else None


def pattern_of(url: str) -> str:
    """Give the shape of an address: host and path with numbers as ``N``, and the names of its parameters."""
    parts = urlsplit(url)
    path = "/".join("N" if len(segment) > 40 else _NUMBER.sub("N", segment) for segment in parts.path.split("/")[:6])
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})[:6]
    return f"{parts.hostname}{path}{'?' + '&'.join(names) if names else ''}"[:120]


def _repeats(segments: list[str]) -> str | None:
    """Tell a path that goes round: one to three segments, three times running."""
    for length in (1, 2, 3):
        for start in range(len(segments) - 3 * length + 1):
            if segments[start : start + 3 * length] == 3 * segments[start : start + length]:
                return "repeating path"
    return None


def _session(segments: list[str], query: list[tuple[str, str]]) -> str | None:
    named = any(_SESSION_PARAMETER.fullmatch(name.lower()) and _TOKEN.fullmatch(value) for name, value in query)
    return "session id" if named or any(_SESSION_SEGMENT.match(segment) for segment in segments) else None


def _calendar(path: str, query: list[tuple[str, str]], now: datetime) -> str | None:
    """Tell the pages of a calendar: one asked for by date, or days that have not come; articles have a name as well."""
    by_date = any(name.lower() in _DATE_PARAMETERS and value[:4].strip("-").isdigit() for name, value in query)
    is_calendar = _CALENDAR.search(path) is not None
    if is_calendar and (by_date or _DATE_ONLY.search(path)):
        return "calendar"
    year = _YEAR.search(path)
    return "calendar" if year and int(year[1]) > now.year + 1 else None
