"""How a passage stands to its statement: negated, historical, hypothetical, attributed or asserted."""

import re

from pipelines.claims.acts import Act
from pipelines.claims.deals import Deal
from pipelines.claims.mentions import Actor
from pipelines.claims.places import find_states
from pipelines.claims.scene import Scene
from pipelines.claims.status import goes_on, is_supposed
from pipelines.items import ClaimDraft

PLANNED = frozenset({"future", "plan", "cond"})
# Here a future is the decision itself: "will send" is a pledge, "will suspend" a suspension.
DECIDED = frozenset({"donated", "approved", "suspended", "denied", "cancelled", "delivering"})
ASKED = frozenset({"requested", "negotiating"})
TERMS_OF_ART = frozenset(
    {"possible", "potential", "proposed", "proposal", "posible", "potentielle", "возможную", "возможной"}
)
PLUPERFECT = frozenset({"had", "avait", "avaient", "habia", "habian", "hatte", "hatten", "havia"})
# "National Interest: ...": a headline that names whose story it tells
BYLINE = re.compile(
    r"(?!.*\b(?:live|update|news|video|watch|exclusive|breaking)\b[^:]*:)[A-ZА-ЯÀ-Ü][\w.’' -]{1,40}: (?=\S)"
)
QUOTED = re.compile(r"\s?[“”«\"„](?:[^”»\"]+\s){6,}")  # a sentence that opens with speech
HISTORY = 10  # years after which an event is background


def find_modality(scene: Scene, deal: Deal, claim: ClaimDraft, published: int | None) -> str:
    """Give the first kind of statement whose signs the deal's words show."""
    status, year, supplier = claim.status, claim.year, claim.supplier
    focus = _focus(deal, status)
    if status == "rumoured":
        return "attributed"
    if _is_negated(scene, deal, focus, status):
        return "negated"
    if (
        supplier == "SUN"
        or _is_history(scene, deal, focus)
        or (year is not None and published is not None and published - year >= HISTORY)
    ):
        return "historical"
    if _is_open(scene, deal, focus, status):
        return "hypothetical"
    return "attributed" if is_attributed(scene, deal) else "asserted"


def _focus(deal: Deal, status: str) -> Act | None:
    """Give the act the stage comes from."""
    wanted = {
        "suspended": "suspend",
        "denied": "deny",
        "cancelled": "cancel",
        "approved": "approve",
        "requested": "request",
        "negotiating": "negotiate",
        "offered": "offer",
        "seized": "seize",
    }.get(status)
    chosen = next((act for act in deal.acts if act.name == wanted), None)
    return chosen or deal.core


def _is_negated(scene: Scene, deal: Deal, focus: Act | None, status: str) -> bool:
    if focus is None or status in {"denied", "suspended", "cancelled", "seized"}:
        return False
    agreed = [act for act in deal.acts if act.name == "sign" and act.last <= focus.first]
    near = [place for act in (focus, *agreed) for place in range(_own_words(scene, deal, act), act.last)]
    kept = {place for act in deal.acts if goes_on(scene, act) for place in range(act.first - 2, act.first)}
    return any(scene.has(place, "not") for place in near if place not in kept)


def _own_words(scene: Scene, deal: Deal, act: Act) -> int:
    """Give where the words that deny an act may begin: four before it, behind the last comma."""
    first = max(deal.clause[0], act.first - 4)
    return next((place for place in range(act.first, first, -1) if "," in scene.gap(place - 1, place)), first)


def _is_history(scene: Scene, deal: Deal, focus: Act | None) -> bool:
    last = focus.last if focus else deal.last
    told = any(scene.has(place, "said") or scene.has(place, "announced") for place in range(deal.clause[0], last))
    return any(
        scene.has(place, "past") and (scene.words[place].text not in PLUPERFECT or (last - place <= 4 and not told))
        for place in range(deal.clause[0], last)
    )


def _is_open(scene: Scene, deal: Deal, focus: Act | None, status: str) -> bool:
    """Answer whether the deed is only planned, possible, wished or asked for."""
    core = deal.core
    if (core is not None and core.tense == "cond" and core is focus) or (core is focus and is_supposed(scene, deal)):
        return True
    if (
        core is not None
        and core.tense in PLANNED
        and status in {"contracted", "offered", "delivered", "licensed_production"}
    ):
        return not _is_settled(scene, deal, status)
    unsigned = any(act.name == "sign" and act.tense in PLANNED for act in deal.acts)
    if status == "contracted" and (unsigned or _is_expected(scene, deal)):
        return True
    last = focus.last if focus else deal.last
    if status in {"licensed_production", "in_production"} and any(
        scene.has(place, "future") for place in range(max(deal.clause[0], last - 6), last)
    ):
        return True
    for place in range(deal.clause[0] if status != "approved" else deal.first, last):
        if scene.has(place, "maybe") and not _is_harmless(scene, place, status, focus):
            return True
    decided = any(scene.has(place, "decided") for place in range(deal.clause[0], last))
    return any(act.name == "request" for act in deal.acts) and status not in ASKED and not decided


def _is_settled(scene: Scene, deal: Deal, status: str) -> bool:
    """Answer whether what is to be done was offered or agreed already: "offers to sell", "signed a deal to buy"."""
    names = {act.name for act in deal.acts}
    if status == "offered" and "offer" in names:
        return not _is_weighed(scene, deal)
    signed = [act.tense not in PLANNED for act in deal.acts if act.name == "sign"]
    return any(signed) or (not signed and "deal" in names)


def _is_weighed(scene: Scene, deal: Deal) -> bool:
    """Answer whether an offer is itself only planned or possible."""
    first = next(act.first for act in deal.acts if act.name == "offer")
    near = range(max(deal.clause[0], first - 4), first)
    return any(scene.has(place, cue) for place in near for cue in ("maybe", "future", "modal"))


def _is_expected(scene: Scene, deal: Deal) -> bool:
    """Answer whether a delivery is yet to come: "the delivery of a third submarine expected this month"."""
    moved = deal.core is not None and (deal.core.name, deal.core.tense) == ("move", "noun")
    return moved and any(scene.has(place, "expected") for place in range(deal.items[-1].last, deal.last))


def _is_harmless(scene: Scene, place: int, status: str, focus: Act | None) -> bool:
    """Leave out words that belong to a stage's own name: "possible sale", "asks", "announced plans to send"."""
    word = scene.words[place].text
    if word in TERMS_OF_ART and status in {"approved", "donated"}:
        return True
    if word in {"plans", "plan"} and any(scene.has(each, "announced") for each in range(max(0, place - 3), place)):
        return status == "donated"
    if focus is not None and focus.first <= place < focus.last:
        return True
    return status in ASKED | {"denied", "suspended"} and (
        scene.has(place, "maybe")
        and word in {"asks", "urges", "wants", "seeks", "seeking", "seek", "calls", "threat", "proposed"}
        and status in ASKED
    )


def is_attributed(scene: Scene, deal: Deal | None = None) -> bool:
    """Answer whether the sentence tells it as somebody's words; the act of announcing is the event itself."""
    last = _end_of_telling(scene, deal) if deal else len(scene.words)
    if any(kinds & {"said", "hearsay"} for place, kinds in scene.cues.items() if place < last):
        return True
    if QUOTED.match(scene.text):
        return True
    return _has_byline(scene.text) or scene.text.rstrip(".").endswith((": report", ": reports"))


def _has_byline(text: str) -> bool:
    """Answer whether a headline begins with whose words it gives, not with a topic ("Ukraine : Paris va") or place."""
    byline = BYLINE.match(text)
    return byline is not None and all(state.kind not in {"name", "capital"} for state in find_states(byline.group()))


def _end_of_telling(scene: Scene, deal: Deal) -> int:
    """Give where "as", "while" begin another matter behind the deed: "promises arms - as he says ..."."""
    rest = range(deal.clause[1], len(scene.words))
    return next((place for place in rest if scene.has(place, "beside")), len(scene.words))


def attributed_to(scene: Scene, actors: list[Actor]) -> str | None:
    """Give the party whose words they are, where it stands at the verb of saying."""
    for place, kinds in sorted(scene.cues.items()):
        if "said" in kinds:
            near = [actor for actor in actors if 0 <= place - actor.last <= 3 or 0 <= actor.first - place <= 2]
            return near[0].code if near else None
    return None
