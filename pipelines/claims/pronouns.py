"""Whom "it", "they" and "the kingdom" mean: the party named last before."""

from collections.abc import Sequence

from pipelines.claims.mentions import Actor
from pipelines.claims.scene import Scene

MANY = frozenset({"they", "ils", "elles", "ellos", "ellas", "они", "вони", "eles", "elas"})

KINGDOMS = frozenset({"kingdom", "reino", "royaume", "королевство", "королевства", "королевству"})
MONARCHIES = frozenset(
    ["SAU", "JOR", "MAR", "BHR", "GBR", "THA", "ESP", "NLD", "BEL", "DNK", "NOR", "SWE", "SWZ", "LSO", "TON", "KHM", "BTN", "MYS"]
)


def with_pronouns(scene: Scene, actors: list[Actor], antecedent: str | None, pair: Sequence[str]) -> list[Actor]:
    """Add "it", "they" and "the kingdom" as the party named last before, "both countries" as the pair named before."""
    added = _both(scene, pair)
    for place in sorted(scene.cues):
        is_noun = scene.has(place, "country") and not scene.has(place - 1, "country")
        if not (scene.has(place, "pron") or is_noun) or any(actor.first <= place < actor.last for actor in actors):
            continue
        before = [
            actor
            for actor in actors
            if actor.last <= place
            and actor.case in {"bare", "of", "to"}
            and len(actor.code) == 3
            and not actor.adjective
        ]
        if scene.words[place].text in KINGDOMS:
            before = [actor for actor in before if actor.code in MONARCHIES]
        if not is_noun and _is_accused(scene, place):
            before = [actor for actor in actors if actor.last <= place][-1:]
        elif not is_noun and _is_object(scene, place, before):
            before = []
        codes = _antecedents(before, antecedent, is_noun=is_noun, many=scene.words[place].text in MANY)
        added += [Actor(code, place, place + 1, "bare", "pronoun", pronoun=True, group=1000 + place) for code in codes]
    if scene.language in {"es", "pt"} and antecedent and not any(actor.case == "bare" for actor in [*actors, *added]):
        added.append(Actor(antecedent, 0, 0, "bare", "pronoun", pronoun=True, group=1000))  # the verb alone says it
    return sorted([*actors, *added], key=_place)


def _both(scene: Scene, pair: Sequence[str]) -> list[Actor]:
    """Give the two states "both countries" means, where the sentence before named two."""
    place = next((place for place in sorted(scene.cues) if scene.has(place, "both")), None)
    if place is None or len(pair) != 2:
        return []
    last = place + 1
    while scene.has(last, "both"):
        last += 1
    return [Actor(code, place, last, "bare", "pronoun", pronoun=True, group=1000 + place) for code in pair]


def _is_accused(scene: Scene, place: int) -> bool:
    """Answer whether the one meant is said to have done something: "accusing it of arming"."""
    return scene.has(place - 1, "said") and scene.has(place + 1, "of")


def _is_object(scene: Scene, place: int, before: Sequence[Actor]) -> bool:
    """Answer whether "it" stands right behind a verb, whose subject it cannot be: "Turkey supplied it with"."""
    last = scene.cues.get(place - 1, frozenset())
    said = last & {"said", "announced", "clause", "who", "aux"} or scene.words[place - 1].text in {"that", "and", "if"}
    return place > 0 and not said and any(place - actor.last <= 5 for actor in before)


def _antecedents(before: Sequence[Actor], antecedent: str | None, *, is_noun: bool, many: bool) -> list[str]:
    """Give the party named last, "they" all of its list."""
    bare = [actor for actor in before if actor.case == "bare"] or (list(before) if is_noun or len(before) == 1 else [])
    if not bare:
        return [antecedent] if antecedent else []
    return [actor.code for actor in bare if actor.group == bare[-1].group] if many else [bare[-1].code]


def _place(actor: Actor) -> int:
    return actor.first
