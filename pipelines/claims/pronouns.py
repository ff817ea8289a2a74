"""Whom "it", "they" and "the kingdom" mean: the party named last before."""

from collections.abc import Sequence

from pipelines.claims.mentions import Actor
from pipelines.claims.scene import Scene


def with_pronouns(scene: Scene, actors: list[Actor], antecedent: str | None) -> list[Actor]:
    """Add "it", "they" and "the kingdom" as the party named last before."""
    added: list[Actor] = []
    for place in sorted(scene.cues):
        is_noun = scene.has(place, "country") and not scene.has(place - 1, "country")
        if not (scene.has(place, "pron") or is_noun) or any(actor.first <= place < actor.last for actor in actors):
            continue
        before = [
            actor
            for actor in actors
            if actor.last <= place and actor.case in {"bare", "of", "to"} and len(actor.code) == 3
        ]
        if not is_noun and _is_object(scene, place, before):
            before = []
        code = _antecedent(before, antecedent, is_noun=is_noun)
        if code is not None:
            added.append(Actor(code, place, place + 1, "bare", "pronoun", pronoun=True, group=1000 + place))
    return sorted([*actors, *added], key=_place)


def _is_object(scene: Scene, place: int, before: Sequence[Actor]) -> bool:
    """Answer whether "it" stands right behind a verb, whose subject it cannot be: "Turkey supplied it with"."""
    last = scene.cues.get(place - 1, frozenset())
    said = last & {"said", "announced", "clause", "who", "aux"} or scene.words[place - 1].text in {"that", "and", "if"}
    return place > 0 and not said and any(place - actor.last <= 5 for actor in before)


def _antecedent(before: Sequence[Actor], antecedent: str | None, *, is_noun: bool) -> str | None:
    bare = [actor for actor in before if actor.case == "bare"] or (list(before) if is_noun else [])
    return bare[-1].code if bare else antecedent


def _place(actor: Actor) -> int:
    return actor.first
