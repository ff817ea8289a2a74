"""Who receives from whom where the deed is one of getting: "Y buys arms from X", "Y's purchase of X arms"."""

from pipelines.claims.acts import RECEIVE, SUPPLY, Act
from pipelines.claims.mentions import Actor
from pipelines.claims.parties import (
    View,
    apart,
    bound_by,
    bound_from,
    bound_with,
    fed_by,
    group_of,
    origin_of,
    owner_of_act,
    toward,
)
from pipelines.claims.sides import Sides, by_design, codes, firm_of, is_talk, maker_of, permitting, relative_subject
from pipelines.claims.subjects import subject_of

# How languages bind a seller other than by "from".
BUYS_AT = {
    "es": frozenset({"at", "in"}),
    "fr": frozenset({"at"}),
    "pt": frozenset({"at"}),
    "ru": frozenset({"in"}),
    "uk": frozenset({"in"}),
    "de": frozenset({"in"}),
}


FRONT = 2  # the last word at which what opens a sentence can begin


def read_receipt(view: View, core: Act) -> Sides:
    """Read "Y buys arms from X", "Y's purchase of X arms", "arms bought by Y"."""
    bought_at = _sold_at(view, core)
    if core.passive and bought_at:
        buyers = apart(bound_by(view) or subject_of(view, core), bought_at)
        return Sides(codes(bought_at), codes(buyers), "buy past")
    recipients = _buyers(view, core)
    asked = apart([actor for actor in bought_at if _is_asked(view, core, actor)], recipients)
    given = apart(_by_deed(view, SUPPLY), recipients)
    suppliers = asked or given or bound_from(view) or fed_by(view) or apart(bought_at, recipients) or origin_of(view)
    suppliers = (
        suppliers
        or relative_subject(view, SUPPLY)
        or (bound_with(view) if not core.passive else [])
        or firm_of(view, recipients)
    )
    if core.name == "get":
        suppliers = suppliers or (apart(bound_by(view), recipients) if not core.passive else [])
    recipients = recipients or [each for each in toward(view) if each.case == "to"] or relative_subject(view, RECEIVE)
    if not suppliers:
        suppliers = permitting(view, "approve")
    suppliers = apart(suppliers, recipients) or maker_of(view, recipients)
    if core.tense == "noun" and _are_firms(recipients):
        suppliers, recipients = _selling_firm(view, suppliers, recipients)
    if not recipients and is_talk(view):
        suppliers, recipients = _buying_pair(view, suppliers)
    if not suppliers and is_talk(view) and len({actor.code for actor in recipients}) == 2:
        recipients, suppliers = by_design(view, recipients)
    return Sides(codes(suppliers), codes(recipients), f"{core.name} {core.tense}")


def _buyers(view: View, core: Act) -> list[Actor]:
    """Give who gets the goods, by the form of the act."""
    if core.name == "arrive":
        places = [actor for actor in view.actors if view.within(actor) and actor.case in {"in", "to", "of"}]
        arrived = toward(view) or [actor for actor in places if actor.first > core.first]
        return arrived or _by_deed(view, frozenset({"buy"})) or _at_home(view, core)
    if core.passive:
        return bound_by(view) or toward(view)
    if core.tense == "noun":
        return (
            bound_by(view)
            or _deciding(view, core)
            or owner_of_act(view, core)
            or subject_of(view, core)
            or toward(view)
        )
    named = subject_of(view, core) or _at_home(view, core)
    by = bound_by(view) if core.tense == "past" else []
    return named or apart(by, _by_deed(view, SUPPLY))


def _at_home(view: View, core: Act) -> list[Actor]:
    """Give the state a sentence opens with as the place: "Au Mali, la junte a reçu"."""
    near = [actor for actor in view.actors if actor.first <= FRONT and actor.last <= core.first and not actor.adjective]
    marks = {"in": ",", "at": ",", "bare": ":"}  # "Pologne : arrivée des premiers chars"
    return [actor for actor in near if marks.get(actor.case, "-") in view.scene.gap(actor.last - 1, actor.last)]


def _by_deed(view: View, kinds: frozenset[str]) -> list[Actor]:
    """Give who did what tells which goods: "helicópteros adquiridos por Bolivia", "drones fournis par la Turquie"."""
    ends = {act.last for act in view.deal.acts if act.name in kinds and act.tense == "past"}
    by = [actor for actor in view.actors if actor.case == "by" and any(1 <= actor.first - end <= 2 for end in ends)]
    return group_of(view, by[0]) if by else []


def _selling_firm(view: View, others: list[Actor], firms: list[Actor]) -> tuple[list[Actor], list[Actor]]:
    """Tell the seller where a company stands by the word for a purchase: it sells, to whom "for" or the deal names."""
    target = apart(toward(view), firms)
    if target:  # "Embraer firmó la compra de aviones para la Fuerza Aérea"
        return firms, target
    if is_talk(view) and others and not _are_firms(others):
        return firms, others  # "Saab signed a deal with Brazil, adding to an order for"
    return others, firms


def _are_firms(actors: list[Actor]) -> bool:
    return bool(actors) and all(actor.kind == "company" for actor in actors)


def _is_asked(view: View, core: Act, actor: Actor) -> bool:
    """Answer whether "a", "à" bind the seller to the purchase: "compra armas a Rusia", no "venta a Rusia" between."""
    between = [act for act in view.deal.acts if core.last <= act.first < actor.first and act.name in SUPPLY]
    return actor.case == "at" and not between


def _deciding(view: View, core: Act) -> list[Actor]:
    """Give whose decision it is: "решение Анкары о приобретении", "the decision of Warsaw on the purchase"."""
    behind = [actor for actor in view.actors if actor.case == "of" and actor.first == core.last]
    if behind and core.tense == "noun" and view.scene.language in {"ru", "uk"}:
        return behind  # "заказ Индии у Франции"
    near = [actor for actor in view.actors if actor.case in {"of", "from"} and 1 <= core.first - actor.last <= 8]
    return [each for each in near if any(view.scene.has(each.first - step, "decided") for step in (1, 2, 3))][-1:]


def _sold_at(view: View, core: Act) -> list[Actor]:
    """Give the seller where a language buys "a Suecia", "à la France", "в Китае"."""
    cases = BUYS_AT.get(view.scene.language, frozenset())
    core = next((act for act in view.deal.acts if act.name == "buy"), core)
    if core.name != "buy":
        return []
    asked = [actor for actor in view.actors if actor.case in cases and actor.first >= core.last and view.within(actor)]
    return group_of(view, asked[0]) if asked else []


def _buying_pair(view: View, suppliers: list[Actor]) -> tuple[list[Actor], list[Actor]]:
    """Tell seller from buyer of "talks between France and Indonesia on the purchase of Rafales"."""
    pair = bound_with(view)
    if len({actor.code for actor in pair}) != 2:
        return suppliers, apart(pair, suppliers)
    buyer, seller = by_design(view, pair)
    sold = apart(pair, suppliers) if suppliers else buyer
    return suppliers or seller, sold
