"""Numbers in digits and words, with the words of scale behind them, and what qualifies them."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipelines.claims.entries import read_rows
from pipelines.claims.normal_form import normal_form
from pipelines.claims.words import Phrase, Word

DIGITS = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?)(?!\d)"
)
QUALIFIERS = frozenset({"about", "over", "up_to"})
DECIMAL_POINT = frozenset({"en", "ar"})
SCALE_WORD = re.compile(r"([\s\u00a0-]{0,2})([^\W\d_]{1,14})(?!\w)")


class Number(NamedTuple):
    """A number at ``text[start:end]``, scale included; ``scaled`` ``scale`` is what its words of scale make."""

    start: int
    end: int
    value: float
    scale: float
    digits: bool


@cache
def number_words(language: str) -> tuple[dict[str, float], dict[str, float]]:
    """Give the words for numbers and for scales of one language."""
    tables: dict[str, dict[str, float]] = {"number": {}, "scale": {}}
    for row in read_rows("numbers.csv"):
        if row["kind"] in tables and row["lang"] == language:
            for pair in row["terms"].split("|"):
                word, _, value = pair.partition("=")
                tables[row["kind"]][normal_form(word)] = float(value)
    return tables["number"], tables["scale"]


def find_numbers(text: str, words: Sequence[Word], language: str) -> list[Number]:
    """Give the numbers among the words, in order."""
    if not words:
        return []
    start, end = words[0].start, words[-1].end
    numbers = [
        _scaled(text, (match.start(), match.end()), parsed, language, digits=True)
        for match in DIGITS.finditer(text, start, end)
        for parsed in [parse_number(match.group(), language)]
        if parsed is not None and not _is_code(text, match.start(), match.end(), language)
    ]
    return _with_hundreds(text, sorted(numbers + _spelled(text, words, language)))


def _with_hundreds(text: str, numbers: list[Number]) -> list[Number]:
    """Join thousands in words to the hundreds behind them: "3 bin 500"."""
    joined: list[Number] = []
    for number in numbers:
        last = joined[-1] if joined else None
        if (
            last
            and last.scale == 1000
            and number.scale == 1
            and number.value < 1000
            and text[last.end : number.start] == " "
        ):
            joined[-1] = Number(last.start, number.end, last.value + number.value, 1, last.digits)
        else:
            joined.append(number)
    return joined


def parse_number(printed: str, language: str) -> float | None:
    """Read digits with separators: by pattern where it decides, else by the habit of the language."""
    compact = re.sub(r"[\s\u00a0\u202f]", "", printed)
    marks = re.findall(r"[.,]", compact)
    if len(set(marks)) == 2:
        decimal = marks[-1]
        compact = compact.replace("," if decimal == "." else ".", "").replace(",", ".")
    elif marks and (len(marks) > 1 or _groups_thousands(compact, marks[0], language)):
        compact = compact.replace(marks[0], "")
    else:
        compact = compact.replace(",", ".")
    return float(compact) if compact.count(".") <= 1 else None


def _is_code(text: str, start: int, end: int, language: str) -> bool:
    """Answer whether digits are of a name: letters hang on them that are no scale ("2A4"), or they begin with 0."""
    if re.match(r"0\d", text[start:end]):
        return True
    glued = re.match(r"[^\W\d_]{1,14}", text[end : end + 14])
    return glued is not None and normal_form(glued.group()) not in number_words(language)[1]


def _groups_thousands(compact: str, mark: str, language: str) -> bool:
    whole, _, rest = compact.partition(mark)
    if len(rest) != 3 or whole == "0":
        return False
    return (mark == ",") == (language in DECIMAL_POINT)


def _scaled(text: str, place: tuple[int, int], value: float, language: str, *, digits: bool) -> Number:
    """Take in the words of scale behind a number: "2.2 billion", "5 mil millones", "тыс."."""
    scales = number_words(language)[1]
    (start, end), factor = place, 1.0
    while match := SCALE_WORD.match(text, end):
        scale = scales.get(normal_form(match.group(2)))
        if scale is None or (len(match.group(2)) == 1 and match.group(1) and match.group(2).islower()):
            break
        factor, end = factor * scale, match.end(2)
    return Number(start, end, round(value * factor, 2), factor, digits)  # 1.07 billion is no 1070000000.0000001


def _spelled(text: str, words: Sequence[Word], language: str) -> list[Number]:
    """Give numbers written in words: "twenty-four", "half a dozen", "two hundred"."""
    units = number_words(language)[0]
    found: list[Number] = []
    place = 0
    while place < len(words):
        word = words[place]
        value = units.get(word.text)
        if value is None:
            place += 1
            continue
        last = place
        while last + 1 < len(words) and (following := _joined(value, units.get(words[last + 1].text))):
            value, last = following, last + 1
        if words[place - 1].text in {"half", "media", "demi"} or words[max(0, place - 2)].text == "half":
            value = value / 2 if value == 12 else value
        scaled = _scaled(text, (word.start, words[last].end), value, language, digits=False)
        found.append(scaled)
        place = last + 1
        while place < len(words) and words[place].start < scaled.end:
            place += 1
    return found


def _joined(value: float, following: float | None) -> float | None:
    """Join twenty and four to 24, two and dozen to 24."""
    if following is None:
        return None
    if following == 12 and value < 12:
        return value * 12
    return value + following if value in {20, 30, 40, 50, 60, 70, 80, 90} and following < 10 else None


def qualifier_before(text: str, at: int, words: Sequence[Word], qualifiers: Sequence[Phrase]) -> str | None:
    """Give the qualifier that stands right before ``text[at]``, currency signs and articles between them allowed."""
    for phrase in reversed(qualifiers):
        end = words[phrase.last - 1].end
        if end <= at and re.fullmatch(
            r"[\s$€£₽₹₩¥(]*(?:(?:a|an|the|los|las|total|cost|value|price|of|at|to|be|worth|en|à|US|de|A|C|NT)\b[\s$]*)*",
            text[end:at],
        ):
            return phrase.kind
    return None
