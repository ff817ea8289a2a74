"""Sides a deed leaves open: filled from the deed before, or with the only other state of the sentence."""

from pipelines.claims.cases import INFLECTED
from pipelines.claims.mentions import Actor
from pipelines.claims.parties import View, bound_from
from pipelines.claims.sides import Sides
from pipelines.claims.subjects import reacts


def with_target(view: View, sides: Sides, target: str | None) -> Sides:
    """Fill in whom goods go to from the deed told before: "X sent Y drones, while Z promised helicopters"."""
    core = view.deal.core
    gives = (
        core is not None
        and core.name in {"move", "give", "aid"}
        and (core.tense not in {"noun", "gerund"} or _is_done(view))
        and not core.passive
    )
    if not gives or sides.recipients != (None,) or target is None or target in sides.suppliers:
        return sides
    return Sides(sides.suppliers, (target,), f"{sides.rule}, as before")


def _is_done(view: View) -> bool:
    """Answer whether a noun tells a deed: "completed the transfer of its 24 aircraft"."""
    return any(view.scene.has(place, "done") for place in range(view.deal.first, view.deal.last))


def with_only_other(view: View, sides: Sides) -> Sides:
    """Fill an open side with the only other state of the sentence, where nothing binds it elsewhere."""
    core = view.deal.core
    if core is None or core.name in {"carry", "other"} or core.tense == "gerund":
        return sides
    known = {*sides.suppliers, *sides.recipients} - {None}
    first, last = view.deal.clause
    others = [
        each
        for each in view.actors
        if first <= each.first < last and each.code not in known and len(each.code) == 3 and not _is_aside(view, each)
    ]
    if len({each.code for each in others}) != 1 or not known:
        return sides
    if sides.suppliers == (None,):
        return Sides((others[0].code,), sides.recipients, f"{sides.rule}, only other")
    told = core.tense == "noun" and core.name in {"move", "give"}
    sent = told and (bool(bound_from(view)) or all(each.case == "bare" and each.last <= core.first for each in others))
    owned = sent or all(each.owner and each.first >= core.last and not _speaks(view, each) for each in others)
    topic = all(each.first == 0 and view.scene.gap(each.last - 1, each.last).strip() == ":" for each in others)
    if sides.recipients == (None,) and (owned or topic) and core.name in {"move", "give", "aid", "sell"}:
        return Sides(sides.suppliers, (others[0].code,), f"{sides.rule}, only other")
    return sides


def _speaks(view: View, actor: Actor) -> bool:
    """Answer whether a party only tells of it: "shells, South Korea's military said"."""
    return any(view.scene.has(place, "said") for place in range(actor.last, min(actor.last + 4, len(view.scene.words))))


def _heads(view: View, actor: Actor) -> bool:
    """Answer whether an office only heads what it says: "МИД РФ: поставки оружия Киеву затягивают конфликт"."""
    office = actor.organ or actor.kind in {"leader", "agency", "metonym"}
    return office and actor.first <= 1 and view.scene.gap(actor.last - 1, actor.last).strip() == ":"


def _is_place(view: View, actor: Actor) -> bool:
    """Answer whether a party only says where: "in Poland", "В Кремле прокомментировали"."""
    return actor.case == "in" and (actor.kind == "name" or view.scene.language in INFLECTED)


def _is_beside(view: View, actor: Actor) -> bool:
    """Answer whether an adjective belongs to goods or a deed: not "from Russian aggression"."""
    spans = [(item.first, item.last) for item in view.deal.items] + [(act.first, act.last) for act in view.deal.acts]
    return any(-2 <= first - actor.last <= 2 or 0 <= actor.first - last <= 1 for first, last in spans)


def _is_aside(view: View, actor: Actor) -> bool:
    """Leave out whoever only reports, seizes or is a place or a mark of origin."""
    core = view.deal.core
    near = range(max(0, actor.first - 2), min(actor.last + 3, len(view.scene.words)))
    if (
        any(view.scene.has(place, "press") or view.scene.has(place, "backed") for place in near)
        or actor.case == "source"
    ):
        return True
    if any(view.scene.has(place, "friend") for place in range(actor.first - 4, actor.first)) or _is_place(view, actor):
        return True
    described = actor.kind == "demonym" or (actor.adjective and not actor.owner and actor.case == "bare")
    if described and not actor.organ and not _is_beside(view, actor):
        return True
    if core is not None and (_heads(view, actor) or reacts(view.scene, actor, core)):
        return True
    if actor.pronoun or (actor.case in {"from", "to", "by", "with"} and not view.within(actor)):
        return True
    reach = 8 if actor.organ or actor.kind in {"leader", "metonym"} else 4  # "the Royal Navy on Thursday said it had"
    seizes = any(act.name == "seize" and 0 <= act.first - actor.last <= reach for act in view.deal.acts)
    return seizes or actor.made or actor.case == "none"
