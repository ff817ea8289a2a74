"""How a name is bound in its sentence: by the preposition before it, or by its own ending."""

import re
from functools import cache

from pipelines.claims.entries import read_rows
from pipelines.claims.normal_form import is_cyrillic
from pipelines.claims.scene import Scene

CASES = ("source", "at", "to", "from", "by", "with", "in", "of")
REACH = 6  # words before a name that can lie between it and its preposition
NOTHING: frozenset[str] = frozenset()
PAUSE = re.compile(r"[,;:()–—\n]|\.\s")
INFLECTED = frozenset({"ru", "uk"})
PLACES = {"ru": {"в", "во", "на"}, "uk": {"в", "у", "на"}}  # in or into, by the ending of the name
# Stems alone are listed for Ukrainian; these nominatives end as other cases do.
UKRAINIAN = (
    "Україна|Польща|Росія|Німеччина|Франція|Іспанія|Італія|Туреччина|Швеція|Норвегія|Данія|Чехія|Словаччина|Литва",
)
UNDECLINED = frozenset(
    {"Мали", "Чили", "Перу", "Зимбабве", "Конго", "Сомали", "Баку", "Тбилиси", "Дели", "Того", "Хельсинки"}
)
TURKISH_CASES = (
    ("from", re.compile(r"['’]?(?:[dt][ae]n|n[dt][ae]n)$")),
    ("with", re.compile(r"['’](?:y?l[ae])$")),
    ("in", re.compile(r"['’](?:[dt][ae]|[dt][ae]ki)$")),
    ("to", re.compile(r"['’](?:[yn]?[ea])$")),
    ("of", re.compile(r"['’](?:n?[ıiuü]n)$")),
)


def find_case(scene: Scene, first: int, end: int) -> str:
    """Say how a name is bound: by the word before it, articles and adjectives left out, or by its ending."""
    if scene.language == "tr":
        return _turkish_case(scene, end)
    place = first - 1
    office: int | None = None
    while place >= max(0, first - REACH):
        kinds = scene.cues.get(place, NOTHING)
        if PAUSE.search(scene.text, scene.words[place].end, scene.words[place + 1].start):
            break
        if _owned_by_office(scene, place, kinds):
            office, place = place - 1, place - 2
            continue
        for case in CASES:
            if case == "source" and "when" in kinds and _has_verb(scene, end):
                return "bare"  # "after Cairo ordered"
            if case in kinds:
                return _settled(scene, case, place, end, owned=office is not None)
        if "backed" in kinds and place > 0:
            place -= 2  # "for the Iranian-backed rebels"
            continue
        if not kinds & {"skip", "org"}:
            break
        office = place if "org" in kinds and office is None else office
        place -= 1
    return _unbound(scene, first, end, office)


def _unbound(scene: Scene, first: int, end: int, office: int | None) -> str:
    """Read a name without a preposition by its ending, or in German by its article."""
    if scene.language in INFLECTED:
        return _by_ending(scene, end, office)
    # "liefert der Ukraine": nations with an article are feminine, so this is no nominative.
    dative = scene.language == "de" and office is None and first > 0 and scene.words[first - 1].text == "der"
    return "to" if dative else "bare"


def _has_verb(scene: Scene, end: int) -> bool:
    """Answer whether a verb follows the name."""
    after = [place for place, word in enumerate(scene.words) if word.start >= end][:2]
    return any(scene.has(place, cue) for place in after for cue in ("aux", "be", "future", "verb"))


def _owned_by_office(scene: Scene, place: int, kinds: frozenset[str]) -> bool:
    """Answer whether "of" only ties the name to its own office: "the government of", "la marina de"."""
    tied = "of" in kinds or ("from" in kinds and scene.is_romance)
    return place > 0 and tied and scene.has(place - 1, "org")


def _settled(scene: Scene, case: str, place: int, end: int, *, owned: bool) -> str:
    """Decide between two readings of one preposition."""
    word = scene.words[place].text
    if scene.has(place - 1, "aimed") or (case == "with" and scene.has(place - 1, "border")):
        return "source"  # "a snub to the US", "la frontera con Colombia": bound to another noun
    if scene.language in INFLECTED and word in PLACES[scene.language]:
        name = scene.text[scene.words[place + 1].start : end]
        return "in" if name[-1] in "еихії" and name not in UNDECLINED else "to"
    if scene.language in INFLECTED and word in {"с", "со", "з", "із"} and not owned:
        return "with" if re.search(r"(?:ей|ой|ом|ем|ами|ями|ею|ою)$", scene.text[:end]) else "from"
    return case


def _by_ending(scene: Scene, end: int, office: int | None) -> str:
    """Tell the nominative, which acts, from the other cases, which are given or own."""
    if office is not None:  # "пограничной службе Киргизии": the office bears the case
        return "to" if office > 0 and re.search(r"(?:е|у|ю|ам|ям)$", scene.words[office].text) else "bare"
    name = re.search(r"[\w -]*$", scene.text[max(0, end - 30) : end])
    words = name.group().split() if name else []
    written = words[-1] if words else ""
    if scene.language == "uk" and re.search(r"(?:ія|ина|їна|да)$", written):
        return "bare"
    if written.isupper() or written in UNDECLINED or _nominatives() & {written, " ".join(words[-2:])}:
        return "bare"
    if written[:1].islower() and written.endswith("ой") and _governs(scene, end):
        return "of"  # "сербской армии"
    given = r"(?:[ую]|ам|ям|е)$" if written[:1].isupper() else r"(?:[ую]|ам|ям)$"
    for case, endings in (("by", r"(?:ей|ой|ом|ем|ами|ями)$"), ("to", given), ("of", r"(?:[иеыаяі]|ов)$")):
        if re.search(endings, written):
            return case
    return "bare"


def _governs(scene: Scene, end: int) -> bool:
    """Answer whether an office behind an adjective stands in the dative or genitive."""
    after = next((place for place, word in enumerate(scene.words) if word.start >= end), None)
    return after is not None and scene.has(after, "org") and scene.words[after].text.endswith(("и", "е", "ы"))


@cache
def _nominatives() -> frozenset[str]:
    """Give the states' names and capitals as Russian writes them where they act."""
    cells = [row[field] for row in read_rows("actors.csv") for field in ("name_ru", "aliases", "metonyms", "capital")]
    return frozenset(name for cell in [*cells, *UKRAINIAN] for name in cell.split("|") if is_cyrillic(name))


def _turkish_case(scene: Scene, end: int) -> str:
    tail = re.match(r"\w*['’]?\w*", scene.text[end:])
    suffix = tail.group() if tail else ""
    after = scene.text[end + len(suffix) : end + len(suffix) + 12].lstrip()
    for word, case in (("tarafından", "by"), ("ile ", "with"), ("için", "to")):
        if after.startswith(word):
            return case
    return next((case for case, pattern in TURKISH_CASES if suffix and pattern.search(suffix)), "bare")
