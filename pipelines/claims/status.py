"""The stage of a deal: the first rule of the labelling order that its words meet."""

from collections.abc import Iterable

from pipelines.claims.acts import Act
from pipelines.claims.deals import Deal
from pipelines.claims.scene import Scene
from pipelines.items import ClaimDraft

# What one act says of the stage, by its tense; what is missing says nothing by itself.
EVENTS: dict[tuple[str, str], str] = {
    ("move", "past"): "delivered",
    ("move", "pres"): "delivered",
    ("move", "habit"): "delivering",
    ("move", "prog"): "delivering",
    ("move", "gerund"): "delivering",
    ("move", "future"): "contracted",
    ("move", "plan"): "contracted",
    ("carry", "past"): "delivered",
    ("carry", "pres"): "delivering",
    ("carry", "prog"): "delivering",
    ("give", "past"): "delivered",
    ("give", "pres"): "delivering",
    ("give", "prog"): "delivering",
    ("give", "gerund"): "delivering",
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
    ("arrive", "prog"): "delivering",
    ("arrive", "future"): "contracted",
    ("arrive", "plan"): "contracted",
    ("move", "agreed"): "approved",
    ("sell", "agreed"): "approved",
    ("give", "agreed"): "donated",
    ("buy", "agreed"): "contracted",
    ("get", "agreed"): "contracted",
    ("lease", "agreed"): "contracted",
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
    names = {act.name for act in deal.acts if not goes_on(scene, act)}
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
        ("donated", event == "donated" or "gratis" in names or ("aid" in names and not _is_sold(deal))),
    )
    return next((stage for stage, holds in stages if holds and stage), None) or _agreed(names, deal.core, event)


def _is_sold(deal: Deal) -> bool:
    """Answer whether a package is one of sales: "a package of $110 billion in arms sales"."""
    nouns = [act for act in deal.acts if act.tense == "noun"]
    return {act.name for act in nouns} >= {"aid", "sell"} and not any(
        act.name == "aid" and act.tense != "noun" for act in deal.acts
    )


def is_total(scene: Scene, deal: Deal, claim: ClaimDraft) -> bool:
    """Answer whether a sum over years is a statistic, however worded: "exported $2 billion of arms since 2005"."""
    worth = claim.currency is not None and claim.quantity is None
    told = claim.status in {"delivered", "delivering", "contracted"} and not any(
        act.name == "sign" for act in deal.acts
    )
    return worth and told and _has(scene, deal, "total")


def goes_on(scene: Scene, act: Act) -> bool:
    """Answer whether a stop is denied: "has not suspended", "не прекращает"."""
    return act.name == "suspend" and any(scene.has(place, "not") for place in range(max(0, act.first - 2), act.first))


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
    known = {code for code in recipients if code}
    gift, moves = bool(RECIPIENTS_OF_GIFTS & known), core.name in {"move", "give"}
    readings = (
        ("delivering", moves and core.tense in PLANNED and _goes_on_with(scene, core)),
        ("contracted", moves and core.tense in PLANNED and bool(names & SALE)),
        ("contracted", core.name in {"sell", "buy"} and core.tense == "plan" and _is_of_paper(deal, core)),
        ("delivered", core.name in {"buy", "lease"} and core.tense == "past" and _has_gone(deal, core)),
        ("delivered", _is(core, "move", "noun") and _is_counted_delivery(scene, deal, core)),
        (
            "contracted",
            core.name == "give" and core.tense in PLANNED and not gift and bool(known) and "aid" not in names,
        ),
        ("donated", (moves or core.name == "arrive") and core.tense in PLANNED | {"agreed"} and gift),
        ("delivered", _is(core, "move", "gerund") and _has_arrived(deal)),
        ("delivered", _is(core, "move", "noun") and _has_arrived(deal)),
        ("delivering", _is(core, "move", "noun") and "negotiate" not in names and _has(scene, deal, "start")),
        ("delivering", moves and (core.passive or core.tense in {"gerund", "past"}) and _lasts(scene, deal, core)),
        ("delivering", _is(core, "move", "noun") and _goes_on_with(scene, core)),
        ("delivering", _is(core, "move", "noun") and any(goes_on(scene, act) for act in deal.acts)),
        ("contracted", _is(core, "move", "noun") and _has(scene, deal, "expected")),
        ("delivering", moves and core.tense in {"pres", "habit"} and _has(scene, deal, "now")),
        (
            "delivered",
            _is(core, "move", "noun") and (_has(scene, deal, "done") or _is_moved(deal)),
        ),
        ("approved", _is(core, "sell", "noun") and _has(scene, deal, "announced")),
        ("donated", _is(core, "move", "noun") and gift and _has(scene, deal, "announced")),
        ("donated", core.name == "get" and core.tense in PLANNED and gift and not names & SALE),
        ("donated", core.name == "give" and core.tense in {"prog", "gerund", "pres"} and gift),
        ("donated", moves and core.tense in {"noun", "gerund"} and gift and "approve" in names and not names & SALE),
    )
    return next((event for event, holds in readings if holds), EVENTS.get((core.name, core.tense)))


def _is_of_paper(deal: Deal, core: Act) -> bool:
    """Answer whether a deal is what binds to the deed: "deals to sell", "a contract to buy"."""
    return any(act.name == "deal" and 0 <= core.first - act.last <= 1 for act in deal.acts)


def _has_gone(deal: Deal, core: Act) -> bool:
    """Answer whether what was bought is told to have gone over: "bought in Italy and flown to", "leased, arrived"."""
    later = (act for act in deal.acts if act.first >= core.last and act.tense == "past")
    return any(act.name == "arrive" or (act.name == "move" and act.first != core.last) for act in later)


def _is_counted_delivery(scene: Scene, deal: Deal, core: Act) -> bool:
    """Answer whether so many are told to be delivered: "the delivery of the two helicopters"."""
    open_acts = {"negotiate", "approve", "deal", "sign", "request", "suspend", "deny", "cancel", "offer", "sell", "buy"}
    if open_acts & {act.name for act in deal.acts} or not scene.words[core.first].text.startswith("deliver"):
        return False
    weighed = any(scene.has(place, cue) for place in range(deal.first, deal.last) for cue in ("maybe", "expected"))
    return not weighed and any(item.number is not None for item in deal.items)


def _lasts(scene: Scene, deal: Deal, core: Act) -> bool:
    """Answer whether the deed itself, not what stands behind its goods, is told to last: "has long supplied"."""
    return any(scene.has(place, "lasting") for place in range(deal.first, max(core.last, deal.items[-1].last) + 4))


def _goes_on_with(scene: Scene, core: Act) -> bool:
    """Answer whether the deed is told to continue: "will continue to supply", "seguirá entregando"."""
    return any(scene.has(place, "on") for place in range(max(0, core.first - 3), core.first))


def _has_arrived(deal: Deal) -> bool:
    """Answer whether what brings the goods is there: "a ship arrived, delivering five tanks"."""
    return any(act.name == "arrive" and act.tense == "past" for act in deal.acts)


def _is_moved(deal: Deal) -> bool:
    """Answer whether a shipment is told to have gone: "a consignment of guns was flown to"."""
    return any(act.passive and act.name == "move" and act.tense == "past" for act in deal.acts)


def _is(core: Act, name: str, tense: str) -> bool:
    return (core.name, core.tense) == (name, tense)


def _has(scene: Scene, deal: Deal, cue: str) -> bool:
    return any(scene.has(place, cue) for place in range(deal.first, deal.last))
