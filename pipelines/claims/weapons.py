"""The military equipment a sentence names: designations, nouns, and both together, as printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.claims.entries import weapon_rows
from pipelines.claims.gazetteer import Hit
from pipelines.claims.mentions import Actor
from pipelines.claims.scene import Scene
from pipelines.claims.words import Phrase

# "obusiers ATAGS", "aviones de combate F-16", "комплексы типа «Бук»": noun and name make one item.
LINK = re.compile(
    r"[\s\"'“”‘’«»(-]*(?:(?:de|d|tipo|type|del|modelo|класса|типа|марки|class|classe|model|called|named)[\s'’«\"“-]+)?"
)
FOR = re.compile(r"\s+for\s+(?:the\s+|its\s+)?", re.IGNORECASE)
TRADING = frozenset(
    {
        "move",
        "give",
        "aid",
        "sell",
        "buy",
        "get",
        "sign",
        "lease",
        "offer",
        "negotiate",
        "approve",
        "deal",
        "request",
        "deny",
        "suspend",
        "seize",
        "equip",
    }
)
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
PARTS = frozenset({"engines", "missiles", "sensors", "artillery", "other", "naval weapons"})
PLATFORM = re.compile(r"\s(?:for|para|pour|для|für|için)\s(?:[\w'’-]+\s){0,3}?", re.IGNORECASE)
OWN_PLATFORM = re.compile(
    r"\s(?:for|aboard|pour|para sus?|для своих)\s(?:its|their|his|ses|sus?|своих)\s(?:[\w-]+\s){0,2}$"
)
BETWEEN_PARTS = frozenset(["to", "and"])


@dataclass(frozen=True, slots=True)
class Item:
    """Equipment at the words ``first`` up to (not with) ``last``; ``names`` are its surface strings."""

    first: int
    last: int
    names: tuple[str, ...]
    designation: str | None
    category: str
    generic: bool
    number: int | None = None
    number_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Core:
    """One noun or designation before neighbours are joined."""

    first: int
    last: int
    designation: str | None
    category: str


def find_items(
    scene: Scene, hits: Sequence[Hit], nouns: Sequence[Phrase], actors: Sequence[Actor], deeds: Sequence[Phrase]
) -> list[Item]:
    """Give the equipment of a sentence in order, neighbours that name one thing joined; no deed is part of a name."""
    taken = {place for actor in actors for place in range(actor.first, actor.last)}
    cores = _cores(scene, hits, nouns, taken, dealt=any(deed.kind in TRADING for deed in deeds))
    taken |= {place for deed in deeds for place in range(deed.first, deed.last)}
    items: list[Item] = []
    for run in _runs(scene, cores):
        first, last = _widened(scene, run[0].first, run[-1].last, taken)
        items.append(_item(scene, run, first, last))
    return _without_platforms(scene, _with_aliases(scene, items))


def _cores(scene: Scene, hits: Sequence[Hit], nouns: Sequence[Phrase], taken: set[int], *, dealt: bool) -> list[Core]:
    rows = weapon_rows()
    cores = [
        Core(noun.first, noun.last, None, noun.kind)
        for noun in nouns
        if noun.first not in taken and not scene.has(noun.last, "firm") and not scene.has(noun.first - 1, "civil")
    ]
    for hit in hits:
        if hit.entry.kind != "designation" or (hit.entry.ambiguous and not _is_sure(scene, hit, nouns, dealt=dealt)):
            continue
        inside = [place for place, word in enumerate(scene.words) if word.start < hit.end and word.end > hit.start]
        if (
            len(inside) > 1
            and len(scene.words[inside[-1]].text) == 1
            and scene.text[scene.words[inside[-1]].start].islower()
        ):
            inside.pop()  # "T-72 a" is no T-72A
        if inside and inside[0] not in taken and not scene.has(inside[-1] + 1, "firm"):
            cores.append(Core(inside[0], inside[-1] + 1, hit.entry.value, rows[hit.entry.value]["category"]))
    cores.sort(key=_by_place)
    return cores


def _by_place(core: Core) -> tuple[int, int]:
    return core.first, -core.last


def _is_sure(scene: Scene, hit: Hit, nouns: Sequence[Phrase], *, dealt: bool) -> bool:
    """Trust an ambiguous name (Javelin, Град) beside an arms noun, in quotes, or as a name where a deal is told."""
    near = any(
        -3 <= scene.words[noun.first].start - hit.end <= 3 or -3 <= hit.start - scene.words[noun.last - 1].end <= 6
        for noun in nouns
    )
    quoted = scene.text[hit.start - 1 : hit.start] in {"«", "“", "‘", '"'}
    printed = scene.text[hit.start : hit.end]
    numbered = any(map(str.isdigit, printed)) and len(printed) > 2
    opens = hit.start == scene.words[0].start and printed.isalpha()
    return near or quoted or numbered or (dealt and printed[0].isupper() and not opens)


def _runs(scene: Scene, cores: list[Core]) -> list[list[Core]]:
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
    if modified and before.designation and gap[0] == " " and "," not in gap:
        return True
    if gap == " " and core.designation == before.designation:
        return True
    if re.fullmatch(r"\s[‘“\"«']\w+[’”\"»']\s", gap):
        return True  # "Su-30SM ‘Flanker’ fighters"
    if named and re.fullmatch(r"\s[^\W\d]\w+\s[«\"“]?", gap) and scene.language not in NOUN_LAST:
        return True  # "cazas Sukhoi Su-30", "chars allemands Leopard"
    if LINK.fullmatch(gap) and not (before.designation and core.designation) and "(" not in gap:
        return True
    return (
        bool(FOR.fullmatch(gap))
        and core.designation is not None
        and before.category in {"missiles", "engines", "other"}
    )


def _widened(scene: Scene, first: int, last: int, taken: set[int]) -> tuple[int, int]:
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


def _item(scene: Scene, run: list[Core], first: int, last: int) -> Item:
    named = next((core for core in run if core.designation), None)
    kinds = [core.category for core in run if core.category != "generic"]
    category = named.category if named else (kinds[-1] if kinds else "other")
    if named and kinds[-1:] == ["missiles"] and named.category not in {"air-defence systems", "missiles"}:
        category = "missiles"
    generic = not kinds and named is None and last - first <= max(core.last - core.first for core in run)
    text = scene.text[scene.words[first].start : scene.words[last - 1].end]
    return Item(first, last, (text,), named.designation if named else None, category, generic or not kinds)


def _without_platforms(scene: Scene, items: Sequence[Item]) -> list[Item]:
    """Leave out what other items are only for: "engines for its submarine", "снаряды для танков"."""
    kept: list[Item] = []
    for item in items:
        gap = scene.gap(kept[-1].last - 1, item.first) if kept else ""
        purpose = PLATFORM.fullmatch(gap) and kept[-1].category in PARTS if kept else False
        if not purpose and not (kept and OWN_PLATFORM.search(gap)):
            kept.append(item)
    return kept


def _with_aliases(scene: Scene, items: list[Item]) -> list[Item]:
    """Join a name in brackets to the item before it: "rocket systems (HIMARS)"."""
    joined: list[Item] = []
    for item in items:
        gap = scene.gap(joined[-1].last - 1, item.first) if joined else ""
        if joined and re.fullmatch(r"\s?\([\s\"“«]*|, (?:also )?known as (?:the )?", gap):
            before = joined.pop()
            names = tuple(dict.fromkeys((*before.names, *item.names)))
            category = before.category if before.category != "other" else item.category
            designation = before.designation or item.designation
            item = replace(  # noqa: PLW2901
                before,
                last=item.last,
                names=names,
                designation=designation,
                category=category,
                generic=before.generic and item.generic,
            )
        joined.append(item)
    return joined
