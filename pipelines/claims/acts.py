"""The verbs and nouns of the trade in a sentence, with their tense, and the clauses and items they rule."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.claims.mentions import Actor, Scene
from pipelines.claims.tenses import find_tense
from pipelines.claims.weapons import Item
from pipelines.claims.words import Phrase, longest_only

SUPPLY = frozenset({"move", "give", "aid", "sell", "lease", "build", "offer"})
RECEIVE = frozenset({"buy", "get", "equip", "arrive"})
CORE = SUPPLY | RECEIVE | {"license", "seize", "general", "other"}


@dataclass(frozen=True, slots=True)
class Act:
    """One word or phrase of the trade: ``name`` what is done, ``tense`` when (or "noun")."""

    first: int
    last: int
    name: str
    tense: str
    passive: bool = False


@dataclass(frozen=True, slots=True)
class Deal:
    """Items under one act: ``first`` up to ``last`` are its words, ``acts`` all that is done there."""

    core: Act | None
    items: tuple[Item, ...]
    acts: tuple[Act, ...]
    first: int
    last: int
    clause: tuple[int, int]


def find_acts(scene: Scene, phrases: Sequence[Phrase], items: Sequence[Item], actors: Sequence[Actor]) -> list[Act]:
    """Give the acts of a sentence in order; what lies inside an item's name is none."""
    inside = {place for item in items for place in range(item.first, item.last)}
    names = {place for actor in actors for place in range(actor.first, actor.last)}
    acts: list[Act] = []
    for phrase in longest_only(phrase for phrase in phrases if not _is_other_word(scene, phrase)):
        within = all(place in inside for place in range(phrase.first, phrase.last))
        if phrase.first in names or (within and phrase.kind != "aid") or _is_idle(scene, phrase):
            continue
        act = _tensed(scene, phrase, items, actors)
        if act is not None:
            acts.append(act)
    return acts


def _is_other_word(scene: Scene, phrase: Phrase) -> bool:
    """Tell Spanish "envió", the verb, from "envío", the noun, which differ by an accent alone."""
    last = scene.text[scene.words[phrase.last - 1].end - 1]
    return scene.language == "es" and phrase.value == "noun" and last == "ó"


def _is_idle(scene: Scene, phrase: Phrase) -> bool:
    """Leave out "gave approval", which gives no goods, and "rejected claims", which refuses none."""
    following = range(phrase.last, min(phrase.last + 3, len(scene.words)))
    if phrase.kind == "deny":
        return any("said" in scene.cues.get(place, ()) for place in following)
    return phrase.kind in {"give", "aid"} and any(scene.has(place, "consent") for place in following)


def _tensed(scene: Scene, phrase: Phrase, items: Sequence[Item], actors: Sequence[Actor]) -> Act | None:
    act = Act(phrase.first, phrase.last, phrase.kind, phrase.value)
    if scene.has(phrase.first, "twofold") and phrase.last - phrase.first == 1:
        read = _one_of_two(scene, act, items, actors)
        if read is None:
            return None
        act = read
    tense, passive = find_tense(scene, act.first, act.tense, actors)
    return replace(act, tense=tense, passive=passive or (act.tense == "past" and _follows_item(scene, act, items)))


def _one_of_two(scene: Scene, act: Act, items: Sequence[Item], actors: Sequence[Actor]) -> Act | None:
    """Read a word that is noun or verb: a verb after "to" or a name and before its object."""
    word = scene.words[act.last - 1].text
    before = scene.words[act.first - 1].text if act.first else ""
    named = any(actor.last == act.first and not actor.owner and actor.kind != "demonym" for actor in actors)
    object_next = any(0 <= item.first - act.last <= 2 for item in items) or any(
        0 <= actor.first - act.last <= 1 and actor.case == "bare" for actor in actors
    )
    number_next = act.last < len(scene.words) and scene.words[act.last].text.isdigit()
    if act.name not in {"move", "aid", "sell", "buy", "lease"}:
        return act
    if (scene.has(act.first - 1, "verbal") and before != "and") or (named and (object_next or number_next)):
        return act
    if word in {"ship", "ships", "arm", "arms", "lease", "loan", "commit"}:
        return None
    return replace(act, tense="noun")


def _follows_item(scene: Scene, act: Act, items: Sequence[Item]) -> bool:
    """Answer whether a participle hangs on an item: "missiles supplied by", "tanks sent to"."""
    if act.first == 0 or not any(item.last == act.first for item in items):
        return False
    after = scene.words[act.last].text if act.last < len(scene.words) else ""
    return (
        scene.has(act.last, "by")
        or scene.has(act.last, "at")
        or scene.has(act.last, "to")
        or scene.has(act.last, "from")
        or after in {"in", "by"}
    )


def find_clauses(scene: Scene, acts: Sequence[Act], actors: Sequence[Actor]) -> list[tuple[int, int]]:
    """Part the sentence where "while", "but", "after" or a comma before a new subject and verb begin something new."""
    cuts = {0, len(scene.words)}
    for place in range(len(scene.words)):
        gap = scene.gap(place - 1, place) if place else ""
        if scene.has(place, "clause") and not scene.has(place - 1, "clause"):
            cuts.add(place)
        if ";" in gap or "\n" in gap:
            cuts.add(place)
        if "," in gap and _new_subject(place, acts, actors):
            cuts.add(place)
    edges = sorted(cuts)
    return [(first, last) for first, last in pairwise(edges) if last > first]


def _new_subject(place: int, acts: Sequence[Act], actors: Sequence[Actor]) -> bool:
    """Answer whether a bare name and a verb follow right after a comma, outside a list of names."""
    if any(actor.last == place for actor in actors):
        return False
    for actor in actors:
        if place <= actor.first <= place + 2 and actor.case == "bare" and not actor.owner:
            return any(0 <= act.first - actor.last <= 3 and act.tense not in {"noun", "gerund"} for act in acts)
    return False


def find_deals(scene: Scene, acts: Sequence[Act], items: Sequence[Item], actors: Sequence[Actor]) -> list[Deal]:
    """Put each item under the act that rules it; items under one act make one deal."""
    deals: list[Deal] = []
    for clause in find_clauses(scene, acts, actors):
        here = [act for act in acts if clause[0] <= act.first < clause[1]]
        inside = [item for item in items if clause[0] <= item.first < clause[1]]
        ruled: dict[Act | None, list[Item]] = {}
        for item in inside:
            ruled.setdefault(_ruler(scene, item, here), []).append(item)
        deals += _bounded(ruled, here, clause)
    return deals


def _ruler(scene: Scene, item: Item, acts: Sequence[Act]) -> Act | None:
    """Choose the act of an item: the noun right behind it, else the nearest before it, else the nearest after."""
    covering = next((act for act in acts if act.first <= item.first and act.last >= item.last), None)
    if covering is not None and (covering.last - covering.first > item.last - item.first):
        return covering
    noun = next(
        (
            act
            for act in acts
            if 0 <= act.first - item.last <= 1
            and act.tense in {"noun", "any"}
            and act.name in {"move", "sell", "buy", "aid", "suspend", "deal", "general"}
        ),
        None,
    )
    if noun is not None and _is_free(scene, item, noun):
        return noun
    own = next((act for act in acts if act.name == "aid" and act.first < item.last and act.last > item.first), None)
    before = [act for act in acts if act.last <= item.first and act.name in CORE and act is not own]
    after = [act for act in acts if act.first >= item.last and act.name in CORE]
    if own is not None and not (before and before[-1].name in SUPPLY and item.first - before[-1].last <= 4):
        return own
    passive = next((act for act in after if act.passive), None)
    if len(before) > 1 and before[-1].tense == "noun" and _is_object(before[-2], before[-1]):
        return before[-2]
    if before and not (passive and before[-1].name in {"other", "general"}):
        return before[-1]
    if after:
        return after[0]
    softer = [act for act in acts if act.last <= item.first] or [act for act in acts if act.first >= item.last]
    return softer[-1] if softer else None


def _is_object(verb: Act, noun: Act) -> bool:
    """Answer whether a noun is what a verb does: "delivered its first shipment of"."""
    return verb.name in SUPPLY | RECEIVE and verb.tense in {"past", "pres", "prog"} and noun.first - verb.last <= 3


def _is_free(scene: Scene, item: Item, act: Act) -> bool:
    return re.fullmatch(r"[\s’'\"”-]*(?:export\s|sales?\s)?", scene.gap(item.last - 1, act.first)) is not None


def _bounded(ruled: dict[Act | None, list[Item]], acts: Sequence[Act], clause: tuple[int, int]) -> list[Deal]:
    """Give each act its stretch of the clause: from the end of the deal before to its own last item or further."""
    order = sorted(ruled.items(), key=_by_items)
    deals: list[Deal] = []
    first = clause[0]
    for place, (core, items) in enumerate(order):
        last = clause[1]
        if place + 1 < len(order):
            following = order[place + 1]
            last = min(following[1][0].first, following[0].first if following[0] else len(acts) + clause[1])
            last = max(last, items[-1].last, core.last if core else 0)
        own = tuple(act for act in acts if first <= act.first < last or act is core)
        deals.append(Deal(core, tuple(items), own, first, last, clause))
        first = last
    return deals


def _by_items(ruled: tuple[Act | None, list[Item]]) -> int:
    return ruled[1][0].first
