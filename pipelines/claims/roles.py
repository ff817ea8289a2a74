"""Who supplies and who receives: by the act, the words that bind each name, and where it stands."""

from collections.abc import Callable

from pipelines.claims.acts import RECEIVE, SUPPLY, Act
from pipelines.claims.mentions import Actor
from pipelines.claims.parties import (
    View,
    apart,
    bound_by,
    bound_from,
    bound_with,
    group_of,
    origin_of,
    owner_of,
    owner_of_act,
    toward,
)
from pipelines.claims.receiving import read_receipt
from pipelines.claims.sides import Sides, codes, designs, maker_of, sells_by_design
from pipelines.claims.subjects import subject_of
from pipelines.claims.supplying import is_bought_by, is_bought_for, read_supply


def find_sides(view: View) -> Sides:
    """Tell supplier and recipient by the kind of act."""
    core = view.deal.core
    names = {act.name for act in view.deal.acts}
    if core is None or core.name == "other":
        return Sides()
    if "seize" in names and core.name not in RECEIVE:
        made = [actor for actor in view.actors if actor.made and view.within(actor)]
        return Sides(codes(bound_from(view) or origin_of(view) or made[:1]), codes(toward(view)), "seizure")
    return _reader(view, core, names)(view, core)


def _reader(view: View, core: Act, names: set[str]) -> Callable[[View, Act], Sides]:
    """Choose how a deal is read."""
    if core.name == "buy" and core.tense in {"plan", "future"} and is_bought_for(view, core):
        return read_supply
    if core.name in RECEIVE or is_bought_by(view, core):
        return read_receipt
    if core.name in SUPPLY:
        return read_supply
    if core.name == "general" and not names & SUPPLY:
        return _related
    if core.name == "approve" and "deal" in names and bound_with(view) and not toward(view):
        return _dealing
    readers = {"license": _licensed, "request": _requesting, "deal": _dealing, "sign": _dealing, "negotiate": _dealing}
    return readers.get(core.name, _controlling)


def _licensed(view: View, core: Act) -> Sides:
    """Read "Y builds X's tanks under licence": where it is built is the recipient."""
    built = [
        actor
        for actor in view.actors
        if actor.case == "in" and actor.kind != "demonym" and view.deal.clause[0] <= actor.first < view.deal.clause[1]
    ]
    loose = [actor for actor in view.actors if actor.case == "bare" and actor.kind != "company" and view.within(actor)]
    acting = subject_of(view, core)
    chosen = bound_by(view) if any(act.name == "negotiate" for act in view.deal.acts) else []
    if chosen and all(actor.kind == "company" for actor in acting):  # "Hyundai has been picked ... by Peru"
        return Sides(codes(acting), codes(apart(chosen, acting)), "licence")
    recipients = built or toward(view) or acting or loose[:1]
    others = [
        actor
        for actor in view.actors
        if actor.code not in {one.code for one in recipients}
        and (actor.kind in {"company", "demonym"} or actor.case in {"from", "with", "by", "of"})
    ]
    suppliers = apart(bound_from(view) or others[:1] or origin_of(view), recipients)
    return Sides(codes(suppliers), codes(recipients), "licence")


def _related(view: View, core: Act) -> Sides:
    """Read "X is the main supplier of arms to Y", "Y's main supplier", "Y depends on X for arms"."""
    word = view.scene.words[core.first].text
    if word in {"depends", "relies", "reliant", "dependent", "dépend"}:
        after = [actor for actor in view.actors if actor.first >= core.last]
        return Sides(codes(after[:1]), codes(subject_of(view, core)), "relation")
    ends = {core.last, view.deal.items[-1].last}
    beside = [each for each in view.actors if each.first in ends and "," in view.scene.gap(each.first - 1, each.first)]
    if beside and not view.scene.has(core.last - 1, "buyer"):  # "its traditional arms supplier, Russia"
        owners = subject_of(view, core) or owner_of_act(view, core)
        return Sides(codes(beside[:1]), codes(apart(owners, beside)), "relation")
    if view.scene.has(core.last - 1, "buyer") or view.scene.has(core.first, "buyer"):
        return _as_customer(view, core)
    near = _owning(view, core)
    suppliers = (
        _beside(view, core, near)
        or [actor for actor in view.actors if actor.first >= core.last and actor.case == "bare"][:1]
    )
    behind = [actor for actor in view.actors if actor.first >= core.last and actor.case in {"to", "of", "from"}]
    recipients = near or toward(view) or behind
    return Sides(codes(apart(suppliers, recipients)), codes(recipients), "relation")


def _owning(view: View, core: Act) -> list[Actor]:
    """Give whose supplier or customer it is: "India's third-largest supplier", "the main Saudi supplier"."""
    return [
        actor
        for actor in view.actors
        if (actor.owner or actor.adjective) and 0 <= core.first - actor.last <= (4 if actor.owner else 1)
    ]


def _beside(view: View, core: Act, owners: list[Actor]) -> list[Actor]:
    """Give the subject of "Algeria is Russia's largest customer": who is said to be it, not whose it is."""
    subject = apart(subject_of(view, core), owners)
    named = [each for each in view.actors if each.case == "bare" and each.last <= core.first and not each.adjective]
    return subject or (group_of(view, named[-1]) if named and owners else [])


def _as_customer(view: View, core: Act) -> Sides:
    """Read "Y is the largest customer of X", "Y, main destination of X's arms exports"."""
    sellers = (
        _owning(view, core)
        or owner_of(view)
        or bound_from(view)
        or [actor for actor in view.actors if actor.case == "of"][:1]
    )
    buyers = _beside(view, core, sellers) or apart(origin_of(view), sellers)
    sellers = sellers or apart(origin_of(view), buyers) or [each for each in view.actors if each.made]
    return Sides(codes(apart(sellers, buyers)), codes(buyers), "customer")


def _requesting(view: View, core: Act) -> Sides:
    """Read "X asks Y for arms" where no verb of moving stands beside the items."""
    asker = owner_of_act(view, core) or subject_of(view, core)
    cases = {"bare", "from", "to", "of", "at", "by"}
    behind = [each for each in view.actors if each.first >= core.last and each.case in cases and view.within(each)]
    before = [each for each in view.actors if each.last <= core.first and each.case in {"to", "at", "bare"}]
    asked = apart(bound_from(view) or behind, asker) or apart(origin_of(view) or before[-2:], asker)[-1:]
    return Sides(codes(asked), codes(apart(toward(view), asked) or asker), "request")


def _controlling(view: View, core: Act) -> Sides:
    """Read a licence, a ban or a refusal where no verb of moving stands beside the items."""
    suppliers = bound_by(view) or subject_of(view, core) or owner_of(view) or origin_of(view)
    if core.name == "cancel" and bound_from(view) and not toward(view):  # "renonce aux hélicoptères d'Airbus"
        buyers = apart(subject_of(view, core), bound_from(view))
        return Sides(codes(bound_from(view)), codes(buyers), core.name)
    recipients = toward(view) or ([] if core.name == "approve" else bound_with(view) or bound_from(view))
    suppliers = apart(suppliers, recipients) or subject_of(view, core)
    return Sides(codes(apart(suppliers, recipients)), codes(recipients), core.name)


def _dealing(view: View, core: Act) -> Sides:
    """Tell the sides of a contract: "with", "from" and design say who sells; else the one that signs buys."""
    first = next((act for act in view.deal.acts if act.name in {"sign", "negotiate"}), core)
    subject = bound_by(view) or subject_of(view, first)
    partner = apart(bound_with(view) or _behind(view, first), subject)
    if not partner and any(actor.kind == "company" for actor in subject):
        partner = apart(bound_from(view), subject)
    target = apart(toward(view), [*subject, *partner])
    sellers = subject or maker_of(view, target)
    if target and sellers:
        return Sides(codes(sellers), codes(target), "deal to")
    if len({actor.code for actor in subject}) == 2 and not partner:
        subject, partner = [subject[0]], [subject[-1]]
    source = apart(bound_from(view), subject) or origin_of(view)
    if source and any(actor.kind == "company" for actor in subject):
        return Sides(codes(subject), codes(apart(source, subject)), "deal from")
    if source and not partner:
        return Sides(codes(apart(source, subject)), codes(subject), "deal from")
    if not subject and len({actor.code for actor in partner}) == 2:
        subject, partner = [partner[0]], [partner[-1]]
    if _sells(view, subject, partner):
        subject, partner = partner, subject
    return Sides(codes(partner), codes(subject), "deal")


def _sells(view: View, subject: list[Actor], partner: list[Actor]) -> bool:
    """Answer whether the one that signs is the seller: by design, as a company, or as the only maker of arms."""
    if designs(view.deal.items) & {actor.code for actor in subject}:
        return True
    firm = any(actor.kind == "company" for actor in subject)
    if firm and not any(actor.kind == "company" or actor.organ for actor in partner):
        return True
    return bool(partner) and sells_by_design(view, subject, partner)


def _behind(view: View, core: Act) -> list[Actor]:
    """Give the party right behind the verb: "picked Hanwha"."""
    near = [actor for actor in view.actors if 0 <= actor.first - core.last <= 2]
    if view.scene.language == "es":  # "preseleccionó a Alemania y Corea del Sur"
        return next((group_of(view, actor) for actor in near if actor.case in {"at", "bare"}), [])
    return [actor for actor in near if actor.case == "bare"][:1]
