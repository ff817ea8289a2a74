"""The verbs and nouns of the trade in a sentence, with their tense."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.claims.mentions import Actor
from pipelines.claims.scene import Scene
from pipelines.claims.tenses import find_tense
from pipelines.claims.weapons import Item
from pipelines.claims.words import Phrase, longest_only

SUPPLY = frozenset({"move", "carry", "give", "aid", "sell", "lease", "build", "offer"})
RECEIVE = frozenset({"buy", "get", "equip", "arrive"})
WITHOUT = frozenset({"without", "sin", "sans", "sem", "без", "ohne"})
ARMING = frozenset(
    {"arm", "arming", "armed", "equip", "equips", "equipping", "equipped", "equiper", "armer", "armar", "equipar"}
)
UNACCENTED = {  # what a past without its accent ends in: "suministro" is no "suministró", "livre" no "livré"
    "es": re.compile(r"(?<!ad)(?<!id)(?<!t)(?<!s)(?<!ch)o$"),
    "fr": re.compile(r"(?<![éiust])es?$"),
}
CORE = SUPPLY | RECEIVE | {"license", "seize", "general", "other"}


@dataclass(frozen=True, slots=True)
class Act:
    """One word or phrase of the trade: ``name`` what is done, ``tense`` when (or "noun")."""

    first: int
    last: int
    name: str
    tense: str
    passive: bool = False


def find_acts(scene: Scene, phrases: Sequence[Phrase], items: Sequence[Item], actors: Sequence[Actor]) -> list[Act]:
    """Give the acts of a sentence in order; what lies inside an item's name is none."""
    inside = {place for item in items for place in range(item.first, item.last)}
    names = {place for actor in actors for place in range(actor.first, actor.last)}
    acts: list[Act] = []
    for phrase in longest_only(phrase for phrase in phrases if not _is_other_word(scene, phrase)):
        if phrase.kind == "name":
            continue  # "armed forces", "in order to": words of the trade that mean something else together
        within = all(place in inside for place in range(phrase.first, phrase.last))
        if phrase.first in names or (within and phrase.kind != "aid") or _is_idle(scene, phrase):
            continue
        if _is_attribute(scene, phrase, items):
            continue
        act = _tensed(scene, phrase, items, actors)
        if act is not None:
            acts.append(act)
    return acts


def _is_other_word(scene: Scene, phrase: Phrase) -> bool:
    """Tell noun from verb where they look alike: "envío" and "envió", "la compra" and "compra"."""
    printed = scene.text[scene.words[phrase.first].start : scene.words[phrase.last - 1].end]
    if scene.language == "es" and phrase.value in {"noun", "past"}:
        return printed.endswith("ó") if phrase.value == "noun" else UNACCENTED["es"].search(printed) is not None
    if scene.language == "fr" and phrase.value == "past" and UNACCENTED["fr"].search(printed):
        return True
    if scene.language == "fr" and phrase.value in {"pres", "habit"} and printed.endswith("é"):
        return True
    single = phrase.last - phrase.first == 1
    return single and phrase.value in {"pres", "habit"} and scene.has(phrase.first - 1, "det")


def _is_idle(scene: Scene, phrase: Phrase) -> bool:
    """Leave out "gave approval", which gives no goods, and "rejected claims", which refuses none."""
    following = range(phrase.last, min(phrase.last + 3, len(scene.words)))
    if phrase.first and scene.words[phrase.first - 1].text in WITHOUT:
        return True  # "sin comprar misiles"
    if phrase.kind == "move" and scene.has(phrase.last, "firm"):
        return True  # "shipping firm"
    if phrase.kind == "deny":
        return any("said" in scene.cues.get(place, ()) for place in following)
    if phrase.kind == "move" and scene.has(phrase.last, "poss") and scene.words[phrase.first].text in ARMING:
        return True  # "to arm its own fleet"
    return phrase.kind in {"give", "aid"} and any(scene.has(place, "consent") for place in following)


def _is_attribute(scene: Scene, phrase: Phrase, items: Sequence[Item]) -> bool:
    """Answer whether a participle only describes goods: "its 24 pledged aircraft", "the donated tanks"."""
    if phrase.value != "past" or scene.language != "en" or not any(item.first == phrase.last for item in items):
        return False
    before = scene.words[phrase.first - 1].text if phrase.first else ""
    if scene.words[phrase.first].text in ARMING:
        return True  # "armed drones"
    return before.isdigit() or scene.has(phrase.first - 1, "poss") or before == "the"


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
    if scene.language == "en" and scene.has(act.last, "by") and any(item.last <= act.first for item in items):
        return True  # "weapons, radios and intelligence supplied by"
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
