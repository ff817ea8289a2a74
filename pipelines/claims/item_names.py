"""How far the name of an item reaches: nouns and designations that stand together, and what belongs to them."""

import re
from dataclasses import dataclass

from pipelines.claims.scene import Scene

# "obusiers ATAGS", "aviones de combate F-16", "комплексы типа «Бук»": noun and name make one item.
LINK = re.compile(
    r"[\s\"'“”‘’«»(-]*(?:(?:de|d|tipo|type|del|modelo|класса|типа|марки|class|classe|model|called|named)[\s'’«\"“-]+)?"
)
LOOSE = re.compile(r"(?:\s[^\W\d][\w’']*){1,6}\s[«\"“]?")
NAMING = frozenset({"joint", "skip", "from", "of", "modifier", "det", "tail", "org"})
NICKNAMED = re.compile(r"\s\(?[‘“\"'«]")
FOR = re.compile(r"\s+for\s+(?:the\s+|its\s+)?", re.IGNORECASE)
NOUN_LAST = frozenset({"en", "de", "tr"})
MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "the",
    ]
)
BETWEEN_PARTS = frozenset(["to", "and"])


@dataclass(frozen=True, slots=True)
class Core:
    """One noun or designation before neighbours are joined."""

    first: int
    last: int
    designation: str | None
    category: str


def join_neighbours(scene: Scene, cores: list[Core]) -> list[list[Core]]:
    """Put cores that overlap or follow each other directly into one run."""
    runs: list[list[Core]] = []
    for core in cores:
        if runs and core.last <= runs[-1][-1].last:
            if core.designation:
                runs[-1].append(Core(core.first, runs[-1][-1].last, core.designation, core.category))
            continue
        if runs and (core.first < runs[-1][-1].last or _are_linked(scene, runs[-1][-1], core)):
            runs[-1].append(core)
        else:
            runs.append([core])
    return runs


def _are_linked(scene: Scene, before: Core, core: Core) -> bool:
    gap = scene.gap(before.last - 1, core.first)
    between = range(before.last, core.first)
    named = core.designation is not None and before.designation is None
    modified = bool(between) and len(between) <= 4 and all(scene.has(place, "modifier") for place in between)
    if before.designation and ((modified and gap[0] == " " and "," not in gap) or gap == ") "):
        return True  # "Area Defense (THAAD) missile system"
    if before.designation and core.designation and _is_one_design(before, core, gap):
        return True
    if re.fullmatch(r"\s[‘“\"«']\w+[’”\"»']\s|\s\d+\s?[x×]\s?\d+\s", gap):
        return True  # "Su-30SM ‘Flanker’ fighters", "CAESAR 6×6 howitzers"
    if named and LOOSE.fullmatch(gap) and scene.language not in NOUN_LAST:
        # "cazas Sukhoi Su-30", "chars allemands Leopard", "drones turcs de surveillance Bayraktar"
        return not any(scene.cues.get(place, frozenset()) - NAMING for place in between)
    if LINK.fullmatch(gap) and not (before.designation and core.designation) and "(" not in gap:
        return True
    return (
        bool(FOR.fullmatch(gap))
        and core.designation is not None
        and before.category in {"missiles", "engines", "other"}
    )


def _is_one_design(before: Core, core: Core, gap: str) -> bool:
    """Answer whether two names are of one design: "F-16 Fighting Falcon", "Su-30SM ‘Flanker’"."""
    same = core.designation == before.designation and gap in {" ", " ("}
    return same or NICKNAMED.fullmatch(gap) is not None


def join_widened(scene: Scene, runs: list[tuple[list[Core], int, int]]) -> list[tuple[list[Core], int, int]]:
    """Join what meets once its own words are taken in: "S-300" and "ground-to-air missiles"."""
    joined: list[tuple[list[Core], int, int]] = []
    for cores, first, last in runs:
        before = joined[-1] if joined else None
        if before and before[2] >= first and _are_parts(scene, before[0][-1], cores[0]):
            joined[-1] = ([*before[0], *cores], before[1], last)
        else:
            joined.append((cores, first, last))
    return joined


def _are_parts(scene: Scene, before: Core, core: Core) -> bool:
    gap = scene.text[scene.words[before.last - 1].end : scene.words[core.first].start]
    return not re.search(r",|\band\b", gap) and not (before.designation and core.designation)


def widen(scene: Scene, first: int, last: int, taken: set[int]) -> tuple[int, int]:
    """Take in words that belong to the name: "self-propelled" before it, unknown designations on either side."""
    while first > 0 and first - 1 not in taken and _belongs_before(scene, first):
        first -= 1
    if scene.text[scene.words[first].start : scene.words[first].end].lower() in BETWEEN_PARTS:
        first += 1
    while last < len(scene.words) and last not in taken and _belongs_after(scene, last):
        last += 1
    return first, last


def _belongs_before(scene: Scene, first: int) -> bool:
    gap = scene.gap(first - 1, first)
    if gap == "," and scene.words[first - 1].text.isdigit() and scene.words[first].text.isdigit():
        return True  # "2,000-pound bombs"
    if gap not in {" ", "-", "\u00a0", "’ ", "' ", "” ", '" ', "‑", "» "}:
        return False
    word = scene.words[first - 1]
    if scene.language == "en" and (scene.has(first - 1, "modifier") or gap == "-"):
        return not (word.text in BETWEEN_PARTS and gap == " ")
    return scene.language in NOUN_LAST and _is_name(scene, first - 1)


def _is_name(scene: Scene, place: int) -> bool:
    """Answer whether a word may be (part of) an unknown designation: a capital or digits and letters, no other word."""
    word = scene.words[place]
    printed = scene.text[word.start : word.end]
    if printed.isdigit():
        return (
            place > 0 and len(printed) <= 4 and scene.gap(place - 1, place) in {"-", " "} and _is_name(scene, place - 1)
        )
    if len(printed) < 2 or scene.cues.get(place, frozenset()) - {"modifier", "tail", "skip"}:
        return False
    if any(map(str.isdigit, printed)):
        return printed[-1].isalnum() and any(map(str.isupper, printed))
    if scene.is_titled and not printed.isupper():
        return False  # in "Nation Finalizes Jet Sale" capitals name nothing
    return printed[0].isupper() and place > 0 and printed.lower() not in MONTHS


def _belongs_after(scene: Scene, last: int) -> bool:
    gap = scene.gap(last - 1, last)
    if gap not in {" ", "-", "\u00a0", " «", " “", ' "', "’ ", "‘", " ‘"}:
        return False
    word = scene.words[last]
    printed = scene.text[word.start : word.end]
    if scene.language in NOUN_LAST:
        return scene.has(last, "tail") or (any(map(str.isdigit, printed)) and printed[0].isupper() and len(printed) > 1)
    return _is_name(scene, last) and gap != "-"
