"""What speaks for and against a claim as it was put together, as signs that weights are fitted to."""

from collections.abc import Iterator

from pipelines.claims.entries import PRODUCERS
from pipelines.claims.parties import View
from pipelines.claims.side_signs import act_kind, act_tense
from pipelines.claims.sides import designs
from pipelines.claims.weapons import Item
from pipelines.items import ClaimDraft

STEPS = (0.3, 0.45, 0.6, 0.75, 0.9)
TELLING = ("own", "stat", "airline", "used", "home", "condition", "maybe", "past", "not", "expected", "hull", "said")


def claim_signs(view: View, item: Item, claim: ClaimDraft, odds: tuple[float, float]) -> list[str]:
    """Give the signs of one claim; ``odds`` are those of its two sides."""
    kind, tense = act_kind(view.deal.core), act_tense(view.deal.core)
    sort = "generic" if item.generic else "design" if item.designation else "noun"
    return [
        f"act:{kind} {tense}",
        f"act:{view.deal.core.name if view.deal.core else None} {tense}",
        f"goods:{sort}",
        f"goods:{sort} {kind}",
        f"goods:{claim.category}",
        f"goods:counted {claim.quantity is not None}",
        f"goods:valued {claim.currency is not None}",
        f"told:{claim.status}",
        f"told:{claim.modality}",
        f"told:{claim.rule.rpartition(', ')[2] if ', ' in claim.rule else 'rule'}",
        *_of_sides(view, item, claim, odds),
        *_of_sentence(view),
    ]


def _of_sides(view: View, item: Item, claim: ClaimDraft, odds: tuple[float, float]) -> Iterator[str]:
    steps = [_step(code, each) for code, each in zip((claim.supplier, claim.recipient), odds, strict=True)]
    yield f"supplier:{steps[0]}"
    yield f"recipient:{steps[1]}"
    yield f"sides:{steps[0]} {steps[1]}"
    yield f"sides:{claim.status} {claim.supplier is None} {claim.recipient is None}"
    makers = [code in PRODUCERS if code else None for code in (claim.supplier, claim.recipient)]
    yield f"makers:{makers[0]} {makers[1]}"
    homes = designs([item])
    if homes:
        yield f"design:{claim.supplier in homes} {claim.recipient in homes}"
    for side, code in (("supplier", claim.supplier), ("recipient", claim.recipient)):
        named = [actor for actor in view.actors if actor.code == code]
        for sign in sorted({f"{side}:{actor.kind} {actor.case}" for actor in named}):
            yield sign


def _of_sentence(view: View) -> Iterator[str]:
    states = {actor.code for actor in view.actors}
    yield f"sentence:{min(len(states), 4)} parties"
    yield f"sentence:{min(len(view.deal.items), 4)} goods"
    first, last = view.deal.clause
    cues = {cue for place in range(first, last) for cue in view.scene.cues.get(place, ())}
    for cue in TELLING:
        if cue in cues:
            yield f"cue:{cue}"
    for name in sorted({act.name for act in view.deal.acts if act is not view.deal.core}):
        yield f"with:{name}"


def _step(code: str | None, chance: float) -> str:
    """Give how sure a side is, in steps."""
    if code is None:
        return "open"
    return next((f"under {step}" for step in STEPS if chance < step), "sure")
