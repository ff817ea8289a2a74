"""Who acts in a sentence: the subject of a verb, however it is placed."""

from pipelines.claims.acts import RECEIVE, Act
from pipelines.claims.mentions import Actor
from pipelines.claims.parties import View, group_of, is_thanked
from pipelines.claims.scene import Scene
from pipelines.claims.tenses import FINITE


def subject_of(view: View, core: Act) -> list[Actor]:
    """Give the nearest party before the act that no preposition binds, in the clause, else before it."""
    related = _related(view, core)
    if related is not None:
        return group_of(view, related)
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
            if _stands_aside(view, actor, core) or _is_promised(view, actor) or reacts(view.scene, actor, core):
                continue
            return group_of(view, actor)
    return _inverted(view, core) or _following(view, core)


def _related(view: View, core: Act) -> Actor | None:
    """Give the party a clause is about: "talks with Morocco, which wants to buy"."""
    scene = view.scene
    for actor in view.actors if core.name in RECEIVE or scene.is_romance else ():
        behind = actor.last < core.first <= actor.last + 3
        if behind and scene.has(actor.last, "who") and not actor.adjective and not actor.made:
            between = range(actor.last + 1, core.first)
            return None if any(scene.text[scene.words[place].start].isupper() for place in between) else actor
    return None


def _following(view: View, core: Act) -> list[Actor]:
    """Give the subject behind an opening gerund: "In addition to ordering 66 F-16s, Taiwan has"."""
    if core.tense != "gerund" or any(actor.last <= core.first for actor in view.actors):
        return []
    return next((group_of(view, actor) for actor in view.actors if actor.case == "bare" and not actor.adjective), [])


def _inverted(view: View, core: Act) -> list[Actor]:
    """Give the subject behind the verb of a relative clause: "los aviones que encarga Arabia Saudí"."""
    related = any(view.scene.has(place, "who") for place in range(max(0, core.first - 3), core.first))
    inverted = view.scene.language == "ar" or (view.scene.is_romance and related)  # in Arabic the verb stands first
    if not inverted or core.tense == "noun":
        return []
    behind = (actor for actor in view.actors if 0 <= actor.first - core.last <= 1 and actor.case == "bare")
    return next((group_of(view, actor) for actor in behind), [])


def _may_act(actor: Actor, core: Act, language: str) -> bool:
    """Answer whether a party may be a subject: unbound, or before a gerund ("chance of Paris donating")."""
    beside = (
        core.tense in ({"plan"} if language in {"ru", "uk"} else {"gerund", "plan", "future"})
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


def _is_promised(view: View, actor: Actor) -> bool:
    """Answer whether a dative is who is promised or refused the deed: "пообещала Киеву поставить"."""
    told = any(act.name in {"aid", "offer", "deny"} and act.last == actor.first for act in view.deal.acts)
    return told and actor.case == "to" and view.scene.language in {"ru", "uk"}


def _near(actor: Actor, core: Act) -> bool:
    return core.first - actor.last <= 4


def reacts(scene: Scene, actor: Actor, core: Act) -> bool:
    """Answer whether a party only warns of or blames what others do: "le Kremlin dénonce la livraison"."""
    return any(scene.has(place, "reacts") for place in range(actor.last, core.first))


def _speaks(scene: Scene, actor: Actor, core: Act) -> bool:
    """Answer whether the party says something about a deed that is not told as its own."""
    said = next((place for place in range(actor.last, core.first) if scene.has(place, "said")), None)
    if said is None or said == core.first - 1:  # "denied receiving" tells of its own deed
        return False
    rest = range(said + 1, core.first)
    own = any(scene.has(place, "pron") or scene.has(place, "aux") or scene.has(place, "future") for place in rest)
    return not own and core.tense in {"gerund", "past", "noun"} and said - actor.last <= 6 and core.tense != "noun"
