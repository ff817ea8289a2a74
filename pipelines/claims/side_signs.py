"""What speaks for a party being the supplier or the recipient of a deal, as signs that weights are fitted to."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.claims.acts import RECEIVE, SUPPLY, Act
from pipelines.claims.entries import PRODUCERS
from pipelines.claims.mentions import Actor
from pipelines.claims.parties import View
from pipelines.claims.sides import Sides, designs
from pipelines.claims.weapons import Item

KINDS = {
    **dict.fromkeys(SUPPLY, "supply"),
    **dict.fromkeys(RECEIVE, "receive"),
    **dict.fromkeys(("deal", "sign", "negotiate"), "contract"),
    **dict.fromkeys(("approve", "suspend", "deny", "cancel", "lift"), "control"),
}
TENSES = {"noun": "noun", "gerund": "gerund", "any": "any", **dict.fromkeys(("plan", "future", "cond"), "plan")}
FAMILIES = {**dict.fromkeys(("es", "fr", "pt"), "romance"), **dict.fromkeys(("ru", "uk"), "slavic")}
DISTANCES = (0, 1, 2, 4, 8, 15)
TELLING = ("said", "announced", "who", "clause", "not", "adds", "beside", "source", "press", "friend", "backed", "made")


@dataclass(frozen=True, slots=True)
class Earlier:
    """Whom the text before names: as supplier or recipient of its claims, or as the subject of its last sentence.

    ``topic`` are the states the headline is about.
    """

    suppliers: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    subject: str | None = None
    topic: frozenset[str] = frozenset()

    @property
    def parties(self) -> frozenset[str]:
        """Give all of them but the topic."""
        return self.suppliers | self.recipients | ({self.subject} if self.subject else frozenset())


def side_signs(view: View, item: Item, sides: Sides, earlier: Earlier, actor: Actor) -> list[str]:
    """Give the signs of one party beside one item of a deal: how it is bound, where it stands, who else is there.

    ``sides`` are what the rules read: a sign among others. The words before a ``:`` name the kind of sign. A party that
    only the text before names has the case ``earlier`` and no place.
    """
    kind, tense = act_kind(view.deal.core), act_tense(view.deal.core)
    family = FAMILIES.get(view.scene.language, view.scene.language)
    signs = [*_own(item, actor, kind), *_others(view, actor, kind), *_as_read(sides, actor, kind, family)]
    signs.append(f"case:{actor.case} {kind} {family}")
    signs += _before(earlier, actor, kind)
    if actor.case != "earlier":
        signs += [*_place(view, item, actor, kind, tense), *_around(view, actor)]
    return signs


def _before(earlier: Earlier, actor: Actor, kind: str) -> Iterator[str]:
    """Give what the text before made of the party."""
    told = [
        *(["supplier"] if actor.code in earlier.suppliers else []),
        *(["recipient"] if actor.code in earlier.recipients else []),
        *(["subject"] if actor.code == earlier.subject else []),
    ]
    for role in told:
        yield f"earlier:{role}"
        yield f"earlier:{role} {kind} {actor.case}"
    if earlier.suppliers or earlier.recipients:
        yield f"earlier:claims {bool(told)}"


def act_kind(core: Act | None) -> str:
    """Give what sort of act rules: supply, receive, contract, control or its own name."""
    return KINDS.get(core.name, core.name) if core else "none"


def act_tense(core: Act | None) -> str:
    """Give the tenses that matter: noun, gerund, plan, passive, finite, any, none."""
    if core is None:
        return "none"
    return "passive" if core.passive else TENSES.get(core.tense, "finite")


def _own(item: Item, actor: Actor, kind: str) -> Iterator[str]:
    """Give how the party is named and bound."""
    yield f"case:{actor.case}"
    yield f"case:{actor.case} {kind}"
    yield f"name:{actor.kind}"
    yield f"name:{actor.kind} {actor.case}"
    for trait in ("adjective", "owner", "organ", "made", "fed", "pronoun"):
        if getattr(actor, trait):
            yield f"trait:{trait}"
            yield f"trait:{trait} {kind}"
    homes = designs([item])
    if homes:
        yield f"design:{actor.code in homes}"
        yield f"design:{actor.code in homes} {kind}"
    yield f"producer:{actor.code in PRODUCERS}"


def _place(view: View, item: Item, actor: Actor, kind: str, tense: str) -> Iterator[str]:
    """Give where the party stands to the act and to the goods."""
    core = view.deal.core
    goods = _side(actor, item.first, item.last)
    yield f"goods:{goods} {actor.case}"
    near = _distance(actor, item.first, item.last)
    yield f"goods:{goods} {_bucket(near)}"
    yield f"goods:{goods} {_bucket(near)} {actor.adjective}"
    if core is not None:
        act = _side(actor, core.first, core.last)
        far = _bucket(_distance(actor, core.first, core.last))
        yield f"act:{act} {far}"
        yield f"act:{act} {far} {kind} {actor.case}"
        yield f"act:{act} {kind} {actor.case}"
        yield f"act:{act} {goods} {kind} {tense}"
        yield f"act:{act} {core.name} {tense} {actor.case}"
        if actor.adjective or actor.owner:
            yield f"act:{act} {goods} {kind} attribute"
        bare = [each for each in view.actors if each.case == "bare" and each.last <= core.first and not each.adjective]
        if bare and actor == bare[-1]:
            yield f"subject:last {kind} {tense}"
        if bare and actor == bare[0]:
            yield f"subject:first {kind} {tense}"
    if not view.within(actor):
        yield "out:deal"
    if not view.deal.clause[0] <= actor.first < view.deal.clause[1]:
        yield "out:clause"


def _others(view: View, actor: Actor, kind: str) -> Iterator[str]:
    """Give who else is named, and what else is done."""
    others = [each for each in view.actors if each.code != actor.code]
    codes = {each.code for each in others}
    yield f"others:{min(len(codes), 3)}"
    makers = codes & PRODUCERS
    if codes and not makers:
        yield f"others:none makes arms, this does {actor.code in PRODUCERS}"
    if codes and codes == makers:
        yield f"others:all make arms, this does {actor.code in PRODUCERS}"
    for case in sorted({each.case for each in others}):
        yield f"others:{case} {actor.case}"
        yield f"others:{case} {actor.case} {kind}"
    for act in view.deal.acts:
        if act is not view.deal.core:
            yield f"with:{act.name}"
            yield f"with:{act.name} {actor.case} {_side(actor, act.first, act.last)}"


def _around(view: View, actor: Actor) -> Iterator[str]:
    """Give what the words right before and behind the party are, and what lies between it and the act."""
    scene, core = view.scene, view.deal.core
    for cue in sorted(scene.cues.get(actor.first - 1, ())):
        yield f"before:{cue}"
    for cue in sorted(scene.cues.get(actor.last, ())):
        yield f"behind:{cue}"
    if core is not None:
        first, last = (actor.last, core.first) if actor.last <= core.first else (core.last, actor.first)
        between = {cue for place in range(first, last) for cue in scene.cues.get(place, ())}
        for cue in TELLING:
            if cue in between:
                yield f"between:{cue} {_side(actor, core.first, core.last)}"


def _as_read(sides: Sides, actor: Actor, kind: str, family: str) -> Iterator[str]:
    """Give what the rules made of the party."""
    read = "supplier" if actor.code in sides.suppliers else "recipient" if actor.code in sides.recipients else "none"
    yield f"read:{read}"
    yield f"read:{read} {kind}"
    yield f"read:{read} {family}"
    yield f"read:{read} {actor.case}"
    yield f"read:{read} by {sides.rule.rpartition(', ')[2] if ', ' in sides.rule else 'rule'}"
    if sides.suppliers == (None,):
        yield "read:no supplier"
    if sides.recipients == (None,):
        yield "read:no recipient"


def _side(actor: Actor, first: int, last: int) -> str:
    return "before" if actor.last <= first else "behind" if actor.first >= last else "inside"


def _distance(actor: Actor, first: int, last: int) -> int:
    return max(first - actor.last, actor.first - last, 0)


def _bucket(distance: int) -> str:
    return next((f"within {limit}" for limit in DISTANCES if distance <= limit), "far")
