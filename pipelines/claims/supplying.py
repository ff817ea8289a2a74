"""Who supplies whom where the deed is one of giving: "X sends arms to Y", "arms sent by X", "X's sale of arms to Y"."""

from pipelines.claims.acts import Act
from pipelines.claims.mentions import Actor
from pipelines.claims.parties import (
    View,
    apart,
    bound_by,
    bound_from,
    bound_with,
    fed_by,
    group_of,
    object_of,
    origin_of,
    owner_of,
    toward,
)
from pipelines.claims.sides import Sides, by_design, codes, firm_of, is_talk, maker_of, permitting, sells_by_design
from pipelines.claims.status import RECIPIENTS_OF_GIFTS
from pipelines.claims.subjects import subject_of

WE = frozenset({"nous", "nosotros", "vamos", "hemos", "мы", "nós", "wir"})
OURS = {"fr": "ons", "es": "mos", "pt": "mos"}  # what verbs of "we" end in


def is_bought_by(view: View, core: Act) -> bool:
    """Answer whether "by" binds a buyer: "helicopters bought by Peru from Russia were handed over"."""
    buying = {act.last for act in view.deal.acts if act.name == "buy" and act.last <= core.first}
    return core.passive and any(
        actor.case == "by" and actor.first - last in {1, 2} for actor in view.actors for last in buying
    )


def is_bought_for(view: View, core: Act) -> bool:
    """Answer whether a gift pays for the purchase: "pledged $50 million to buy weapons for Kyiv"."""
    target = {actor.code for actor in toward(view)}
    buyers = {actor.code for actor in subject_of(view, core)}
    given = any(act.name == "aid" and act.last <= core.first for act in view.deal.acts)
    return bool(target) and (given or (target == RECIPIENTS_OF_GIFTS and bool(buyers - target)))


def read_supply(view: View, core: Act) -> Sides:
    """Read "X sends arms to Y", "arms sent by X", "X's sale of arms to Y", "Y asks X to send arms"."""
    rule = f"{core.name} {core.tense}"
    suppliers, recipients = _outer_sides(view, core)
    asked = _request_before(view, core)
    if asked is not None:
        target, asker = _asked(view, asked, core)
        suppliers = target or owner_of(view) or origin_of(view) or suppliers
        wanted = apart(asker, suppliers)
        theirs = {each.code for each in recipients} & {each.code for each in wanted}
        recipients = apart(recipients, suppliers)
        rule = "asked" if theirs or not recipients else rule
        recipients = recipients or wanted
    suppliers, recipients = _told_apart(view, core, suppliers, recipients)
    return Sides(codes(suppliers or maker_of(view, recipients)), codes(recipients), rule)


def _outer_sides(view: View, core: Act) -> tuple[list[Actor], list[Actor]]:
    """Give who sends, and whom "to", the verb's object or an order names."""
    thanked = _thanked(view)
    if thanked:
        return thanked, toward(view) or apart(subject_of(view, core), thanked)
    suppliers, ordering = _senders(view, core), _ordering(view)
    if ordering:
        return apart(suppliers, ordering) or subject_of(view, core), ordering
    return suppliers, toward(view) or object_of(view, core)


def _thanked(view: View) -> list[Actor]:
    """Give who is thanked for goods: "Zelenski agradece a Alemania la entrega", "поблагодарил Швецию за передачу"."""
    first = next((place for place in range(view.start) if view.scene.has(place, "thanks")), None)
    near = [actor for actor in view.actors if first is not None and first < actor.first <= first + 2]
    return group_of(view, near[0]) if near and near[0].last <= view.start else []


def _told_apart(
    view: View, core: Act, suppliers: list[Actor], recipients: list[Actor]
) -> tuple[list[Actor], list[Actor]]:
    """Fill in what only the place of a name, a contract of two or the design of the goods tells."""
    recipients = recipients or apart(_behind_goods(view, core) or _using(view, core), suppliers)
    if not recipients and is_talk(view):
        recipients = bound_with(view)
        if sells_by_design(view, recipients, suppliers):
            suppliers, recipients = recipients, suppliers
    if not suppliers and len({actor.code for actor in recipients}) == 2 and recipients == bound_with(view):
        recipients, suppliers = by_design(view, recipients)  # "a contract between Spain and Morocco for the sale of"
    suppliers = suppliers or ([] if core.passive else owner_of(view)) or firm_of(view, recipients)
    suppliers = suppliers or apart(_speaking(view, core), recipients)
    if not recipients and len({actor.code for actor in suppliers}) == 2 and is_talk(view):
        recipients, suppliers = by_design(view, suppliers)
    recipients = recipients or apart(_awaiting(view, core), suppliers)
    if len(suppliers) > 1 and is_talk(view):
        suppliers = apart(suppliers, recipients)
    if is_talk(view) and not apart(recipients, suppliers):
        # "Poland signed a deal with Seoul to deliver tanks to its army"
        suppliers = apart(bound_with(view), recipients) or suppliers
    return suppliers, apart(recipients, suppliers)


def _senders(view: View, core: Act) -> list[Actor]:
    """Give who sends, by the form of the act."""
    if core.passive:
        named = bound_by(view) or bound_from(view) or fed_by(view) or origin_of(view) or permitting(view)
        return named or _announcing(view)
    if core.tense == "noun":
        named = _allowing(view, core) or bound_by(view) or owner_of(view) or bound_from(view) or fed_by(view)
        return named or origin_of(view) or subject_of(view, core) or _signing(view)
    acting = subject_of(view, core) if core.name != "carry" else []
    return acting or bound_from(view) or fed_by(view) or origin_of(view)


def _allowing(view: View, core: Act) -> list[Actor]:
    """Give who lets goods go right before their noun: "that Berlin authorise the export of"."""
    acts = (act for act in view.deal.acts if act.name == "approve" and 0 <= core.first - act.last <= 2)
    allowed = next(acts, None)
    near = [actor for actor in view.actors if allowed and 0 <= allowed.first - actor.last <= 1 and actor.case == "bare"]
    return group_of(view, near[-1]) if near else []


def _signing(view: View) -> list[Actor]:
    """Give who signs, where the paper stands first: "Контракт на поставку Су-35 Россия и Индонезия заключили"."""
    signed = next((act for act in view.deal.acts if act.name == "sign" and act.first > view.start), None)
    return subject_of(view, signed) if signed else []


def _announcing(view: View) -> list[Actor]:
    """Give the government that announces what will be sent: "Sweden's premier announced that arms will be sent"."""
    scene = view.scene
    planned = view.deal.core is not None and view.deal.core.tense in {"plan", "future"}
    told = next(
        (
            place
            for place in range(view.start)
            if scene.has(place, "announced") or (planned and scene.has(place, "said"))
        ),
        None,
    )
    near = [actor for actor in view.actors if told and told - 6 <= actor.last <= told and actor.case == "bare"]
    return [actor for actor in near if actor.organ or not planned][-1:]


def _speaking(view: View, core: Act) -> list[Actor]:
    """Give whose words "we" are: "« Nous livrerons ... », a dit le ministre danois", "«Мы передадим ...»"."""
    scene = view.scene
    words = [word.text for word in scene.words[max(0, core.first - 3) : core.last]]
    ours = bool(WE & set(words)) or words[-1].endswith(OURS.get(scene.language, "-"))
    told = next((place for place in range(core.last, len(scene.words)) if scene.has(place, "said")), None)
    if not ours or told is None or core.tense == "noun":
        return []
    return [actor for actor in view.actors if told < actor.first <= told + 6 and actor.case in {"bare", "of"}][:1]


def _awaiting(view: View, core: Act) -> list[Actor]:
    """Give whom goods are for where no preposition says so: "поставки Индии", "... and Chile will have them"."""
    behind = [actor for actor in view.actors if actor.first >= core.last]
    bare = [actor for actor in behind if actor.case == "bare"]
    if any(act.name == "arrive" for act in view.deal.acts):
        return bare[:1]
    if core.passive and view.scene.language in {"ru", "uk"}:  # "Киргизии будут переданы": the form leaves it open
        return [actor for actor in view.actors if actor.case == "of" and 0 <= core.first - actor.last <= 3]
    if core.tense != "noun" and view.scene.language in {"ru", "uk"}:  # "передали армии Ливана": so may a genitive end
        return [actor for actor in behind if actor.organ and actor.case in {"of", "bare"} and view.within(actor)][:1]
    if core.tense != "noun":
        return []
    if view.scene.language in {"ru", "uk"}:
        return [actor for actor in behind if actor.case in {"of", "in"}][:1]
    return [actor for actor in bare if view.scene.has(actor.last, "future")][:1]


def _behind_goods(view: View, core: Act) -> list[Actor]:
    """Give whom goods are for where Russian lets only the place tell: "о поставке ракет Эстонии"."""
    if core.tense != "noun" or view.scene.language not in {"ru", "uk"}:
        return []
    last = view.deal.items[-1].last
    return [actor for actor in view.actors if actor.case == "of" and actor.first == last and core.first < last]


def _ordering(view: View) -> list[Actor]:
    """Give who ordered the goods: "la livraison du navire commandé par la Russie"."""
    last = view.deal.items[-1].last
    ends = {act.last for act in view.deal.acts if act.name == "buy" and act.tense == "past" and act.first == last}
    named = [actor for actor in view.actors if actor.case == "by" and any(0 < actor.first - end <= 2 for end in ends)]
    return group_of(view, named[0]) if named else []


def _using(view: View, core: Act) -> list[Actor]:
    """Give who uses what was supplied: "the rebels used drones supplied by Iran"."""
    first = view.deal.items[0].first
    used = next((place for place in range(first - 1, max(-1, first - 4), -1) if view.scene.has(place, "used")), None)
    if used is None or not core.passive or core.first < first:
        return []
    before = [actor for actor in view.actors if actor.last <= used and actor.case == "bare" and not actor.adjective]
    return group_of(view, before[-1]) if before else []


def _request_before(view: View, core: Act) -> Act | None:
    return next((act for act in reversed(view.deal.acts) if act.name == "request" and act.first < core.first), None)


def _asked(view: View, asked: Act, core: Act) -> tuple[list[Actor], list[Actor]]:
    """Give who is asked, or refuses to be, and who asks."""
    refused = next((act for act in view.deal.acts if act.name == "deny" and act.last <= asked.first), None)
    if refused is not None:
        return subject_of(view, refused), []
    between = [
        actor for actor in view.actors if asked.last <= actor.first and actor.last <= core.first and not actor.adjective
    ]
    asker = subject_of(view, asked)
    return (group_of(view, between[0]) if between else []), asker
