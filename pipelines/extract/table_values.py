"""Reads typed values from cell texts: numbers, ranges, years, periods; missing, empty and zero told apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from pipelines.extract.table_units import Unit, find_unit, inherited
from pipelines.items import Cell

_SPACES = "\u00a0\u202f\u2009\u2007 "
_NUMBER = rf"\d{{1,18}}(?:[.,'’٬{_SPACES}]\d{{1,18}}){{0,8}}"
_MONEY = (
    r"(?:US|A|C|R|NT|HK|S|NZ)?\$|€|£|¥|₽|₹|₩|₺|₴|Rs\.?|"
    r"(?:USD|EUR|GBP|RUB|CNY|JPY|INR|PLN|SEK|NOK|DKK|CHF|CZK|UAH|TRY|KRW|ILS|AUD|CAD)"
)
_QUALIFIERS = {
    "up_to": "< ≤ under below up\\sto до bis hasta jusqu'à",
    "over": "> ≥ over above more\\sthan более свыше über más\\sde plus\\sde",
    "about": "~ ≈ ± c\\. ca\\.? about approx\\.? around est\\.? circa около etwa unos environ yaklaşık",
}
_QUALIFIER = "(?:" + "|".join(f"(?P<{name}>{'|'.join(words.split())})" for name, words in _QUALIFIERS.items()) + r")\s*"
_HEAD = rf"(?P<sign>[-+−–(]\s?)?(?:{_QUALIFIER})?(?P<sign2>[-−–])?(?:{_MONEY})?\s?"
_TAIL = (
    rf"\s?(?:(?:{_MONEY}|%|per cent|percent|units?|pcs|шт\.?|ед\.?|долл\.?|руб\.?|долларов|euros?|dollars?|TIV|"
    r"bn|billions?|mrd\.?|milliarden|milliards?|md|млрд\.?|m|mn|mln\.?|millions?|millionen|millones|mio\.?|млн\.?|"
    r"mil\.|k|тыс\.?|thousand|crores?|lakhs?|trillions?|b)\s?){0,3}\)?\s?"
    r"(?:(?:[*†‡§¹²³⁴⁵]|\[\w{1,3}\]|\([a-z]\)|\(?(?:e|p|est\.?|prov\.?|proj\.?)\)?)\s?){0,3}"
)
_VALUE = re.compile(rf"{_HEAD}(?P<low>{_NUMBER})(?P<tail>{_TAIL})", re.IGNORECASE)
_RANGE = re.compile(
    rf"{_HEAD}(?P<low>{_NUMBER})(?P<middle>{_TAIL})(?:[-–—‑]|to|bis|до|à|and)\s*"
    rf"(?:{_MONEY})?\s?(?P<high>{_NUMBER})(?P<tail>{_TAIL})",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"[-–—−‒―.…·_?x]{1,4}|n\.?\s?/?\s?[adkv]\.?|н/?\s?д\.?|нет данных|нет|k\.?\s?a\.?|s/d|tb[acd]|b\.?d\.?|null|:|"
    r"not (?:available|applicable|known|disclosed)|undisclosed|unknown|неизвестно|no data|none reported",
    re.IGNORECASE,
)
_LETTER_AFTER_DIGIT = re.compile(r"(?<=\d)(?=[^\W\d_])")
_DIGIT = re.compile(r"\d")
_MARKED_NUMBER = re.compile(r"\d+[.,][\d.,]*\d")
_COMMA_DECIMAL = re.compile(r"^[^,]*,(?:\d{1,2}|\d{4,})$|\.\d{3},\d+$")
_POINT_DECIMAL = re.compile(r"^[^.]*\.(?:\d{1,2}|\d{4,})$|,\d{3}\.\d+$|^0\.\d+$")
_MARKS = re.compile(r"(?:\s?(?:[*†‡§¹²³⁴⁵]|\[\w{1,3}\]|\([a-z]\)))+$")
_CENTURY = re.compile(r"(?:18|19|20)\d\d")
_YEAR = re.compile(
    r"(?:FY\s?|CY\s?|year\s|año\s|année\s|год\s)?(?P<year>(?:18|19|20)\d\d)"
    r"(?:\s?(?:г\.?|год|年|e|p|f|est\.?|\((?:e|p|f|est\.?|prov\.?|proj\.?|prelim\.?|projected|estimate|planned|ytd)\)))?",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(?:FY\s?)?(?P<year>(?:18|19|20)\d\d)\s?[-–—/‑]\s?(?P<end>\d{4}|\d{2})", re.IGNORECASE)
_QUARTER = re.compile(
    r"(?:Q|T|кв\.?\s?)?(?P<quarter>[1-4])\s?(?:Q|T|кв\.?|кварт\w*)?[\s.,/-]?\s?(?P<year>(?:19|20)\d\d)(?:\s?г\.?)?|"
    r"(?P<year2>(?:19|20)\d\d)[\s-]?(?:Q|T)(?P<quarter2>[1-4])",
    re.IGNORECASE,
)
_OTHER_PERIOD = re.compile(r"(?:H[12]|[12]H|S[12])[\s/-]?(?:19|20)\d\d|(?:19|20)\d\d[\s/-]?H[12]", re.IGNORECASE)
_MONTH = re.compile(
    r"(?P<name>[A-Za-zА-Яа-яéûçäá]{3,12})\.?,?[\s-](?P<year>(?:19|20)\d\d)|"
    r"(?P<year2>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])",
)
_MONTH_STARTS = (
    "jan ene янв", "feb fév fev фев", "mar mär мар", "apr abr avr апр", "may mai мая май", "jun juin июн",
    "jul juil июл", "aug ago aoû авг", "sep сен", "oct okt out окт", "nov ноя", "dec dez dic déc дек",
)  # fmt: skip
_MONTHS = {start: number for number, starts in enumerate(_MONTH_STARTS, start=1) for start in starts.split()}
_DECIMAL_COMMA_LANGUAGES = frozenset({
    "de", "fr", "es", "it", "pt", "ru", "uk", "pl", "cs", "sk", "nl", "da", "sv", "nb", "no", "fi", "tr", "el", "ro",
    "bg", "hr", "sr", "sl", "hu", "id", "vi",
})  # fmt: skip
PERIOD_HEADER = re.compile(
    r"\byears?\b|\bperiod|\bquarter|\bmonth|\bfiscal\b|\bFY\b|\bдат|\bгод|\bпериод|\bквартал|\baño|\bano\b|\bannée|"
    r"\bjahr|\banno\b|\brok\b|\bperíodo|\bexercice|\byıl|\bdate\b|年",
    re.IGNORECASE,
)


# Arabic and Persian digits and marks.
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")


@dataclass(frozen=True, slots=True)
class Style:
    """How one column prints its numbers: the decimal mark, and the unit and scale its cells inherit."""

    decimal: str = "."
    unit: Unit = field(default_factory=Unit)
    is_period: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time a row stands for; ``number`` orders it: 2018, 20184 (fourth quarter), 201812 (December)."""

    number: int
    kind: str


@lru_cache(maxsize=10_000)
def parse_period(text: str) -> Period | None:
    """Read a year, fiscal year, quarter or month; None for anything else."""
    text = text[:40].translate(_WESTERN)
    if not _CENTURY.search(text):
        return None
    text = _MARKS.sub("", text).strip()
    year = _YEAR.fullmatch(text)
    if year:
        return Period(int(year["year"]), "year")
    span = _SPAN.fullmatch(text)
    stretch = _parse_span(int(span["year"]), span["end"]) if span else None
    if stretch:
        return stretch
    quarter = _QUARTER.fullmatch(text) if re.search(r"[QTqtкК]", text) else None
    if quarter:
        return Period(
            int(quarter["year"] or quarter["year2"]) * 10 + int(quarter["quarter"] or quarter["quarter2"]), "quarter"
        )
    if _OTHER_PERIOD.fullmatch(text):
        return Period(int(re.findall(r"\d{4}", text)[0]), "half")
    month = _MONTH.fullmatch(text)
    number = (int(month["number"] or 0) or _month_number(month["name"])) if month else None
    return Period(int(month["year"] or month["year2"]) * 100 + number, "month") if month and number else None


def _parse_span(year: int, end: str) -> Period | None:
    """Read "2018-19" as a fiscal year, a longer stretch as a span of years."""
    last = int(end) if len(end) == 4 else year // 100 * 100 + int(end)
    last += 100 if last < year and len(end) == 2 else 0
    if not year < last < year + 60:
        return None
    return Period(year, "fiscal year" if last == year + 1 else "span")


def _month_number(name: str | None) -> int | None:
    """Give the number of a month by the beginning of its name."""
    lowered = (name or "").lower()
    return _MONTHS.get(lowered[:4]) or _MONTHS.get(lowered[:3])


def decimal_mark(texts: Iterable[str], otherwise: str) -> str:
    """Tell the decimal mark of a column from the numbers that leave no doubt."""
    comma = point = 0
    for text in texts:
        for raw in _MARKED_NUMBER.findall(text[:60]):
            if _COMMA_DECIMAL.search(raw):
                comma += 1
            elif _POINT_DECIMAL.search(raw):
                point += 1
            elif raw.count(".") > 1:
                comma += 1
            elif raw.count(",") > 1:
                point += 1
    if comma == point:
        return otherwise
    return "," if comma > point else "."


def language_mark(language: str | None) -> str:
    """Give the decimal mark a language usually prints."""
    return "," if (language or "")[:2].lower() in _DECIMAL_COMMA_LANGUAGES else "."


def parse_number(raw: str, decimal: str) -> Decimal | None:
    """Read the digits of one number; None where its separators make no sense."""
    raw = raw.translate({ord(space): " " for space in _SPACES})
    groups = re.split(r"[ '’٬]", raw)
    if len(groups) > 1:
        if (
            len(groups[0]) > 3
            or any(len(group) != 3 for group in groups[1:-1])
            or not re.fullmatch(r"\d{3}(?:[.,]\d+)?", groups[-1])
        ):
            return None
        raw = "".join(groups)
    marks = [character for character in raw if character in ".,"]
    if len(set(marks)) == 2:
        decimal = marks[-1]
        if marks.count(decimal) > 1:
            return None
    elif len(marks) == 1 and (len(raw) - raw.index(marks[0]) != 4 or raw[0] == "0" or raw.index(marks[0]) > 3):
        decimal = marks[0]
    elif len(marks) > 1:
        decimal = "." if marks[0] == "," else ","
    whole, _, fraction = raw.partition(decimal)
    parts = re.split(r"[.,]", whole)
    if len(parts) > 1 and (
        len(parts[-1]) != 3 or any(len(part) not in {2, 3} for part in parts[1:-1]) or len(parts[0]) > 3
    ):
        return None
    return Decimal("".join(parts) + ("." + fraction if fraction else ""))


def parse_cell(text: str, style: Style) -> Cell:
    """Read one cell in the manner of its column."""
    if not text:
        return Cell(text, "empty")
    if len(text) > 60:
        return Cell(text, "text")
    bare = _MARKS.sub("", text).strip()
    if not bare.isascii():
        bare = bare.translate(_WESTERN)
    if _MISSING.fullmatch(bare):
        return Cell(text, "missing")
    if not _DIGIT.search(bare):
        return Cell(text, "text")
    if style.is_period or not bare[0].isdigit() or _SPAN.fullmatch(bare):
        period = parse_period(bare)
        if period:
            is_year = period.kind == "year"
            return Cell(text, "year" if is_year else "period", float(period.number) if is_year else None)
    return _parse_amount(text, bare, style)


def _parse_amount(text: str, bare: str, style: Style) -> Cell:
    """Read a number or a range in full units."""
    whole = _RANGE.fullmatch(bare)
    if whole:
        low, high = parse_number(whole["low"], style.decimal), parse_number(whole["high"], style.decimal)
        if low is None or high is None or low > high or whole["sign"]:
            return Cell(text, "text")
        factor = _factor(bare, style)
        return Cell(text, "range", float(low * factor), float(high * factor), _qualifier(whole))
    match = _VALUE.fullmatch(bare)
    number = parse_number(match["low"], style.decimal) if match else None
    if match is None or number is None:
        return Cell(text, "text")
    value = float(number * _factor(bare, style))
    qualifier = _qualifier(match)
    if qualifier == "up_to":
        return Cell(text, "range", 0.0, value, qualifier)
    sign = (match["sign"] or match["sign2"] or "").strip()
    negative = sign in {"-", "−", "–"} or (sign == "(" and bare.endswith(")"))
    return Cell(text, "number", -value if negative and value else value, qualifier=qualifier)


def _qualifier(match: re.Match[str]) -> str | None:
    return next((name for name in _QUALIFIERS if match[name]), None)


def _factor(bare: str, style: Style) -> Decimal:
    """Give the scale of a cell: its own where it states one, else its column's."""
    if bare.translate({ord(character): None for character in ".,'’-–−+()% \u00a0\u202f\u2009"}).isdigit():
        own = Unit("%" if "%" in bare else None)
    else:
        own = find_unit(_LETTER_AFTER_DIGIT.sub(" ", bare))
    if own.unit == "%" and own.scale is None:
        return Decimal(1)
    return Decimal(int(inherited(own, style.unit).scale or 1))


def is_period_column(header: str, texts: Sequence[str]) -> bool:
    """Tell whether a column names the years or periods its rows stand for."""
    filled = [text for text in texts if text]
    periods = [period for period in map(parse_period, filled) if period]
    if len(periods) < 2 or len(periods) < 0.6 * len(filled):
        return False
    if PERIOD_HEADER.search(header):
        return True
    if find_unit(header) != Unit():
        return False
    numbers = [period.number for period in periods]
    ordered = numbers == sorted(numbers) or numbers == sorted(numbers, reverse=True)
    return ordered and (len(set(numbers)) > 1)
