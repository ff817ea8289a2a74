"""Which act rules which goods: the clauses of a sentence and the deals told in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.claims.acts import CORE, RECEIVE, SUPPLY, Act
from pipelines.claims.mentions import Actor
from pipelines.claims.scene import Scene
from pipelines.claims.weapons import Item

BEHIND = frozenset({"move", "sell", "buy", "aid", "suspend", "deal", "general"})
TRAILING = frozenset(
    {"request", "suspend", "deny", "cancel", "approve", "negotiate", "offer", "seize", "lift", "build"}
)
ELSEWHERE = frozenset(
    {"request", "offer", "build", "seize", "license"}
)  # behind "supplies of arms to Kyiv" they tell of else
BETWEEN = re.compile(r"[\s’'\"”-]*(?:export\s|sales?\s)?")


@dataclass(frozen=True, slots=True)
class Deal:
    """Items under one act: ``first`` up to ``last`` are its words, ``acts`` all that is done there."""

    core: Act | None
    items: tuple[Item, ...]
    acts: tuple[Act, ...]
    first: int
    last: int
    clause: tuple[int, int]


def find_clauses(scene: Scene, acts: Sequence[Act], actors: Sequence[Actor]) -> list[tuple[int, int]]:
    """Part the sentence where "while", "but", "after" or a comma before a new subject and verb begin something new."""
    cuts = {0, len(scene.words)}
    for place in range(len(scene.words)):
        gap = scene.gap(place - 1, place) if place else ""
        if scene.has(place, "clause") and not scene.has(place - 1, "clause") and not scene.has(place + 1, "adds"):
            cuts.add(place)
        if scene.has(place, "when") and _opens(place, acts, actors):
            cuts.add(place)
        if any(mark in gap for mark in ";\n|"):
            cuts.add(place)
        if "," in gap and (scene.has(place, "apposition") or _new_subject(place, acts, actors)):
            cuts.add(place)
    edges = sorted(cuts)
    return [(first, last) for first, last in pairwise(edges) if last > first]


def _opens(place: int, acts: Sequence[Act], actors: Sequence[Actor]) -> bool:
    """Answer whether "after", "as" begin a clause: a name and a verb follow."""
    near = [actor for actor in actors if place < actor.first <= place + 3 and actor.case == "bare"]
    return any(0 <= act.first - actor.last <= 4 and act.tense != "noun" for actor in near for act in acts)


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
    items = [item for item in items if not _carries(item, acts)]
    for clause in find_clauses(scene, acts, actors):
        here = [act for act in acts if clause[0] <= act.first < clause[1]]
        inside = [item for item in items if clause[0] <= item.first < clause[1]]
        ruled: dict[Act | None, list[Item]] = {}
        for item in inside:
            ruled.setdefault(_later_deal(item, here, inside) or _ruler(scene, item, here), []).append(item)
        deals += _bounded(scene, ruled, here, clause)
    return deals


def _carries(item: Item, acts: Sequence[Act]) -> bool:
    """Answer whether a ship or aircraft only brings the goods: "a vessel carrying 69 missiles"."""
    return item.category in {"ships", "aircraft"} and any(
        act.name == "carry" and act.first == item.last and act.tense in {"gerund", "prog"} for act in acts
    )


def _later_deal(item: Item, acts: Sequence[Act], items: Sequence[Item]) -> Act | None:
    """Give the deal named between the goods of an earlier noun and an item: "arms sales to X, a deal for tanks"."""
    before = [act for act in acts if act.last <= item.first and act.name in CORE | {"deal"}]
    if len(before) < 2 or before[-1].name != "deal":
        return None
    if before[-2].name == "other":
        return before[-1]
    if before[-2].tense != "noun":
        return None
    return (
        before[-1]
        if any(other.last <= before[-2].first or before[-2].last <= other.first < before[-1].first for other in items)
        else None
    )


def _ruler(scene: Scene, item: Item, acts: Sequence[Act]) -> Act | None:
    """Choose the act of an item: a noun it is part of, the noun behind it, else the nearest before or after."""
    own = next((act for act in acts if act.name == "aid" and act.first < item.last and act.last > item.first), None)
    before = [act for act in acts if act.last <= item.first and act.name in CORE and act is not own]
    return (
        _covering(item, acts)
        or _noun_behind(scene, item, acts)
        or (None if before and before[-1].name in SUPPLY and item.first - before[-1].last <= 7 else own)
        or _verb_before(before, acts, item)
        or _agreed_before(acts, item)
        or _act_behind(scene, item, acts)
        or next((act for act in reversed(acts) if act.last <= item.first), None)
        or next((act for act in reversed(acts) if act.first >= item.last), None)
    )


def _act_behind(scene: Scene, item: Item, acts: Sequence[Act]) -> Act | None:
    """Give the act that follows an item; "bought from Spain", "promised by" only tell which goods then went."""
    last = _next_paper(item, acts)
    behind = [act for act in acts if item.last <= act.first < last]
    behind = [act for act in behind if act.name in CORE and _may_follow(scene, act, item)]
    if len(behind) > 1 and behind[0].name in {"buy", "aid"} and _goes_off(behind[1]):
        return behind[1]
    return behind[0] if behind else None


def _goes_off(act: Act) -> bool:
    """Answer whether goods are told to go: "were handed over", "have arrived"."""
    return (act.name == "move" and act.passive) or (act.name == "arrive" and act.tense in {"past", "pres"})


def _next_paper(item: Item, acts: Sequence[Act]) -> int:
    """Give where another contract begins behind an item of the first: "a deal for 212 guns, along with one for"."""
    papers = [act.first for act in acts if act.name == "deal"]
    after = [first for first in papers if first >= item.last]
    followed = after and any(first < item.first for first in papers)
    return after[0] if followed else max((act.last for act in acts), default=0)


def _agreed_before(acts: Sequence[Act], item: Item) -> Act | None:
    """Give the deal before an item where only what is done with the goods follows: "a deal for boats operated by"."""
    after = next((act for act in acts if act.first >= item.last and act.name in CORE), None)
    if after is None or after.name != "other":
        return None
    return next((act for act in reversed(acts) if act.last <= item.first and act.name in {"deal", "sign"}), None)


def _may_follow(scene: Scene, act: Act, item: Item) -> bool:
    """Answer whether an act behind an item can rule it: an active verb only where "that" or a subject is between."""
    active = act.name in SUPPLY | {"buy", "get"} and act.tense not in {"noun", "any"} and not act.passive
    if not active or scene.language in {"tr", "ru", "uk", "de", "ar"}:
        return True
    between = range(item.last, act.first)
    related = any(scene.has(place, "who") for place in between)
    return related or any(scene.text[scene.words[place].start].isupper() for place in between)


def _covering(item: Item, acts: Sequence[Act]) -> Act | None:
    """Give the longer phrase an item is part of: "main arms supplier"."""
    wider = (act for act in acts if act.first <= item.first and act.last >= item.last)
    return next((act for act in wider if act.last - act.first > item.last - item.first), None)


def _noun_behind(scene: Scene, item: Item, acts: Sequence[Act]) -> Act | None:
    """Give the noun an item stands before: "missile sale", "arms embargo"."""
    for act in acts:
        gap = scene.gap(item.last - 1, act.first) if act.first >= item.last else "."
        if act.tense in {"noun", "any"} and act.name in BEHIND and BETWEEN.fullmatch(gap):
            return act
    return None


def _verb_before(before: Sequence[Act], acts: Sequence[Act], item: Item) -> Act | None:
    """Give the nearest act before an item, or the verb of that noun: "delivered its first shipment of"."""
    if not before:
        return None
    passive = any(act.passive and act.first >= item.last for act in acts)
    if passive and before[-1].name in {"other", "general"}:
        return None
    chosen = len(before) - 1
    while chosen > 0 and before[chosen].tense == "noun" and _is_object(before[chosen - 1], before[chosen]):
        chosen -= 1
    return before[chosen]


def _is_object(verb: Act, noun: Act) -> bool:
    """Answer whether a noun is what a verb does: "delivered its first shipment of"."""
    if verb.name == noun.name == "aid" and verb.tense == "noun":
        return True
    finite = verb.tense in {"past", "pres", "prog", "future", "plan", "agreed"}
    return verb.name in SUPPLY | RECEIVE and finite and noun.first - verb.last <= 5


def _bounded(
    scene: Scene, ruled: dict[Act | None, list[Item]], acts: Sequence[Act], clause: tuple[int, int]
) -> list[Deal]:
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
        own = tuple(act for act in acts if first <= act.first < last or act is core or _binds(act, core, acts, clause))
        own = _without_trailing(scene, core, items, own)
        items = _objects(scene, core, items)  # noqa: PLW2901
        deals.append(Deal(core, tuple(items), own, min(first, items[0].first), last, clause))
        first = last
    return deals


def _binds(paper: Act, core: Act | None, acts: Sequence[Act], clause: tuple[int, int]) -> bool:
    """Answer whether a contract named before goods of its own binds to a deed: "signed an arms deal to buy jets"."""
    if core is None or core.tense not in {"plan", "future"} or paper.name not in {"sign", "deal"}:
        return False
    between = (act for act in acts if paper.last <= act.first < core.first)
    return clause[0] <= paper.first < core.first and all(act.name in {"sign", "deal"} for act in between)


def _without_trailing(scene: Scene, core: Act | None, items: Sequence[Item], acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Leave out what is said after verb and object: "took delivery of a frigate and asked for a fifth"."""
    if core is not None and core.tense == "noun":
        last = max(items[-1].last, core.last)
        return tuple(
            act for act in acts if act.first < last or act.name not in ELSEWHERE or scene.has(act.first - 1, "be")
        )
    if core is None or core.last > items[0].first or core.tense == "any":
        return acts
    return tuple(
        act for act in acts if act.first < items[-1].last or act.name not in TRAILING or scene.has(act.first - 1, "be")
    )


def _objects(scene: Scene, core: Act | None, items: list[Item]) -> list[Item]:
    """Leave out the item that acts itself: "a British frigate has seized components"."""
    behind = [item for item in items if core is not None and item.first >= core.last]
    active = core is not None and not core.passive and core.tense != "noun" and core.name not in {"arrive", "general"}
    if behind and active:
        return behind
    return _described(scene, core, items) if core is not None and active else items


def _described(scene: Scene, core: Act, items: list[Item]) -> list[Item]:
    """Leave out what only replaces the goods of a relative clause: "vehicles replace the tanks that X gave"."""
    last = items[-1]
    if last.last > core.first or not scene.has(last.last, "who"):
        return items
    return [
        item
        for item in items
        if not any(scene.has(place, "instead") or scene.has(place, "modal") for place in range(item.last, last.first))
    ]


def _by_items(ruled: tuple[Act | None, list[Item]]) -> int:
    return ruled[1][0].first
