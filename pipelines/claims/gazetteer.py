"""Every state, actor, weapon and trade word a text names, found in one pass over it."""

import re
from collections import defaultdict
from functools import cache
from typing import Any, NamedTuple

import ahocorasick

from pipelines.claims.entries import Entry, Spelling, read_spellings
from pipelines.claims.normal_form import is_arabic, is_cyrillic, normal_form

NAMES = frozenset(
    {"name", "demonym", "capital", "metonym", "group", "organisation", "agency", "company", "designation"}
)
# What may follow a Russian or Ukrainian stem: anything else ("Кубок" for Куб-) is another word.
CYRILLIC_ENDINGS = frozenset(
    normal_form(
        " а я ы и е у ю ой ей ою ею ом ем ам ям ах ях ами ями ов ев ии ию ия ией ию ие й ь ая яя ое ее ого его ому ему "
        "ым им ых их ыми ими ую юю і ї ія ії ієї єю ею ії ію ією єю їй ій ою ів їв ові ьому"
    ).split(" ")
)
ARABIC_PREFIXES = ("", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ف")


class Hit(NamedTuple):
    """One entry at one place of the text: ``text[start:end]`` names it."""

    start: int
    end: int
    entry: Entry


class Pattern(NamedTuple):
    """How one spelling is checked once its fixed part was met."""

    entry: Entry
    spelling: str
    tail: re.Pattern[str] | None
    stem: bool
    case: str


def scan(text: str) -> list[Hit]:
    """Give what the text names, in order; where names overlap the longest wins."""
    normal = f" {normal_form(text)} "
    found: list[Hit] = []
    for last, patterns in _automaton().iter(normal):
        for pattern in patterns:
            hit = _checked(pattern, normal, last, text)
            if hit is not None:
                found.append(hit)
    return _longest(found)


def _checked(pattern: Pattern, normal: str, last: int, text: str) -> Hit | None:
    start = last + 2 - len(pattern.spelling)
    end = last + 1
    if pattern.tail is not None:
        tail = pattern.tail.match(normal, end)
        if tail is None or (pattern.stem and not CYRILLIC_ENDINGS.issuperset(tail.groups())):
            return None
        end = tail.end()
    else:
        end -= 1
    if "$" in text[start - 1 : end - 1]:
        return None  # "US$2" is no aircraft US-2
    if pattern.case and not _is_case(pattern.case, text[start - 1 : end - 1]):
        return None
    return Hit(start - 1, end - 1, pattern.entry)


def _is_case(case: str, words: str) -> bool:
    if case == "ends":
        return not words[0].islower() and not words.rsplit(maxsplit=1)[-1][0].islower()
    return words.isupper() if case == "upper" else not words[0].islower()


def _longest(found: list[Hit]) -> list[Hit]:
    """Drop what lies inside or across a longer one; two readings of the same words both stay."""
    found.sort(key=_by_place)
    kept: list[Hit] = []
    for hit in found:
        if kept and hit.start < kept[-1].end and (hit.start, hit.end) != (kept[-1].start, kept[-1].end):
            if hit.end - hit.start > kept[-1].end - kept[-1].start:
                kept[-1] = hit
            continue
        if not kept or hit != kept[-1]:
            kept.append(hit)
    return kept


def _by_place(hit: Hit) -> tuple[int, int, str]:
    return hit.start, -hit.end, hit.entry.value


@cache
def _automaton() -> Any:
    """Build the automaton once a process; its keys begin (and, without ``*``, end) at a word's border."""
    keys: dict[str, dict[Pattern, None]] = defaultdict(dict)
    for spelling in read_spellings():
        for text in _variants(spelling):
            key, pattern = _pattern(text, spelling)
            keys[key][pattern] = None
    automaton = ahocorasick.Automaton()
    for key, patterns in keys.items():
        automaton.add_word(key, tuple(patterns))
    automaton.make_automaton()
    return automaton


def _pattern(text: str, spelling: Spelling) -> tuple[str, Pattern]:
    fixed, star, rest = text.partition("*")
    key = f" {fixed}"
    case = _case(spelling)
    if star or spelling.stem:
        tail = re.compile("".join(rf"(\w{{0,12}}){re.escape(part)}" for part in rest.split("*")) + r"(?!\w)")
        return key, Pattern(spelling.entry, key, tail, spelling.stem, case)
    return f"{key} ", Pattern(spelling.entry, f"{key} ", None, spelling.stem, case)


def _case(spelling: Spelling) -> str:
    """Names begin with a capital letter, short abbreviations are all capitals ("US" is not "us").

    Of a company the last word has one too: "Russian Helicopters" makes Russian helicopters.
    """
    if spelling.entry.kind not in NAMES or spelling.text[0].islower() or is_arabic(spelling.text):
        return ""
    if spelling.entry.kind == "company" and " " in spelling.text and spelling.text.split()[-1][0].isupper():
        return "ends"
    letters = "".join(letter for letter in spelling.text if letter.isalnum())
    return "upper" if letters.isupper() and len(letters) <= 5 and not any(map(str.isdigit, letters)) else "capital"


def _variants(spelling: Spelling) -> set[str]:
    """Give the spellings of one name: with and without hyphen before digits, plural, Arabic prefixes."""
    parts = [re.sub(r"\s+", " ", normal_form(part)) for part in spelling.text.split("*")]
    text = "*".join(parts).strip()
    if not text.replace("*", "").strip():
        return set()
    if is_arabic(text):
        return {prefix + text for prefix in ARABIC_PREFIXES}
    if spelling.entry.kind != "designation":
        # Two spaces stand where "EE. UU." has a dot and a space.
        return {text, normal_form(spelling.text).strip()} if ". " in spelling.text else {text}
    joined = re.sub(r"(?<=[^\W\d]) (?=\d)", "", text)
    parted = re.sub(r"(?<=[^\W\d])(?=\d)", " ", text)
    spaced = re.sub(r"(?<=\d)(?=[^\W\d])", " ", text)
    endings = ("",) if is_cyrillic(text) else ("", "s")
    return {form + ending for form in (text, joined, parted, spaced) for ending in endings}
