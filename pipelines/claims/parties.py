"""The parties around a deal: its subject, its object, and those that "to", "from", "by" or an adjective bind."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.claims.acts import Act
from pipelines.claims.deals import Deal
from pipelines.claims.mentions import Actor
from pipelines.claims.scene import Scene
from pipelines.claims.tenses import FINITE
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


def subject_of(view: View, core: Act) -> list[Actor]:
    """Give the nearest party before the act that no preposition binds, in the clause, else before it."""
    for own_clause in (True, False):
        for actor in reversed(view.actors):
            if (
                actor.last > core.first
                or actor.made
                or not (_may_act(actor, core, view.scene.language) or is_thanked(view, actor))
            ):
                continue
            if own_clause and actor.first < view.deal.clause[0]:
                break
            if _stands_aside(view, actor, core):
                continue
            return group_of(view, actor)
    return []


def is_thanked(view: View, actor: Actor) -> bool:
    """Answer whether a party bound by "to" acts all the same: "grateful to Norway for giving"."""
    last = max(each.last for each in group_of(view, actor))
    if last >= len(view.scene.words) or view.scene.words[last].text not in {"for", "pour", "por", "за"}:
        return False
    return any(act.first - last in {1, 2} and act.tense in {"gerund", "prog", "plan"} for act in view.deal.acts)


def _may_act(actor: Actor, core: Act, language: str) -> bool:
    """Answer whether a party may be a subject: unbound, or before a gerund ("chance of Paris donating")."""
    beside = (
        core.tense in {"gerund", "plan", "future"}
        and core.first - actor.last <= 1
        and actor.case in {"of", "to", "from", "at"}
    )
    genitive = language == "tr" and actor.case == "of"  # "İran'ın gönderdiği": the genitive acts
    return actor.case == "bare" or beside or genitive


def _stands_aside(view: View, actor: Actor, core: Act) -> bool:
    """Leave out an adjective of another noun, and who only says what others do."""
    scene = view.scene
    if actor.adjective and actor.kind == "demonym" and not _near(actor, core):
        return not any(act.first - actor.last <= 3 for act in view.deal.acts if act.first >= actor.last)
    if actor.adjective and actor.owner and not _near(actor, core):
        return actor.last + 4 < core.first and core.tense in FINITE and not actor.organ and _speaks(scene, actor, core)
    return _speaks(scene, actor, core)


def _near(actor: Actor, core: Act) -> bool:
    return core.first - actor.last <= 4


def _speaks(scene: Scene, actor: Actor, core: Act) -> bool:
    """Answer whether the party says something about a deed that is not told as its own."""
    said = next((place for place in range(actor.last, core.first) if scene.has(place, "said")), None)
    if said is None or said == core.first - 1:  # "denied receiving" tells of its own deed
        return False
    rest = range(said + 1, core.first)
    own = any(scene.has(place, "pron") or scene.has(place, "aux") or scene.has(place, "future") for place in rest)
    return not own and core.tense in {"gerund", "past", "noun"} and said - actor.last <= 6 and core.tense != "noun"


def toward(view: View) -> list[Actor]:
    """Give the party goods go to, the nearest to the act or items first."""
    near = [
        actor
        for actor in view.actors
        if actor.case in {"to", "at"}
        and view.within(actor)
        and not actor.made
        and not _describes(view, actor)
        and not is_thanked(view, actor)
    ]
    behind = [actor for actor in near if actor.first >= view.start]
    chosen = behind or [actor for actor in near if actor.case == "to" or view.scene.language == "tr"][-1:]
    return group_of(view, chosen[0]) if chosen else []


def _describes(view: View, actor: Actor) -> bool:
    """Answer whether an adjective only describes the items: "for Israeli missiles"."""
    return actor.adjective and any(0 <= item.first - actor.last <= 1 for item in view.deal.items)


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
    bound = [actor for actor in view.actors if actor.case == case and not _is_attribute(view, actor)]
    chosen = [actor for actor in bound if view.within(actor)]
    if not chosen:
        chosen = [actor for actor in bound if view.deal.clause[0] <= actor.first < view.start]
    after = [actor for actor in chosen if actor.first >= view.start] or chosen
    return group_of(view, after[0]) if after else []


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
    firsts = [item.first for item in view.deal.items] + [act.first for act in view.deal.acts]
    for actor in view.actors:
        bound = (actor.adjective or actor.owner) and not actor.made and actor.case != "to" and view.within(actor)
        if bound and any(0 <= first - actor.last <= 3 for first in firsts):
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
        or (0 <= actor.first - item.last <= 1 and actor.kind == "demonym" and view.scene.language != "en")
        for item in view.deal.items
    )


def item_origin(view: View, item: Item) -> str | None:
    """Give the nation whose adjective stands right before one item of several."""
    for actor in view.actors:
        if actor.adjective and not actor.made and actor.kind in {"demonym", "name"} and item.first == actor.last:
            return actor.code
    return None


def group_of(view: View, actor: Actor) -> list[Actor]:
    """Give all that stand in one list with a party."""
    return [each for each in view.actors if each.group == actor.group]


def apart(actors: Sequence[Actor], others: Sequence[Actor]) -> list[Actor]:
    """Give the parties that are not among the others."""
    codes = {other.code for other in others}
    return [actor for actor in actors if actor.code not in codes]
