"""Who supplies and who receives: by the act, the words that bind each name, and where it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.claims.acts import RECEIVE, SUPPLY, Act
from pipelines.claims.entries import weapon_rows
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
    owner_of_act,
    subject_of,
    toward,
)
from pipelines.claims.weapons import Item


@dataclass(frozen=True, slots=True)
class Sides:
    """Suppliers and recipients of one deal (None: not said), and the rule that told them."""

    suppliers: tuple[str | None, ...] = (None,)
    recipients: tuple[str | None, ...] = (None,)
    rule: str = "none"


def find_sides(view: View) -> Sides:
    """Tell supplier and recipient by the kind of act."""
    core = view.deal.core
    names = {act.name for act in view.deal.acts}
    if core is None or core.name == "other":
        return Sides()
    if "seize" in names and core.name not in RECEIVE:
        made = [actor for actor in view.actors if actor.made and view.within(actor)]
        return Sides(_codes(bound_from(view) or origin_of(view) or made[:1]), _codes(toward(view)), "seizure")
    return _reader(core, names)(view, core)


def _reader(core: Act, names: set[str]) -> Callable[[View, Act], Sides]:
    """Choose how a deal is read."""
    if core.name in RECEIVE:
        return _receiving
    if core.name in SUPPLY:
        return _supplying
    if core.name == "general" and not names & SUPPLY:
        return _related
    readers = {"license": _licensed, "request": _requesting, "deal": _dealing, "sign": _dealing, "negotiate": _dealing}
    return readers.get(core.name, _controlling)


def _supplying(view: View, core: Act) -> Sides:
    """Read "X sends arms to Y", "arms sent by X", "X's sale of arms to Y", "Y asks X to send arms"."""
    rule = f"{core.name} {core.tense}"
    suppliers, recipients = _senders(view, core), toward(view) or object_of(view, core)
    asked = _request_before(view, core)
    if asked is not None:
        target, asker = _asked(view, asked, core)
        suppliers = target or owner_of(view) or origin_of(view) or suppliers
        wanted = apart(asker, suppliers)
        theirs = {each.code for each in recipients} & {each.code for each in wanted}
        rule = "asked" if theirs or not recipients else rule
        recipients = recipients or wanted
    if not recipients and _is_talk(view):
        recipients = bound_with(view)
    suppliers = suppliers or ([] if core.passive else owner_of(view)) or _firm(view, recipients)
    if not recipients and len({actor.code for actor in suppliers}) == 2 and _is_talk(view):
        recipients, suppliers = _by_design(view, suppliers)
    recipients = recipients or apart(_awaiting(view, core), suppliers)
    if len(suppliers) > 1 and _is_talk(view):
        suppliers = apart(suppliers, recipients)
    recipients = apart(recipients, suppliers)
    return Sides(_codes(suppliers or _made(view, recipients)), _codes(recipients), rule)


def _senders(view: View, core: Act) -> list[Actor]:
    """Give who sends, by the form of the act."""
    if core.passive:
        return bound_by(view) or bound_from(view) or fed_by(view) or origin_of(view) or _permitting(view)
    if core.tense == "noun":
        named = bound_by(view) or owner_of(view) or bound_from(view) or fed_by(view)
        return named or origin_of(view) or subject_of(view, core)
    acting = subject_of(view, core) if core.name != "carry" else []
    return acting or bound_from(view) or fed_by(view) or origin_of(view)


def _awaiting(view: View, core: Act) -> list[Actor]:
    """Give whom goods are for where no preposition says so: "поставки Индии", "... and Chile will have them"."""
    behind = [actor for actor in view.actors if actor.first >= core.last]
    bare = [actor for actor in behind if actor.case == "bare"]
    if any(act.name == "arrive" for act in view.deal.acts):
        return bare[:1]
    if core.tense != "noun":
        return []
    if view.scene.language in {"ru", "uk"}:
        return [actor for actor in behind if actor.case in {"of", "in"}][:1]
    return [actor for actor in bare if view.scene.has(actor.last, "future")][:1]


def _permitting(view: View) -> list[Actor]:
    """Give who lets goods go: "Britain continued to allow parts to be supplied"."""
    allowed = next((act for act in view.deal.acts if act.name in {"approve", "suspend", "deny"}), None)
    return subject_of(view, allowed) if allowed else []


def _firm(view: View, others: Sequence[Actor]) -> list[Actor]:
    """Give the home of the one company a sentence names, where it names no other seller."""
    firms = apart([actor for actor in view.actors if actor.kind == "company" and not actor.made], others)
    return firms[:1] if len({firm.code for firm in firms}) == 1 else []


def _made(view: View, recipients: Sequence[Actor]) -> list[Actor]:
    """Give the maker's home where a sale names nobody else: "Spanish-built corvettes for Saudi Arabia"."""
    core = view.deal.core
    if (
        not recipients
        or core is None
        or core.name not in {"sell", "buy", "get", "deal", "sign"} | ({"move"} if _is_talk(view) else set())
    ):
        return []
    return apart([actor for actor in view.actors if actor.made and view.within(actor)], recipients)[:1]


def _is_talk(view: View) -> bool:
    return any(act.name in {"negotiate", "deal", "sign"} for act in view.deal.acts)


def _by_design(view: View, pair: Sequence[Actor]) -> tuple[list[Actor], list[Actor]]:
    """Tell buyer from seller of two by whose design the items are; the first buys where that does not tell."""
    designs = _designs(view.deal.items)
    sellers = [actor for actor in pair if actor.code in designs] or list(pair[1:])
    return apart(pair, sellers)[:1], sellers[:1]


def _receiving(view: View, core: Act) -> Sides:
    """Read "Y buys arms from X", "Y's purchase of X arms", "arms bought by Y"."""
    bought_at = _sold_at(view, core)
    if core.passive and bought_at:
        return Sides(_codes(bought_at), _codes(apart(subject_of(view, core), bought_at)), "buy past")
    if core.name == "arrive":
        places = [actor for actor in view.actors if view.within(actor) and actor.case in {"in", "to", "of"}]
        recipients = toward(view) or [actor for actor in places if actor.first > core.first]
    elif core.passive:
        recipients = bound_by(view) or toward(view)
    elif core.tense == "noun":
        recipients = bound_by(view) or owner_of_act(view, core) or subject_of(view, core) or toward(view)
    else:
        recipients = subject_of(view, core) or (bound_by(view) if core.tense == "past" else [])
    suppliers = bound_from(view) or fed_by(view) or apart(bought_at, recipients) or origin_of(view)
    suppliers = suppliers or (bound_with(view) if not core.passive else []) or _firm(view, recipients)
    if core.name == "get":
        suppliers = suppliers or (bound_by(view) if not core.passive else [])
    recipients = recipients or [each for each in toward(view) if each.case == "to"]
    if not suppliers and any(act.name == "approve" for act in view.deal.acts):
        suppliers = bound_by(view)
    suppliers = apart(suppliers, recipients) or _made(view, recipients)
    return Sides(_codes(suppliers), _codes(recipients), f"{core.name} {core.tense}")


def _sold_at(view: View, core: Act) -> list[Actor]:
    """Give the seller where a language buys "a Suecia", "à la France", "в Китае"."""
    cases = {"es": {"at", "in"}, "fr": {"at"}, "pt": {"at"}, "ru": {"in"}, "uk": {"in"}}.get(view.scene.language, set())
    if core.name != "buy":
        return []
    asked = [actor for actor in view.actors if actor.case in cases and actor.first >= core.last and view.within(actor)]
    return group_of(view, asked[0]) if asked else []


def _licensed(view: View, core: Act) -> Sides:
    """Read "Y builds X's tanks under licence": where it is built is the recipient."""
    built = [
        actor
        for actor in view.actors
        if actor.case == "in" and actor.kind != "demonym" and view.deal.clause[0] <= actor.first < view.deal.clause[1]
    ]
    loose = [actor for actor in view.actors if actor.case == "bare" and actor.kind != "company" and view.within(actor)]
    recipients = built or toward(view) or subject_of(view, core) or loose[:1]
    others = [
        actor
        for actor in view.actors
        if actor.code not in {one.code for one in recipients}
        and (actor.kind in {"company", "demonym"} or actor.case in {"from", "with", "by", "of"})
    ]
    suppliers = apart(bound_from(view) or others[:1] or origin_of(view), recipients)
    return Sides(_codes(suppliers), _codes(recipients), "licence")


def _related(view: View, core: Act) -> Sides:
    """Read "X is the main supplier of arms to Y", "Y's main supplier", "Y depends on X for arms"."""
    word = view.scene.words[core.first].text
    if word in {"depends", "relies", "reliant", "dependent", "dépend"}:
        after = [actor for actor in view.actors if actor.first >= core.last]
        return Sides(_codes(after[:1]), _codes(subject_of(view, core)), "relation")
    suppliers = (
        subject_of(view, core)
        or [actor for actor in view.actors if actor.first >= core.last and actor.case == "bare"][:1]
    )
    near = [actor for actor in view.actors if 0 <= core.first - actor.last <= 1 and (actor.owner or actor.adjective)]
    behind = [actor for actor in view.actors if actor.first >= core.last and actor.case in {"to", "of", "from"}]
    recipients = near or toward(view) or behind
    return Sides(_codes(apart(suppliers, recipients)), _codes(recipients), "relation")


def _requesting(view: View, core: Act) -> Sides:
    """Read "X asks Y for arms" where no verb of moving stands beside the items."""
    asker = owner_of_act(view, core) or subject_of(view, core)
    cases = {"bare", "from", "to", "of", "at", "by"}
    behind = [each for each in view.actors if each.first >= core.last and each.case in cases and view.within(each)]
    before = [each for each in view.actors if each.last <= core.first and each.case in {"to", "at", "bare"}]
    asked = apart(bound_from(view) or behind, asker) or apart(origin_of(view) or before[-2:], asker)[-1:]
    return Sides(_codes(asked), _codes(apart(toward(view), asked) or asker), "request")


def _controlling(view: View, core: Act) -> Sides:
    """Read a licence, a ban or a refusal where no verb of moving stands beside the items."""
    suppliers = bound_by(view) or subject_of(view, core) or owner_of(view) or origin_of(view)
    recipients = toward(view) or ([] if core.name == "approve" else bound_with(view) or bound_from(view))
    suppliers = apart(suppliers, recipients) or subject_of(view, core)
    return Sides(_codes(apart(suppliers, recipients)), _codes(recipients), core.name)


def _dealing(view: View, core: Act) -> Sides:
    """Tell the sides of a contract: "with", "from" and design say who sells; else the one that signs buys."""
    first = next((act for act in view.deal.acts if act.name in {"sign", "negotiate"}), core)
    subject = bound_by(view) or subject_of(view, first)
    partner = apart(bound_with(view) or _behind(view, first), subject)
    if not partner and any(actor.kind == "company" for actor in subject):
        partner = apart(bound_from(view), subject)
    target = apart(toward(view), subject)
    if target and subject:
        return Sides(_codes(subject), _codes(target), "deal to")
    if len({actor.code for actor in subject}) == 2 and not partner:
        subject, partner = [subject[0]], [subject[-1]]
    source = apart(bound_from(view), subject) or origin_of(view)
    if source and any(actor.kind == "company" for actor in subject):
        return Sides(_codes(subject), _codes(apart(source, subject)), "deal from")
    if source and not partner:
        return Sides(_codes(apart(source, subject)), _codes(subject), "deal from")
    if not subject and len({actor.code for actor in partner}) == 2:
        subject, partner = [partner[0]], [partner[-1]]
    if _designs(view.deal.items) & {actor.code for actor in subject} or (
        any(actor.kind == "company" for actor in subject)
        and not any(actor.kind == "company" or actor.organ for actor in partner)
    ):
        subject, partner = partner, subject
    return Sides(_codes(partner), _codes(subject), "deal")


def _behind(view: View, core: Act) -> list[Actor]:
    """Give the party right behind the verb: "picked Hanwha"."""
    return [actor for actor in view.actors if 0 <= actor.first - core.last <= 2 and actor.case == "bare"][:1]


def _designs(items: Sequence[Item]) -> set[str]:
    rows = weapon_rows()
    return {
        code
        for item in items
        if item.designation
        for code in rows[item.designation]["country_of_origin_iso3"].split("|")
    }


def _request_before(view: View, core: Act) -> Act | None:
    return next((act for act in reversed(view.deal.acts) if act.name == "request" and act.first < core.first), None)


def _asked(view: View, asked: Act, core: Act) -> tuple[list[Actor], list[Actor]]:
    """Give who is asked and who asks."""
    between = [
        actor for actor in view.actors if asked.last <= actor.first and actor.last <= core.first and not actor.adjective
    ]
    asker = subject_of(view, asked)
    return (group_of(view, between[0]) if between else []), asker


def _codes(actors: Sequence[Actor]) -> tuple[str | None, ...]:
    return tuple(dict.fromkeys(actor.code for actor in actors)) or (None,)
