"""From the text of a date to an instant: fixed shapes and month names, in linear time, nothing guessed."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from pipelines.extract.date_words import MONTHS, OFFSETS, PLACES
from pipelines.items import DatePrecision

MAX_CHARS = 300
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९０１２３４５６７８９：", "0123456789" * 4 + ":")
_ISO = re.compile(r"(?<!\d)(\d{4,5})-(\d{1,2})-(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?(Z)?)?$")
_EPOCH = re.compile(r"^(\d{10}|\d{13})$")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[./年년]\s?(\d{1,2})\s?[./月월]\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?[./-]\s?(\d{4})(?!\d)")
_WORD = r"[^\W\d_]{3,15}|كانون الثاني|كانون الأول|تشرين الأول|تشرين الثاني"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]{{0,3}}(?:de |of |d')?({_WORD})\.?,?[\s-]{{0,3}}(?:de "
    rf"|del )?(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"({_WORD})\.?\s{{1,3}}(\d{{1,2}})(?:st|nd|rd"
    rf"|th)?,?\s{{1,3}}(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_JS = re.compile(r"\b([A-Z][a-z]{2}) (\d{1,2}),? (?:\d{1,2}:\d{2}(?::\d{2})?) (?:[A-Z]{3,4} )?(\d{4})\b")
_TIME = re.compile(
    r"(?<![\d:])(\d{1,2})(?:[:h時시点]|(?<=\d)\.(?=\d\d\s?(?:Uhr"
    r"|h\b)))\s?(\d{2})(?:[:分]?(\d{2})(?:[.,]\d{1,9})?)?(?!\d)\s?([ap]\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?<![\d:.])(\d{1,2})\s?([ap]\.?m\b\.?)", re.IGNORECASE)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+−-])(\d{1,2}):?(\d{2})?(?!\d)")
_ZONE_NAME = re.compile(r"\s?\(?([a-zмск]{1,4})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parsed:
    """An instant as a text states it; without a zone it stands in UTC and ``zoned`` is False."""

    at: datetime
    precision: DatePrecision
    zoned: bool


def parse_date(text: str, *, month_first: bool = False) -> Parsed | None:
    """Return the first date in a text, None where there is none; ``month_first`` decides 03/04/2024 only."""
    text = " ".join(text[:MAX_CHARS].translate(_DIGITS).split())
    if epoch := _EPOCH.match(text):
        seconds = int(epoch[1][:10])
        return Parsed(datetime.fromtimestamp(seconds, UTC), "minute", True)
    if compact := _COMPACT.match(text):
        return _parse_compact(compact)
    found = _find_day(text, month_first)
    if found is None:
        return None
    year, month, day, end = found
    try:
        midnight = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    return _with_time(midnight, text, end)


def _parse_compact(match: re.Match[str]) -> Parsed | None:
    year, month, day, hour, minute = (int(part or 0) for part in match.groups()[:5])
    try:
        at = datetime(year, month, day, hour, minute, int(match[6] or 0), tzinfo=UTC)
    except ValueError:
        return None
    return Parsed(at, "minute" if match[4] else "day", bool(match[7]))


def _find_day(text: str, month_first: bool) -> tuple[int, int, int, int] | None:
    """Return year, month, day and where they end."""
    for pattern in (_ISO, _YEAR_FIRST):
        if match := pattern.search(text):
            return int(match[1]), int(match[2]), int(match[3]), match.end()
    if match := _YEAR_LAST.search(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        swap = second > 12 or (month_first and first <= 12 and match[2] == "/")
        return (year, first, second, match.end()) if swap else (year, second, first, match.end())
    return _find_words(text)


def _find_words(text: str) -> tuple[int, int, int, int] | None:
    for match in _DAY_FIRST.finditer(text):
        if month := MONTHS.get(match[2].lower()):
            return int(match[3]), month, int(match[1]), match.end()
    for pattern in (_MONTH_FIRST, _JS):
        for match in pattern.finditer(text):
            if month := MONTHS.get(match[1].lower()):
                return int(match[3]), month, int(match[2]), match.end()
    return None


def _with_time(midnight: datetime, text: str, end: int) -> Parsed:
    """Add the time of day that stands near the date, and its zone."""
    after = text[end : end + 40]
    match = _TIME.search(after) or _HOUR.search(after)
    rest = after
    if match is None:
        rest = text[:end]
        match = _TIME.search(rest) or _HOUR.search(rest)
    if match is None:
        return Parsed(midnight, "day", False)
    hour, minute, second = _clock(match)
    if hour > 23 or minute > 59 or second > 59:
        return Parsed(midnight, "day", False)
    local = midnight.replace(hour=hour, minute=minute, second=second)
    return _in_zone(local, rest[match.end() :])


def _clock(match: re.Match[str]) -> tuple[int, int, int]:
    groups = match.groups()
    hour = int(groups[0])
    minute, second = (int(groups[1]), int(groups[2] or 0)) if len(groups) == 4 else (0, 0)
    half = (groups[-1] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, minute, second


def _in_zone(local: datetime, after: str) -> Parsed:
    if match := _OFFSET.match(after):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        if minutes <= 14 * 60:
            zone = timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))
            return Parsed(_to_utc(local.replace(tzinfo=zone)), "minute", True)
    if match := _ZONE_NAME.match(after):
        name = match[1].lower()
        if name in OFFSETS:
            return Parsed(_to_utc(local - timedelta(minutes=OFFSETS[name])), "minute", True)
        if name in PLACES:
            return Parsed(_to_utc(local.replace(tzinfo=ZoneInfo(PLACES[name]))), "minute", True)
    return Parsed(local, "minute", False)


def _to_utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return at.replace(tzinfo=UTC)
