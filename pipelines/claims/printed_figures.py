"""Whether a quote prints a figure that was proposed for it."""

import re
from collections.abc import Iterator

from pipelines.claims.money import Money, find_money
from pipelines.claims.numbers import Number, find_numbers
from pipelines.claims.words import split_words

LANGUAGES = ("en", "es", "ru", "fr", "tr", "pt", "de", "uk")
# The number is part of a designation: "Su-30", "С-300".
DESIGNATION = re.compile(r"\w[-\u2010\u2011]$")
# A calibre, a percentage, an ordinal or a wheel formula is no number of items.
NO_ITEMS = re.compile(
    r"\s?-?(?:mm|cm|km|kg|мм|км|%|percent|per cent|por ciento|pour cent|процент)|[^\W\d_]", re.IGNORECASE
)


def prints_quantity(quote: str, quantity: int, language: str | None = None) -> bool:
    """Answer whether the quote gives this number of items, in digits or in words."""
    return any(number.value == quantity for number in _numbers(quote, language) if _is_count(quote, number))


def printed_value(quote: str, amount: float, currency: str, language: str | None = None) -> Money | None:
    """Give the sum of the quote that is this amount in this currency; both ends of a range count."""
    for spoken in (language,) if language in LANGUAGES else LANGUAGES:
        words = split_words(quote)
        for money in find_money(quote, find_numbers(quote, words, spoken), words, ()):
            if money.currency == currency and any(_is_near(amount, end) for end in (money.amount, money.upper)):
                return money
    return None


def prints_year(text: str, year: int) -> bool:
    """Answer whether the text gives this year in four digits."""
    return re.search(rf"(?<!\d){year}(?!\d)", text) is not None


def _numbers(quote: str, language: str | None) -> Iterator[Number]:
    """Read the numbers as the language does; where it is unknown, as any language does."""
    words = split_words(quote)
    for spoken in (language,) if language in LANGUAGES else LANGUAGES:
        yield from find_numbers(quote, words, spoken)


def _is_count(quote: str, number: Number) -> bool:
    before = quote[max(0, number.start - 2) : number.start]
    return not number.digits or not (DESIGNATION.search(before) or NO_ITEMS.match(quote, number.end))


def _is_near(amount: float, printed: float | None) -> bool:
    return printed is not None and abs(amount - printed) <= 1e-6 * amount
