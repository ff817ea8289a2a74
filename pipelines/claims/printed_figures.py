"""Whether a quote prints a figure; every reading of its numbers counts, as we ask only what cannot be there."""

import re
import unicodedata
from collections.abc import Iterator

# Not inside a designation ("Su-30", "C-300", "F16"); spaces only before three digits.
NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+|[ \u00a0\u202f]\d{3}(?!\d))*")
WORD = re.compile(r"[^\W\d_]+")
# A calibre, a percentage, an ordinal or a wheel formula is no number of items.
NO_ITEMS = re.compile(r"\s?-?(?:mm|cm|km|kg|мм|км|%|percent|per cent|por ciento|pour cent|процент)|[^\W\d_]")
SCALES: tuple[tuple[str, float], ...] = (
    (r"mil(?:es de)? mill?ones|thousand million|mil milh(?:ao|oes)", 1e9),
    (r"lakh crore", 1e12),
    (r"(?:thousand|mille|mil|bin|тыс(?:яч[аи]?)?)", 1e3),
    (r"(?:hundred|cien|cent|sto|сто)", 1e2),
    (r"(?:millions?|mn|mln|m|mio|mill?(?:on|ones)|milyon|миллион(?:а|ов)?|млн)", 1e6),
    (r"(?:billions?|bn|bln|b|milliards?|mds?|mrd|milliarden?|millardos?|milyar|миллиард(?:а|ов)?|млрд)", 1e9),
    (r"(?:trillions?|tn|tln|billon(?:es)?|trilyon|триллион(?:а|ов)?|трлн)", 1e12),
    (r"crores?", 1e7),
    (r"lakhs?", 1e5),
)
SCALE = re.compile(r"[\s-]*(?:" + "|".join(f"({words})" for words, _ in SCALES) + r")(?!\w)")
# Left out: "on", "once" and "seize", which are other words in English.
NUMBER_WORDS: tuple[tuple[int, str], ...] = (
    (1, "one un uno una une un один одна одно одного одну bir"),
    (2, "two pair dos deux два две двух двумя iki"),
    (3, "three tres trois три трех тремя uc"),
    (4, "four cuatro quatre четыре четырех dort"),
    (5, "five cinco cinq пять пяти bes"),
    (6, "six seis шесть шести alti"),
    (7, "seven siete sept семь семи yedi"),
    (8, "eight ocho huit восемь восьми sekiz"),
    (9, "nine nueve neuf девять девяти dokuz"),
    (10, "ten diez dix десять десяти"),
    (11, "eleven onze одиннадцать"),
    (12, "twelve dozen doce docena douze douzaine двенадцать двенадцати дюжина duzine"),
    (13, "thirteen trece treize тринадцать"),
    (14, "fourteen catorce quatorze четырнадцать"),
    (15, "fifteen quince quinze quinzaine пятнадцать"),
    (16, "sixteen dieciseis шестнадцать"),
    (17, "seventeen diecisiete семнадцать"),
    (18, "eighteen dieciocho восемнадцать"),
    (19, "nineteen diecinueve девятнадцать"),
    (20, "twenty veinte vingt vingtaine двадцать двадцати yirmi"),
    (30, "thirty treinta trente trentaine тридцать otuz"),
    (40, "forty cuarenta quarante сорок kirk"),
    (50, "fifty cincuenta cinquante пятьдесят elli"),
    (60, "sixty sesenta soixante шестьдесят altmis"),
    (70, "seventy setenta семьдесят yetmis"),
    (80, "eighty ochenta восемьдесят seksen"),
    (90, "ninety noventa девяносто doksan"),
    (100, "hundred cien cent centaine сто yuz"),
)
VALUE_OF = {word: number for number, words in NUMBER_WORDS for word in words.split(" ")}
# The stems by which a currency is known in a quote, folded; its code always counts.
CURRENCIES = {
    "USD": r"\$|dollar|dolar|доллар|долл",
    "EUR": r"€|euro|евро|avro",
    "GBP": r"£|pound|sterling|sterlin|фунт|libras",
    "RUB": r"₽|rouble|ruble|rublo|руб",
    "UAH": r"₴|hryvn|гривен|гривн",
    "CNY": r"¥|yuan|юан|renminbi",
    "JPY": r"¥|yen\b|йен|иен",
    "KRW": r"₩|\bwon\b|вон\b",
    "INR": r"₹|rupee|рупи|\brs\b|crore",
    "PKR": r"rupee|рупи|\brs\b",
    "TRY": r"₺|lira|лир",
    "ILS": r"₪|shekel|shequel|шекел",
    "PLN": r"zł|zloty|злот",
    "CZK": r"kč|koruna|crown|крон",
    "SEK": r"kron|crown|крон|\bkr\b",
    "NOK": r"kron|crown|крон|\bkr\b",
    "DKK": r"kron|crown|крон|\bkr\b",
    "CHF": r"franc|franken|франк",
    "AUD": r"a\$|dollar|dolar|доллар",
    "CAD": r"c\$|dollar|dolar|доллар",
    "NZD": r"nz\$|dollar|dolar",
    "SGD": r"s\$|dollar|dolar",
    "TWD": r"nt\$|dollar|dolar",
    "BRL": r"r\$|\breal\b|reais|reales",
    "BGN": r"\blev(?:a|s)?\b|лев",
    "RON": r"\bleu\b|\blei\b",
    "HUF": r"forint",
    "PHP": r"peso|₱",
    "MXN": r"peso",
    "COP": r"peso",
    "ARS": r"peso",
    "CLP": r"peso",
    "SAR": r"riyal|rial",
    "AED": r"dirham|dirhem",
    "MAD": r"dirham|dirhem",
}


def prints_quantity(quote: str, quantity: int) -> bool:
    """Answer whether the quote gives this number of items, in digits or in words."""
    folded = _fold(quote)
    for values, end in _numbers(folded):
        scale = SCALE.match(folded, end)
        if scale is None and (quantity not in values or NO_ITEMS.match(folded, end)):
            continue
        if quantity in (values if scale is None else _scaled(values, scale)):
            return True
    return False


def prints_amount(quote: str, amount: float) -> bool:
    """Answer whether the quote gives this amount of money, with its scale word."""
    folded = _fold(quote)
    for values, end in _numbers(folded):
        scale = SCALE.match(folded, end)
        if any(abs(amount - value) <= 1e-6 * abs(amount) for value in (_scaled(values, scale) if scale else values)):
            return True
    return False


def prints_currency(quote: str, currency: str) -> bool:
    """Answer whether the quote names this currency, by its code, sign or word."""
    stems = CURRENCIES.get(currency)
    return currency in quote or bool(stems and re.search(stems, _fold(quote)))


def prints_year(text: str, year: int) -> bool:
    """Answer whether the text gives this year in four digits."""
    return re.search(rf"(?<!\d){year}(?!\d)", text) is not None


def _numbers(folded: str) -> Iterator[tuple[set[float], int]]:
    for match in NUMBER.finditer(folded):
        yield _readings(match.group()), match.end()
    for match in WORD.finditer(folded):
        if match.group() in VALUE_OF:
            yield {float(VALUE_OF[match.group()])}, match.end()


def _readings(number: str) -> set[float]:
    """Read the separators as thousands, and the last one as a decimal point."""
    plain = re.sub(r"\s", "", number)[:40]
    values = {float(re.sub(r"\D", "", plain))}
    whole, point, rest = plain.replace(",", ".").rpartition(".")
    if point:
        values.add(float(f"{whole.replace('.', '')}.{rest}"))
    return values | {float(part) for part in re.split(r"\s", number) if part.isdigit() and len(part) < 40}


def _scaled(values: set[float], scale: re.Match[str]) -> set[float]:
    factor = SCALES[(scale.lastindex or 1) - 1][1]
    return {round(value * factor, 6) for value in values}


def _fold(text: str) -> str:
    """Lower the case and drop accents of Latin and Cyrillic letters alike (трёх, millón, dört)."""
    plain = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", re.sub("(?<!и)[\u0300-\u036f]", "", plain)).lower().replace("ı", "i")
