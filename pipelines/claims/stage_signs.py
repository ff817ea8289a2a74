"""What speaks for a stage and for how a passage stands to its claim, as signs that weights are fitted to."""

from collections.abc import Iterator

from pipelines.claims.modality import is_attributed
from pipelines.claims.parties import View
from pipelines.claims.status import RECIPIENTS_OF_GIFTS
from pipelines.items import ClaimDraft

STOPS = (".", "”", '"', "»")
QUOTES = ("“", '"', "«")
NEAR = 5  # words before an act that can bear on it


def stage_signs(view: View, claim: ClaimDraft, published: int | None) -> list[str]:
    """Give the signs of one claim; its own status and modality, as the rules read them, are among them.

    ``published`` is the year the text was published in.
    """
    core = view.deal.core
    act = f"{core.name} {core.tense}{' passive' if core.passive else ''}" if core else "none"
    gift = claim.recipient in RECIPIENTS_OF_GIFTS
    signs = [
        f"read:{claim.status}",
        f"read:{claim.modality}",
        f"read:{claim.status} {claim.modality}",
        f"act:{act}",
        f"act:{act} {claim.status}",
        f"gift:{gift} {claim.status}",
        f"gift:{gift} {core.name if core else None}",
        f"sides:{claim.supplier is None} {claim.recipient is None}",
        f"counted:{claim.quantity is not None}",
        f"rule:{claim.rule.partition(',')[0]}",
    ]
    return [*signs, *_acts(view), *_cues(view), *_text(view, claim, published)]


def _acts(view: View) -> Iterator[str]:
    """Give what else is done in the deal."""
    core = view.deal.core
    for name in sorted({f"{act.name} {act.tense}" for act in view.deal.acts if act is not core}):
        yield f"with:{name}"
        yield f"with:{name} {core.name if core else None}"
    for name in sorted({act.name for act in view.deal.acts if act is not core}):
        yield f"with:{name}"


def _cues(view: View) -> Iterator[str]:
    """Give the cues right before the act, in the deal, in its clause and in the sentence."""
    scene, deal = view.scene, view.deal
    first, last = deal.clause
    reaches = {"deal": range(deal.first, deal.last), "clause": range(first, last), "sentence": range(len(scene.words))}
    if deal.core is not None:
        reaches["act"] = range(max(0, deal.core.first - NEAR), deal.core.first)
    for reach, places in sorted(reaches.items()):
        for cue in sorted({cue for place in places for cue in scene.cues.get(place, ())}):
            yield f"{reach}:{cue}"


def _text(view: View, claim: ClaimDraft, published: int | None) -> Iterator[str]:
    """Give what the sentence as a whole shows."""
    text = view.scene.text
    yield f"text:title {view.scene.is_titled}"
    yield f"text:stop {text.rstrip().endswith(STOPS)}"
    yield f"text:told {is_attributed(view.scene, view.deal)}"
    yield f"text:colon {':' in text}"
    yield f"text:quote {any(mark in text for mark in QUOTES)}"
    if claim.year is not None:
        yield f"year:{'old' if published is not None and published - claim.year > 1 else 'new'}"
