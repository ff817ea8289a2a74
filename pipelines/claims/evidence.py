"""Is what the rules put together a claim at all, and how sure is it."""

from pipelines.claims.entries import PRODUCERS, weapon_rows
from pipelines.claims.parties import View
from pipelines.claims.weapons import Item
from pipelines.items import ClaimDraft

ALLIANCES = frozenset({"nato", "otan", "нато", "un", "onu", "оон", "united nations", "security council"})
FIRM = frozenset({"delivered", "delivering", "donated", "approved", "contracted", "suspended", "denied", "offered"})


def is_claim(view: View, claim: ClaimDraft, item: Item) -> bool:
    """Answer whether the labelling rules count this as a claim."""
    if {_plain(claim.supplier), _plain(claim.recipient)} & ALLIANCES:
        return False
    if claim.status == "seized":
        return _is_cross_border(view, claim) and not _seizes_itself(view, item)
    if (claim.supplier is None and claim.recipient is None) or _is_elsewhere(view, item):
        return False
    if _is_own_move(view, claim, item) or _is_statistic(view, claim):
        return False
    if claim.recipient is None:
        return _stands_alone(view, claim, item)
    return claim.supplier is not None or _is_bought_abroad(view, claim, item)


def _is_elsewhere(view: View, item: Item) -> bool:
    """Leave out airlines' aircraft, and bombers that land for an exercise."""
    scene, core = view.scene, view.deal.core
    if item.category == "aircraft" and any(scene.has(place, "airline") for place in range(len(scene.words))):
        return True
    return core is not None and core.name == "arrive" and any(act.name == "other" for act in view.deal.acts)


def _plain(name: str | None) -> str:
    return (name or "").replace(".", "").lower()


def _is_cross_border(view: View, claim: ClaimDraft) -> bool:
    """Answer whether what was found came over a border: both sides are told, or it was at sea."""
    if claim.supplier and claim.recipient:
        return True
    scene = view.scene
    return any(scene.has(place, "hull") for place in range(len(scene.words)))


def _seizes_itself(view: View, item: Item) -> bool:
    """Leave out the weapon that does the seizing: "Super Tucano intercepts plane"."""
    core = view.deal.core
    if core is None or core.name != "seize" or not item.last <= core.first <= item.last + 1:
        return False
    return view.scene.words[core.first].text.endswith("s")  # "intercepts"; a participle tells what was seized


def _is_own_move(view: View, claim: ClaimDraft, item: Item) -> bool:
    """Leave out own forces sent somewhere: ships, carriers and bombers that go themselves."""
    core = view.deal.core
    if core is None or core.name not in {"give", "move"}:
        return False
    scene, deal = view.scene, view.deal
    goods = {place for each in deal.items for place in range(each.first, each.last)}  # "matériels militaires"
    if any(scene.has(place, "own") for place in range(deal.first, deal.last) if place not in goods) and not any(
        act.name == "aid" for act in view.deal.acts
    ):
        return True
    return (
        core.name == "give"
        and item.category == "ships"
        and claim.status in {"delivered", "delivering", "donated"}
        and item.number is None
    )


def _is_statistic(view: View, claim: ClaimDraft) -> bool:
    """Leave out totals of one state's trade."""
    scene = view.scene
    lone = claim.supplier is None or claim.recipient is None
    return lone and any(scene.has(place, "stat") for place in range(view.deal.clause[0], view.deal.clause[1]))


def _stands_alone(view: View, claim: ClaimDraft, item: Item) -> bool:
    """Let a supplier without a recipient stand where the act itself reaches abroad."""
    core = view.deal.core
    if core is None or claim.status not in FIRM or core.tense == "noun":
        return core is not None and core.name == "aid" and claim.status == "donated"
    named = [actor for actor in view.actors if actor.code == claim.supplier]
    if core.passive and core.first >= item.last and not view.scene.has(core.first - 1, "be"):
        return False  # "fired missiles supplied by Iran" tells whose they are, no deed
    if any(actor.kind == "company" for actor in named):
        return False
    if core.name in {"aid", "give"}:
        return not item.generic or core.name == "aid"
    return core.name in {"sell", "move"} and not item.generic and claim.value_min is None


def _is_bought_abroad(view: View, claim: ClaimDraft, item: Item) -> bool:
    """Let a buyer without a seller stand where the item is foreign to it."""
    core = view.deal.core
    if core is None or any(
        actor.code == claim.recipient and actor.kind in {"company", "agency"} for actor in view.actors
    ):
        return False
    if core.name in {"move", "give"} and core.tense == "plan":
        return False  # "to send Kyiv tanks", by nobody that is named
    given = core.name in {"move", "carry", "give", "aid", "sell"} and _is_given(view, claim)
    if given and (claim.recipient not in PRODUCERS or core.name != "move" or item.generic):
        return True  # "the plant delivered the navy a cutter" is no news from abroad where cutters are made
    if item.designation:
        origins = weapon_rows()[item.designation]["country_of_origin_iso3"].split("|")
        return claim.recipient not in origins
    if item.generic:
        return core.name == "aid"
    return claim.recipient not in PRODUCERS and core.name in {"buy", "get", "sign", "deal"}


def _is_given(view: View, claim: ClaimDraft) -> bool:
    """Answer whether the words themselves say to whom."""
    return any(
        actor.code == claim.recipient and actor.case in {"to", "at", "bare"} and not actor.adjective
        for actor in view.actors
    )
