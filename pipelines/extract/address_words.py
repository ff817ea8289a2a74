"""How much of a line stands in an address: the words that sites make the end of an article's URL of."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

_WORD = re.compile(r"[a-z0-9]{3,}")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ı": "i"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})


def share_in_address(line: str, url: str) -> float:
    """Return the share of a line's words (0 to 1) that the wordiest part of a URL's path holds."""
    parts = unquote(urlsplit(url).path[:2000]).lower().split("/")
    address = _words(max(parts, key=lambda part: part.count("-") + part.count("_")))
    words = [_spellings(word) for word in line[:500].lower().split()]
    counted = [spellings for spellings in words if spellings]
    return sum(not spellings.isdisjoint(address) for spellings in counted) / (len(counted) or 1)


def _spellings(word: str) -> set[str]:
    """Return the ways an address may spell a word: with umlauts written out or without their dots."""
    return _words(word) | _words(word.translate(_UMLAUTS))


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return set(_WORD.findall("".join(char for char in plain if not unicodedata.combining(char))))
