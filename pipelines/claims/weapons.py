"""The military equipment a sentence names: designations, nouns, and both together, as printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.claims.entries import weapon_rows
from pipelines.claims.gazetteer import Hit
from pipelines.claims.item_names import Core, join_neighbours, join_widened, widen
from pipelines.claims.mentions import Actor
from pipelines.claims.scene import Scene
from pipelines.claims.words import Phrase

TRADING = frozenset(
    [
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
    ]
)
BARE = frozenset({"military", "defense", "defence"})  # goods only in "military shipments", "defence exports"
PARTS = frozenset({"engines", "missiles", "sensors", "artillery", "other", "naval weapons"})
CARRIERS = frozenset(
    {"ship", "ships", "vessel", "vessels", "boat", "boats", "aircraft", "plane", "planes", "speedboat"}
)
PLATFORM = re.compile(r"\s(?:for|para|pour|для|für|için)\s(?:[\w'’-]+\s){0,3}?", re.IGNORECASE)
OWN_PLATFORM = re.compile(
    r"\s(?:for|aboard|pour|para sus?|для своих)\s(?:its|their|his|ses|sus?|своих)\s(?:[\w-]+\s){0,2}$"
)


@dataclass(frozen=True, slots=True)
class Item:
    """Equipment at the words ``first`` up to (not with) ``last``; ``names`` are its surface strings.

    ``whole`` is how many there are of which ``number`` are spoken of: "14 of the 19 fighters".
    """

    first: int
    last: int
    names: tuple[str, ...]
    designation: str | None
    category: str
    generic: bool
    number: int | None = None
    number_kind: str | None = None
    whole: int | None = None


def find_items(
    scene: Scene, hits: Sequence[Hit], nouns: Sequence[Phrase], actors: Sequence[Actor], deeds: Sequence[Phrase]
) -> list[Item]:
    """Give the equipment of a sentence in order, neighbours that name one thing joined; no deed is part of a name."""
    taken = {place for actor in actors for place in range(actor.first, actor.last)}
    nouns = [noun for noun in nouns if _is_goods(scene, noun, deeds) and not _is_verb(scene, noun, nouns, actors)]
    cores = _cores(scene, hits, nouns, taken, dealt=any(deed.kind in TRADING for deed in deeds))
    taken |= {at for deed in deeds for at in range(deed.first, deed.last) if not _modifies(scene, deed)}
    runs = [(run, *widen(scene, run[0].first, run[-1].last, taken)) for run in join_neighbours(scene, cores)]
    items = [_item(scene, run, first, last) for run, first, last in join_widened(scene, runs)]
    items = without_carriers(_with_aliases(scene, items), deeds)
    kept = [item for item in items if not is_aside(scene, item) and not is_rest(scene, item)]
    return without_platforms(scene, [item for item in kept if item is kept[0] or not _is_spare(scene, item)])


def _is_goods(scene: Scene, noun: Phrase, deeds: Sequence[Phrase]) -> bool:
    """Leave out "arms industry" (but where it supplies a customer), "civilian helicopters", a lone "military"."""
    if scene.words[noun.first].text in BARE and noun.last - noun.first == 1:
        return any(deed.first == noun.last and deed.value == "noun" for deed in deeds)
    firm = scene.has(noun.last, "firm") and not any(deed.kind == "general" for deed in deeds)
    return not firm and not scene.has(noun.first - 1, "civil")


def _modifies(scene: Scene, deed: Phrase) -> bool:
    """Answer whether a word of other news is part of a name of arms: "attack helicopters", "training aircraft"."""
    return deed.kind == "other" and scene.has(deed.first, "modifier")


def with_pronouns_for(scene: Scene, items: Sequence[Item], deeds: Sequence[Phrase]) -> list[Item]:
    """Add "them", "it" behind a verb of the trade as the goods named last: "hopes to sell them to Malaysia"."""
    ends = {deed.last for deed in deeds if deed.kind in TRADING}
    added: list[Item] = []
    for place, word in enumerate(scene.words):
        before = [item for item in items if item.last <= place]
        if word.text in {"them", "it"} and place in ends and before and scene.language == "en":
            added.append(replace(before[-1], first=place, last=place + 1, number=None, number_kind=None))
    return sorted([*items, *added], key=_by_first)


def _by_first(item: Item) -> int:
    return item.first


def _is_verb(scene: Scene, noun: Phrase, nouns: Sequence[Phrase], actors: Sequence[Actor]) -> bool:
    """Tell the verbs of "Russia arms Syria" and "Iran ships drones" from the nouns."""
    word = scene.words[noun.first].text
    if word not in {"arms", "ships"} or scene.language != "en":
        return False
    if not any(actor.last == noun.first and actor.kind != "demonym" and not actor.owner for actor in actors):
        return False
    objects = [actor.first for actor in actors if not actor.adjective] if word == "arms" else [n.first for n in nouns]
    return noun.last in objects


def _cores(scene: Scene, hits: Sequence[Hit], nouns: Sequence[Phrase], taken: set[int], *, dealt: bool) -> list[Core]:
    rows = weapon_rows()
    cores = [Core(noun.first, noun.last, None, noun.kind) for noun in nouns if noun.first not in taken]
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


def _item(scene: Scene, run: list[Core], first: int, last: int) -> Item:
    named = next((core for core in run if core.designation), None)
    kinds = [core.category for core in run if core.category != "generic"]
    category = named.category if named else (kinds[-1] if kinds else "other")
    if named and kinds[-1:] == ["missiles"] and named.category not in {"air-defence systems", "missiles"}:
        category = "missiles"
    generic = not kinds and named is None and last - first <= max(core.last - core.first for core in run)
    text = scene.text[scene.words[first].start : scene.words[last - 1].end]
    return Item(first, last, (text,), named.designation if named else None, category, generic or not kinds)


def _with_aliases(scene: Scene, items: list[Item]) -> list[Item]:
    """Join a name in brackets to the item before it: "rocket systems (HIMARS)"."""
    joined: list[Item] = []
    for item in items:
        gap = scene.gap(joined[-1].last - 1, item.first) if joined else ""
        alias = joined and re.fullmatch(r"\s?\([\s\"“«]*|, (?:also )?known as (?:the )?|,? (?:the )?[\"“‘«]", gap)
        if alias or (joined and _is_example(joined[-1], item, gap)):
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


def _is_example(kind: Item, item: Item, gap: str) -> bool:
    """Answer whether a design only says which of the goods: "drones, including the CH-95"."""
    named = item.designation is not None and kind.designation is None and kind.category == item.category
    return named and re.fullmatch(r",? (?:including|such as|namely) (?:the )?", gap) is not None


def is_rest(scene: Scene, item: Item) -> bool:
    """Leave out "and related equipment", "y otros armamentos", "and other guns": they are no goods of their own."""
    rest = next((place for place in (item.first - 1, item.first - 2) if scene.has(place, "rest")), None)
    return (
        item.designation is None
        and rest is not None
        and rest > 0
        and scene.words[rest - 1].text in {"and", "y", "et", "и", "e", "d"}
    )


def _is_spare(scene: Scene, item: Item) -> bool:
    """Answer whether an item is only spares that come along with others: "hélicoptères et pièces détachées"."""
    parts = scene.has(item.last - 1, "spare") or (scene.words[item.last - 1].text == "parts")
    return parts or (scene.has(item.last, "joint") and scene.has(item.last + 1, "spare"))  # "moteurs de rechange"


def is_aside(scene: Scene, item: Item) -> bool:
    """Leave out what goods are told to replace or resemble ("in favour of the Rafale"), and home-made ones."""
    for place in range(item.first - 1, max(-1, item.first - 5), -1):
        if scene.has(place, "instead") or scene.has(place, "home"):
            return True
        if not scene.has(place, "skip") and not scene.has(place, "modifier") and not scene.words[place].text.isdigit():
            return False
    return False


def without_carriers(items: Sequence[Item], deeds: Sequence[Phrase]) -> list[Item]:
    """Leave out the ship or plane on which the goods seized were found: "a vessel with a cargo of rifles"."""
    cargo = [item for item in items if item.names[0].lower() not in CARRIERS]
    return cargo if cargo and any(deed.kind in {"seize", "carry"} for deed in deeds) else list(items)


def without_platforms(scene: Scene, items: Sequence[Item]) -> list[Item]:
    """Leave out what other items are only for: "engines for its submarine", "снаряды для танков"."""
    kept: list[Item] = []
    for item in items:
        gap = scene.gap(kept[-1].last - 1, item.first) if kept else ""
        purpose = PLATFORM.fullmatch(gap) and kept[-1].category in PARTS if kept else False
        if not purpose and not (kept and OWN_PLATFORM.search(gap)):
            kept.append(item)
    return kept
