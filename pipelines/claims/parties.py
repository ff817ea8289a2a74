"""The parties around a deal: its subject, its object, and those that "to", "from", "by" or an adjective bind."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.claims.acts import Act
from pipelines.claims.deals import Deal
from pipelines.claims.mentions import Actor
from pipelines.claims.scene import Scene
from pipelines.claims.weapons import Item


@dataclass(frozen=True, slots=True)
class View:
    """A deal with the parties around it."""

    scene: Scene
    deal: Deal
    actors: Sequence[Actor]

    @property
    def anchor(self) -> Act | None:
        """The act that rules, if any."""
        return self.deal.core

    @property
    def start(self) -> int:
        """The first word of the act or of the items, whichever is earlier."""
        firsts = [item.first for item in self.deal.items] + ([self.anchor.first] if self.anchor else [])
        return min(firsts)

    def within(self, actor: Actor) -> bool:
        """Answer whether a party stands in the deal's stretch of the sentence."""
        return self.deal.first <= actor.first < self.deal.last


def is_thanked(view: View, actor: Actor) -> bool:
    """Answer whether a party bound by "to" acts all the same: "grateful to Norway for giving"."""
    last = max(each.last for each in group_of(view, actor))
    if last >= len(view.scene.words) or view.scene.words[last].text not in {"for", "pour", "por", "за"}:
        return False
    return any(act.first - last in {1, 2} and act.tense in {"gerund", "prog", "plan"} for act in view.deal.acts)


def toward(view: View) -> list[Actor]:
    """Give the party goods go to, the nearest to the act or items first."""
    near = [
        actor
        for actor in view.actors
        if (actor.case == "to" or (actor.case == "at" and _binds_at(view)))
        and view.within(actor)
        and not actor.made
        and not _describes(view, actor)
        and not is_thanked(view, actor)
        and not _sells(view, actor)
        and not _is_elsewhere(view, actor)
    ]
    behind = [actor for actor in near if actor.first >= view.start]
    fronted = [actor for actor in near if actor.case == "to" or view.scene.language == "tr" or actor.first <= 2]
    chosen = behind or fronted[-1:]
    return _with_further(view, chosen) if chosen else []


def _with_further(view: View, chosen: Sequence[Actor]) -> list[Actor]:
    """Give the party and what "and to" adds behind it: "to Israel for $6 billion and to Riyadh for $9 billion"."""
    scene = view.scene
    further = [
        actor
        for actor in chosen[1:]
        if any(
            scene.words[place].text in {"and", "y", "et", "и", "und", "e"}
            for place in range(actor.first - 3, actor.first)
        )
        and not any(chosen[0].last <= act.first < actor.first for act in view.deal.acts)
    ]
    return [*group_of(view, chosen[0]), *(each for actor in further for each in group_of(view, actor))]


def _is_elsewhere(view: View, actor: Actor) -> bool:
    """Answer whether another deed lies between goods and party ("que pertenecían a"), or it only says so there."""
    if any(view.scene.has(place, "said") for place in (actor.first - 1, actor.first - 2)):
        return True  # "заявили в США"
    last = view.deal.items[-1].last
    related = any(view.scene.has(place, "who") for place in range(last, actor.first))
    return related and any(act.name == "other" and last <= act.first < actor.first for act in view.deal.acts)


def _binds_at(view: View) -> bool:
    """Answer whether "on", "against" can name a recipient: in English only a ban does ("an embargo on Sudan")."""
    return view.scene.language != "en" or any(
        act.name in {"suspend", "deny", "lift", "cancel"} for act in view.deal.acts
    )


def _sells(view: View, actor: Actor) -> bool:
    """Answer whether "a", "à" binds the one bought from: "que había comprado a EE UU"."""
    before = [act for act in view.deal.acts if act.last <= actor.first]
    return actor.case == "at" and bool(before) and before[-1].name == "buy" and view.scene.language != "en"


def _describes(view: View, actor: Actor) -> bool:
    """Answer whether an adjective only describes the items: "for Israeli missiles"."""
    if actor.adjective and any(0 <= item.first - actor.last <= 1 for item in view.deal.items):
        return True
    scene = view.scene
    if actor.kind != "demonym" or actor.organ or scene.is_romance or actor.last >= len(scene.words):
        return False
    # "for Ukrainian pilots": an adjective of people who are no office
    people = scene.text[scene.words[actor.last].start].islower() and not scene.cues.get(actor.last)
    return scene.gap(actor.last - 1, actor.last) == " " and people


def object_of(view: View, core: Act) -> list[Actor]:
    """Give the party right behind a verb: "sell Iran missiles", "supplied Venezuela with"."""
    if core.tense == "noun" or core.passive:
        return []
    for actor in view.actors:
        if 0 <= actor.first - core.last <= 1 and actor.case in {"bare", "of", "to", "at"} and not actor.made:
            modifies = actor.kind == "demonym" or actor.owner
            return [] if actor.adjective and modifies else group_of(view, actor)
    return []


def bound_by(view: View) -> list[Actor]:
    """Give the party that "by" binds."""
    return _case(view, "by")


def bound_with(view: View) -> list[Actor]:
    """Give the party that "with" or "between" binds."""
    return _case(view, "with")


def bound_from(view: View) -> list[Actor]:
    """Give the party goods come from."""
    return [actor for actor in _case(view, "from") if not actor.made]


def _case(view: View, case: str) -> list[Actor]:
    bound = [
        actor
        for actor in view.actors
        if actor.case == case and not _is_attribute(view, actor) and not _tells(view, actor)
    ]
    chosen = [actor for actor in bound if view.within(actor)]
    if not chosen:
        chosen = [actor for actor in bound if view.deal.clause[0] <= actor.first < view.start]
    after = [actor for actor in chosen if actor.first >= view.start] or chosen
    return group_of(view, after[0]) if after else []


def _tells(view: View, actor: Actor) -> bool:
    """Answer whether a party before the deed only tells of it: "sources of US intelligence said that"."""
    told = range(actor.last, min(actor.last + 3, view.start))
    return actor.case == "from" and any(view.scene.has(place, "said") for place in told)


def _is_attribute(view: View, actor: Actor) -> bool:
    """Answer whether an adjective describes something else than items or an office: "from Russian aggression"."""
    if actor.kind != "demonym" or actor.organ or view.scene.language in {"ru", "uk"}:
        return False
    return not any(-1 <= item.first - actor.last <= 2 for item in view.deal.items)


def fed_by(view: View) -> list[Actor]:
    """Give the party of a compound: "Iran-supplied"."""
    return [actor for actor in view.actors if actor.fed and view.within(actor)]


def owner_of(view: View) -> list[Actor]:
    """Give the party whose sale or delivery it is: "US arms sales", "Germany's deliveries"."""
    spans = [(item.first, item.last) for item in view.deal.items] + [(act.first, act.last) for act in view.deal.acts]
    for actor in view.actors:
        bound = (actor.adjective or actor.owner) and not actor.made and actor.case != "to" and view.within(actor)
        behind = actor.kind == "demonym" and view.scene.is_romance
        near = (0 <= actor.first - last <= 1 if behind else 0 <= first - actor.last <= 3 for first, last in spans)
        if bound and any(near):
            return group_of(view, actor)
    return []


def owner_of_act(view: View, core: Act) -> list[Actor]:
    """Give the party whose act it is: "India's purchase"."""
    for actor in view.actors:
        if (actor.adjective or actor.owner) and 0 <= core.first - actor.last <= 2:
            return group_of(view, actor)
    return []


def origin_of(view: View) -> list[Actor]:
    """Give the nation an adjective puts on the items: "German tanks", "cazas estadounidenses"."""
    for actor in view.actors:
        if not actor.made and _touches(view, actor):
            return group_of(view, actor)
    return []


def _touches(view: View, actor: Actor) -> bool:
    if not actor.adjective:  # "Iran missiles", but not "sell Iran missiles"
        core = view.deal.core
        plain = actor.kind == "name" and view.scene.language == "en"
        plain = plain and (core is None or core.name == "seize" or core.last != actor.first)
        return plain and any(
            view.scene.gap(actor.last - 1, item.first) in {" ", " ‘", " “"} for item in view.deal.items
        )
    return any(
        0 <= item.first - actor.last <= 2
        or (0 < item.first - actor.last <= 7 and _only_names(view.scene, actor.last, item.first))
        or (item.first <= actor.first - 1 <= item.last and actor.kind == "demonym" and view.scene.language != "en")
        for item in view.deal.items
    )


def _only_names(scene: Scene, first: int, last: int) -> bool:
    """Answer whether nothing but names stands between: "Chinese Dongfeng Mengshi CSK131 armored vehicles"."""
    return all(not scene.text[scene.words[place].start].islower() for place in range(first, last))


def item_origin(view: View, item: Item) -> str | None:
    """Give the nation one item of several is said to come from, by an adjective or by "from"."""
    for actor in view.actors:
        if actor.adjective and not actor.made and actor.kind in {"demonym", "name"} and item.first == actor.last:
            return actor.code
        behind = view.scene.is_romance and actor.kind == "demonym" and actor.first == item.last
        if behind and not actor.organ:  # "aviones chinos y helicópteros rusos"
            return actor.code
    sources = [actor for actor in view.actors if actor.case == "from" and view.within(actor)]
    if len({actor.group for actor in sources}) > 1:  # "avions de Russie et drones de Turquie"
        return next((actor.code for actor in sources if 0 <= actor.first - item.last <= 2), None)
    return None


def group_of(view: View, actor: Actor) -> list[Actor]:
    """Give all that stand in one list with a party."""
    return [each for each in view.actors if each.group == actor.group]


def apart(actors: Sequence[Actor], others: Sequence[Actor]) -> list[Actor]:
    """Give the parties that are not among the others."""
    codes = {other.code for other in others}
    return [actor for actor in actors if actor.code not in codes]
