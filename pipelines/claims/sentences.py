"""Sentences of a paragraph, as places in it."""

import re
from typing import NamedTuple

# A stop after these ends no sentence: titles, abbreviations and initials.
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Maj|Capt|Adm|Sen|Rep|Gov|St|No|Co|Corp|Inc|Ltd|vs|approx|est|Jan|Feb|Mar|Apr|Aug|"
    r"Sept|Sep|Oct|Nov|Dec|Sr|Sra|Dra|Ing|gral|Mme|MM|M|bzw|ca|Nr|Mio|Mrd|usw|т|г|гг|руб|долл|млн|млрд|тыс|им|др|ст|т\.е|т\.д)"
    r"|\b[A-ZА-Я]|\b[A-Z]\.[A-Z]|EE|UU)\.$"
)
END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s+[\"“‘«(\[¿¡—–-]*\s?[^\W_a-zà-ÿа-яё]|\s*$)|[؟。]|\n+")
LONGEST = 1500  # characters; a longer run without a stop is a list or a mishap and is cut


class Span(NamedTuple):
    """A sentence: ``text[start:end]``."""

    start: int
    end: int


def split_sentences(text: str) -> list[Span]:
    """Give the sentences of a text in order, without the blanks around them."""
    spans: list[Span] = []
    start = 0
    for match in END.finditer(text):
        if match.group()[0] == "." and ABBREVIATION.search(text[max(0, match.start() - 8) : match.start() + 1]):
            continue
        spans += _trimmed(text, start, match.end())
        start = match.end()
    return spans + _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Span(first, min(first + LONGEST, end)) for first in range(start, end, LONGEST)]
