"""One spelling for comparing names: every letter keeps its place, so offsets in the text stay true."""

import re
import unicodedata
from functools import cache

# Other letters stay as they are; these are the scripts of the languages the gazetteer speaks.
RANGES = ((0x00, 0x530), (0x600, 0x700), (0x1E00, 0x2200), (0x3000, 0x3020), (0xFF00, 0xFF10))
ARABIC = {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"}
LATIN = {"ı": "i", "İ": "i", "ß": "s", "ø": "o", "ł": "l", "đ": "d", "Ø": "o", "Ł": "l", "Đ": "d"}
# Russian texts write Су-30МК2 with look-alike letters of either script; numbered designations are read as Latin.
LOOK_ALIKES = str.maketrans("авекмнорстух", "abekmhopctyx")
# Taken out first, because English text is plain ASCII without them and then ten times as fast to fold.
TYPOGRAPHIC = "’‘“”–—…•\xa0"
DESIGNATION = re.compile(r"\b[авекмнорстух]{1,4} ?\d[\w]*")


def normal_form(text: str) -> str:
    """Give the text in lower case without accents, anything but letters and digits as a space; as long as before."""
    for mark in TYPOGRAPHIC:
        text = text.replace(mark, " ")
    folded = text.translate(_letters())
    return folded if folded.isascii() else DESIGNATION.sub(_as_latin, folded)


def is_cyrillic(word: str) -> bool:
    """Answer whether the word is written in Cyrillic letters."""
    return any("Ѐ" <= letter <= "ӿ" for letter in word)


def is_arabic(word: str) -> bool:
    """Answer whether the word is written in Arabic letters."""
    return any("؀" <= letter <= "ۿ" for letter in word)


def _as_latin(match: re.Match[str]) -> str:
    return match.group().translate(LOOK_ALIKES)


@cache
def _letters() -> dict[int, str]:
    """Build the translation table: one character for one character."""
    return {code: _letter(chr(code)) for first, last in RANGES for code in range(first, last)}


def _letter(letter: str) -> str:
    special = LATIN.get(letter) or ARABIC.get(letter)
    if special:
        return special
    if not letter.isalnum():
        return " "
    return unicodedata.normalize("NFKD", letter)[0].lower()[0]
