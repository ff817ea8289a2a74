"""When an act happens: the tense its own form and the words before it give."""

from collections.abc import Sequence

from pipelines.claims.mentions import Actor
from pipelines.claims.scene import Scene

MODALS = frozenset({"would", "could", "may", "might", "should"})
FINITE = frozenset({"past", "pres", "habit", "prog", "future", "cond", "plan", "agreed"})
FURTHEST = 9  # words from "accuses" to what it tells
REACH = 4  # words before an act that can bear on its tense


def find_tense(scene: Scene, place: int, form: str, actors: Sequence[Actor]) -> tuple[str, bool]:
    """Give the tense of the act at a word, and whether a form of "be" makes it passive."""
    before = [scene.cues.get(each, frozenset()) for each in range(max(0, place - REACH), place)]
    passive = any("be" in kinds for kinds in before[-2:]) or (
        len(before) > 2 and "be" in before[-3] and ("not" in before[-2] or scene.words[place - 1].text.endswith("ly"))
    )
    passive = passive and form == "past"
    if form in {"plan", "pres", "prog"} and any("future" in kinds for kinds in before):
        return "future", False
    if passive and any("future" in kinds for kinds in before):
        return "future", True
    if form == "plan" and _is_accused(scene, place):
        return "gerund", False
    if form == "plan" and any("agreed" in kinds for kinds in before):
        return "agreed", False
    if scene.language == "en":
        words = [word.text for word in scene.words[max(0, place - REACH) : place]]
        return (_passive(words) if passive else _active(scene, place, form, words, actors)), passive
    return form, passive


def _is_accused(scene: Scene, place: int) -> bool:
    """Answer whether an infinitive tells what somebody is said to do: "acusa a China de suministrar"."""
    bound = place > 0 and scene.words[place - 1].text in {"de", "d"}
    return bound and any(scene.has(each, "accuse") for each in range(max(0, place - FURTHEST), place))


def _passive(words: Sequence[str]) -> str:
    """Read "being built", "to be delivered", "could be sold"."""
    if "being" in words:
        return "prog"
    if "to" in words[-2:]:
        return "plan"
    return "cond" if MODALS & set(words) else "past"


def _active(scene: Scene, place: int, form: str, words: Sequence[str], actors: Sequence[Actor]) -> str:
    if form == "plan":
        return _bare_form(scene, place, words, actors)
    weighed = any(scene.has(each, "maybe") for each in range(max(0, place - 2), place))
    if form == "prog" and weighed:
        return "plan"
    if form == "prog" and not any(scene.has(each, "progress") for each in range(max(0, place - REACH), place)):
        return "gerund"
    return form


def _is_told(scene: Scene, place: int) -> bool:
    """Answer whether "would" is the "will" of reported words: "said Denmark would deliver"."""
    return any(kinds & {"said", "announced"} for at, kinds in scene.cues.items() if place - 12 <= at < place)


def _bare_form(scene: Scene, place: int, words: Sequence[str], actors: Sequence[Actor]) -> str:
    """Read "Poland to send", "plans to send", "would send", "did not send", "they send"."""
    if words[-2:] == ["yet", "to"]:
        return "past"
    if words[-1:] == ["to"]:
        named = any(actor.last == place - 1 for actor in actors)
        return "future" if named or words[-2:-1] in (["is"], ["are"], ["set"], ["going"]) else "plan"
    if MODALS & set(words):
        return "future" if "would" in words and _is_told(scene, place) else "cond"
    if {"did", "didn"} & set(words):
        return "past"
    if any(actor.last == place and actor.case == "bare" for actor in actors) and words[-2:-1] == ["and"]:
        return "pres"  # "India and France sign"
    verbal = any(scene.has(each, "verbal") for each in range(max(0, place - REACH), place))
    return "plan" if verbal else "pres"
