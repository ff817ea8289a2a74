"""The stage of a deal: the first rule of the labelling order that its words meet."""

from collections.abc import Iterable

from pipelines.claims.acts import Act
from pipelines.claims.deals import Deal
from pipelines.claims.scene import Scene

# What one act says of the stage, by its tense; what is missing says nothing by itself.
EVENTS: dict[tuple[str, str], str] = {
    ("move", "past"): "delivered",
    ("move", "pres"): "delivered",
    ("move", "habit"): "delivering",
    ("move", "prog"): "delivering",
    ("move", "gerund"): "delivered",
    ("move", "future"): "contracted",
    ("move", "plan"): "contracted",
    ("carry", "past"): "delivered",
    ("carry", "pres"): "delivering",
    ("carry", "prog"): "delivering",
    ("give", "past"): "delivered",
    ("give", "pres"): "delivering",
    ("give", "prog"): "delivering",
    ("give", "gerund"): "delivered",
    ("give", "future"): "donated",
    ("give", "plan"): "donated",
    ("give", "cond"): "donated",
    ("sell", "past"): "contracted",
    ("sell", "pres"): "contracted",
    ("sell", "prog"): "contracted",
    ("sell", "future"): "approved",
    ("sell", "plan"): "offered",
    ("sell", "cond"): "offered",
    ("buy", "past"): "contracted",
    ("buy", "pres"): "contracted",
    ("buy", "prog"): "contracted",
    ("buy", "future"): "contracted",
    ("buy", "plan"): "contracted",
    ("buy", "cond"): "contracted",
    ("buy", "gerund"): "contracted",
    ("buy", "noun"): "contracted",
    ("get", "past"): "delivered",
    ("get", "pres"): "delivered",
    ("get", "prog"): "delivering",
    ("get", "future"): "contracted",
    ("get", "plan"): "contracted",
    ("get", "cond"): "contracted",
    ("get", "noun"): "delivered",
    ("get", "gerund"): "delivered",
    ("arrive", "past"): "delivered",
    ("arrive", "pres"): "delivered",
    ("arrive", "future"): "contracted",
    ("lease", "past"): "contracted",
    ("lease", "plan"): "contracted",
    ("equip", "pres"): "general",
    ("move", "cond"): "general",
}
PLANNED = frozenset({"future", "plan", "cond"})
RECIPIENTS_OF_GIFTS = frozenset({"UKR"})  # what states send there since 2022 is aid unless a sale is named
SALE = frozenset({"sell", "buy", "deal", "sign"})


def find_status(scene: Scene, deal: Deal, recipients: Iterable[str | None], rule: str) -> str:
    """Give the stage of a deal in the words of the labelling rules: the first that holds."""
    names = {act.name for act in deal.acts}
    stopped = _stopped(scene, deal, names)
    event = _event(scene, deal, recipients)
    planned_under_deal = bool({"deal", "sign"} & names) and deal.core is not None and deal.core.tense == "gerund"
    stages = (
        ("seized", "seize" in names),
        (stopped, stopped is not None),
        ("rumoured", any("rumour" in kinds for kinds in scene.cues.values())),
        ("requested", rule == "asked"),
        ("general", _is_case(scene, deal, names)),
        ("licensed_production", "license" in names),
        (event, event in {"delivered", "delivering"} and not planned_under_deal),
        ("donated", event == "donated" or bool({"aid", "gratis"} & names)),
    )
    return next((stage for stage, holds in stages if holds and stage), None) or _agreed(names, deal.core, event)


def _is_case(scene: Scene, deal: Deal, names: set[str]) -> bool:
    """Answer whether the deed is only a case: "if X sells", "rules on sending"."""
    core = deal.core
    if core is None or _stops(names):
        return False
    if core.tense == "gerund" and ("request" in names or is_supposed(scene, deal)):
        return True
    conditional = any(scene.has(place, "condition") for place in range(max(deal.clause[0], core.first - 4), core.first))
    return conditional and core.tense in {"pres", "past"}


def is_supposed(scene: Scene, deal: Deal) -> bool:
    """Answer whether a deed is only weighed: "delivering tanks would change nothing"."""
    core = deal.core
    if core is None or core.tense not in {"gerund", "noun"} or deal.last <= deal.items[-1].last:
        return False
    return any(
        scene.has(place, "modal") for place in range(deal.items[-1].last, min(deal.items[-1].last + 6, deal.last))
    )


def _stops(names: set[str]) -> bool:
    return bool(names & {"suspend", "deny", "cancel"})


def _agreed(names: set[str], core: Act | None, event: str | None) -> str:
    """Choose among the stages before production and delivery: the first that holds."""
    firm = core is not None and core.tense not in {"noun", "any"}
    selling = core is not None and core.name == "sell" and core.tense in PLANNED | {"gerund"}
    bought = firm and core is not None and core.name in {"buy", "get"} and core.tense not in PLANNED
    planned = core is not None and core.tense in PLANNED
    ordered = event == "contracted" and (
        (firm and not (planned and "approve" in names)) or not names & {"approve", "offer"}
    )
    stages = (
        ("in_production", "build" in names),
        ("approved", selling and "approve" in names),
        ("requested", "request" in names and not (bought and event == "contracted")),
        ("negotiating", "negotiate" in names),
        ("contracted", "sign" in names or ordered),
        ("approved", "approve" in names),
        ("offered", "offer" in names or event == "offered"),
        ("contracted", "deal" in names and core is not None and core.name != "general"),
        ("approved", event == "approved"),
    )
    return next((stage for stage, holds in stages if holds), "general")


def _stopped(scene: Scene, deal: Deal, names: set[str]) -> str | None:
    """Tell what was ended, paused or refused from what was freed again."""
    freed = "lift" in names and (
        "suspend" in names or any(scene.has(place, "lift") for place in range(deal.first, deal.last))
    )
    if freed:
        return "general"
    for name, status in (("cancel", "cancelled"), ("suspend", "suspended"), ("deny", "denied")):
        if name in names:
            return status
    return None


def _event(scene: Scene, deal: Deal, recipients: Iterable[str | None]) -> str | None:
    """Give what the ruling act alone says."""
    core = deal.core
    if core is None:
        return None
    names = {act.name for act in deal.acts}
    gift = bool(RECIPIENTS_OF_GIFTS & {code for code in recipients if code})
    moves = core.name in {"move", "give"}
    readings = (
        ("contracted", moves and core.tense in PLANNED and bool(names & SALE)),
        ("donated", moves and core.tense in PLANNED and gift),
        ("delivering", _is(core, "move", "noun") and "negotiate" not in names and _has(scene, deal, "start")),
        ("delivering", moves and core.tense in {"gerund", "past"} and _has(scene, deal, "lasting")),
        ("approved", _is(core, "sell", "noun") and _has(scene, deal, "announced")),
        ("donated", core.name == "give" and core.tense in {"prog", "gerund", "pres"} and gift),
    )
    return next((event for event, holds in readings if holds), EVENTS.get((core.name, core.tense)))


def _is(core: Act, name: str, tense: str) -> bool:
    return (core.name, core.tense) == (name, tense)


def _has(scene: Scene, deal: Deal, cue: str) -> bool:
    return any(scene.has(place, cue) for place in range(deal.first, deal.last))
