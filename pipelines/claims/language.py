"""In which language a text is read."""

import re

from pipelines.claims.normal_form import is_arabic, is_cyrillic
from pipelines.claims.words import count_begins, split_words

LANGUAGES = frozenset({"en", "es", "ru", "fr", "tr", "de", "pt", "uk", "ar"})
COMMON_WORDS = {
    "en": frozenset(
        ["the", "of", "and", "to", "in", "for", "with", "by", "from", "has", "said", "that", "is", "was", "will"]
    ),
    "es": frozenset(["el", "los", "las", "del", "que", "por", "con", "para", "una", "su", "según", "ha", "y", "al"]),
    "fr": frozenset(
        ["le", "les", "des", "du", "et", "une", "pour", "dans", "sur", "par", "aux", "est", "l", "d", "au", "qui"]
    ),
    "de": frozenset(
        ["der", "die", "das", "und", "den", "von", "mit", "für", "im", "nach", "eine", "dem", "ist", "auf", "hat"]
    ),
    "pt": frozenset(
        ["o", "os", "da", "do", "das", "dos", "em", "uma", "para", "com", "não", "ao", "que", "pela", "foi"]
    ),
    "tr": frozenset(["ve", "bir", "bu", "için", "ile", "olarak", "da", "de", "olan", "daha", "çok", "kadar", "sonra"]),
}


def guess_language(text: str) -> str:
    """Tell the language by script, its commonest words and the words of the trade; English where nothing decides."""
    if is_arabic(text[:2000]):
        return "ar"
    if is_cyrillic(text[:2000]):
        return "uk" if re.search("[іїєґ]", text[:2000]) else "ru"
    printed = set(re.findall(r"\w+", text[:2000].lower()))
    words = {word.text for word in split_words(text[:2000])}
    counts = {
        code: len(common & printed) + sum(count_begins(words, table, code) for table in ("acts.csv", "nouns.csv"))
        for code, common in COMMON_WORDS.items()
    }
    return max(counts, key=lambda code: (counts[code], code == "en"))


def reading_language(text: str, language: str | None) -> str:
    """Give the language to read in: the one stated where its words are known, else a guess."""
    stated = (language or "")[:2].lower()
    return stated if stated in LANGUAGES else guess_language(text)
