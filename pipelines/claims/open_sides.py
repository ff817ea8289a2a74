"""Sides a deed leaves open: filled from the deed before, or with the only other state of the sentence."""

from pipelines.claims.mentions import Actor
from pipelines.claims.parties import View
from pipelines.claims.roles import Sides


def with_target(view: View, sides: Sides, target: str | None) -> Sides:
    """Fill in whom goods go to from the deed told before: "X sent Y drones, while Z promised helicopters"."""
    core = view.deal.core
    gives = (
        core is not None
        and core.name in {"move", "give", "aid"}
        and core.tense not in {"noun", "gerund"}
        and not core.passive
    )
    if not gives or sides.recipients != (None,) or target is None or target in sides.suppliers:
        return sides
    return Sides(sides.suppliers, (target,), f"{sides.rule}, as before")


def with_only_other(view: View, sides: Sides) -> Sides:
    """Fill an open side with the only other state of the sentence, where nothing binds it elsewhere."""
    core = view.deal.core
    if core is None or core.name in {"carry", "other"} or core.tense == "gerund":
        return sides
    known = {*sides.suppliers, *sides.recipients} - {None}
    others = [
        each for each in view.actors if each.code not in known and len(each.code) == 3 and not _is_aside(view, each)
    ]
    if len({each.code for each in others}) != 1 or not known:
        return sides
    if sides.suppliers == (None,):
        return Sides((others[0].code,), sides.recipients, f"{sides.rule}, only other")
    owned = all(each.owner for each in others) and others[0].first >= core.last
    if sides.recipients == (None,) and owned and core.name in {"move", "give", "aid", "sell"}:
        return Sides(sides.suppliers, (others[0].code,), f"{sides.rule}, only other")
    return sides


def _is_aside(view: View, actor: Actor) -> bool:
    """Leave out whoever only reports, seizes or is a place or a mark of origin."""
    near = range(max(0, actor.first - 2), min(actor.last + 3, len(view.scene.words)))
    if (
        any(view.scene.has(place, "press") or view.scene.has(place, "backed") for place in near)
        or actor.case == "source"
    ):
        return True
    if actor.pronoun or (actor.case in {"from", "to", "by", "with"} and not view.within(actor)):
        return True
    seizes = any(act.name == "seize" and 0 <= act.first - actor.last <= 4 for act in view.deal.acts)
    return seizes or actor.made or actor.case == "none" or (actor.case == "in" and actor.kind == "name")
