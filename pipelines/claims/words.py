"""Words of a text and the phrases of a language's tables found among them, each with its place."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipelines.claims.entries import read_rows
from pipelines.claims.normal_form import normal_form

WORD = re.compile(r"\w+")
SHORTEST_STEM = 2
LONGEST_STEM = 18


class Word(NamedTuple):
    """One word in normal form; ``text[start:end]`` of the paragraph is how it was printed."""

    text: str
    start: int
    end: int


class Phrase(NamedTuple):
    """A phrase of a table at the words ``first`` up to (not with) ``last``."""

    first: int
    last: int
    kind: str
    value: str


class Term(NamedTuple):
    """One phrase of a table, in words; a word that ends in ``*`` stands for all that begin so."""

    parts: tuple[str, ...]
    kind: str
    value: str


class Begun(NamedTuple):
    """What a word can begin: itself alone, phrases by their second word, and those whose second word is a stem."""

    alone: tuple[Term, ...]
    by_next: dict[str, tuple[Term, ...]]
    by_stem: tuple[Term, ...]


class Table(NamedTuple):
    """The phrases of one language, by their first word or by the stem of their first word."""

    exact: dict[str, tuple[Term, ...]]
    stems: dict[str, tuple[Term, ...]]


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Give the words of ``text[start:end]``; apostrophes, hyphens and dots part words."""
    normal = normal_form(text[start:end])
    return [Word(match.group(), start + match.start(), start + match.end()) for match in WORD.finditer(normal)]


def find_phrases(words: Sequence[Word], name: str, language: str) -> list[Phrase]:
    """Give the longest phrase of each kind and value of a packaged table that begins at each word, in order."""
    found: list[Phrase] = []
    last = len(words) - 1
    for place, word in enumerate(words):
        begun = _begun_by(word.text, name, language)
        if begun is None:
            continue
        terms = begun.by_next.get(words[place + 1].text, ()) if place < last else ()
        if not terms and not begun.by_stem:  # most often
            found += [Phrase(place, place + 1, term.kind, term.value) for term in begun.alone]
            continue
        longest = {(term.kind, term.value): 1 for term in begun.alone}
        for term in (*terms, *begun.by_stem):
            size = len(term.parts)
            if size > longest.get((term.kind, term.value), 0) and _matches(words, place, term.parts):
                longest[term.kind, term.value] = size
        found += [Phrase(place, place + size, kind, value) for (kind, value), size in longest.items()]
    return found


def has_phrase(words: Iterable[str], name: str, language: str) -> bool:
    """Answer whether any phrase of a table may begin with one of the words."""
    return any(_begun_by(word, name, language) for word in words)


def count_begins(words: Iterable[str], name: str, language: str) -> int:
    """Give how many of the words can begin a phrase of a table."""
    return sum(_begun_by(word, name, language) is not None for word in words)


def longest_only(phrases: Iterable[Phrase]) -> list[Phrase]:
    """Drop phrases that lie inside or across a longer one that begins no later."""
    kept: list[Phrase] = []
    for phrase in sorted(phrases, key=_by_place):
        if not kept or phrase.first >= kept[-1].last:
            kept.append(phrase)
        elif phrase.last - phrase.first > kept[-1].last - kept[-1].first:
            kept[-1] = phrase
    return kept


@cache
def _phrase_table(name: str, language: str) -> Table:
    """Read the phrases of one language from a packaged table whose columns are lang, kind, [value,] terms."""
    exact: dict[str, list[Term]] = defaultdict(list)
    stems: dict[str, list[Term]] = defaultdict(list)
    for row in read_rows(name):
        if row.pop("lang") != language:
            continue
        kind, *value, terms = row.values()
        for phrase in terms.split("|"):
            parts = _parts(phrase)
            target = stems if parts[0].endswith("*") else exact
            target[parts[0].rstrip("*")].append(Term(parts, kind, "".join(value)))
    return Table({key: tuple(each) for key, each in exact.items()}, {key: tuple(each) for key, each in stems.items()})


def _parts(phrase: str) -> tuple[str, ...]:
    """Give the words of a phrase, where ``*`` stays with the word it ends."""
    parts: list[str] = []
    for piece in phrase.split():
        if piece == "*":
            parts.append(piece)
            continue
        parts += normal_form(piece.rstrip("*")).split()
        if piece.endswith("*"):
            parts[-1] += "*"
    return tuple(parts)


def _by_place(phrase: Phrase) -> tuple[int, int]:
    return phrase.first, -phrase.last


@lru_cache(maxsize=60_000)
def _begun_by(word: str, name: str, language: str) -> Begun | None:
    """Give the phrases a word can begin, None where there are none; texts repeat their words, so answers are kept."""
    table = _phrase_table(name, language)
    terms = list(table.exact.get(word, ()))
    for size in range(SHORTEST_STEM, min(len(word), LONGEST_STEM) + 1):
        terms += table.stems.get(word[:size], ())
    if not terms:
        return None
    by_next: dict[str, tuple[Term, ...]] = {}
    for term in terms:
        if len(term.parts) > 1 and not term.parts[1].endswith("*"):
            by_next[term.parts[1]] = (*by_next.get(term.parts[1], ()), term)
    alone = {(term.kind, term.value): term for term in terms if len(term.parts) == 1}
    stems = (term for term in terms if len(term.parts) > 1 and term.parts[1].endswith("*"))
    return Begun(tuple(alone.values()), by_next, tuple(stems))


def _matches(words: Sequence[Word], place: int, parts: tuple[str, ...]) -> bool:
    if place + len(parts) > len(words):
        return False
    # The first word is known to fit.
    return all(_fits(words[place + step].text, parts[step]) for step in range(1, len(parts)))


def _fits(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
