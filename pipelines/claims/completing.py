"""What the claims of one paragraph tell of each other: open sides filled in, no pair that trades both ways."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.claims.entries import PRODUCERS, weapon_rows
from pipelines.claims.merging import NEAREST, Found
from pipelines.items import ClaimDraft

EVEN = ("deal", "licence")  # readings in which either side may sell


def complete_claims(found: Sequence[Found]) -> list[Found]:
    """Give the claims with open sides filled in from the others, without those that only turn another one round."""
    found = _with_stages(found)
    kept = [
        each
        for place, each in enumerate(found)
        if not any(_is_turned(each.claim, other) for other in _near(found, place))
    ]
    return [replace(each, claim=_filled(each.claim, _near(kept, place))) for place, each in enumerate(kept)]


def _near(found: Sequence[Found], place: int) -> list[ClaimDraft]:
    """Give the claims around one, so that a long paragraph takes linear time."""
    return [each.claim for each in found[max(0, place - NEAREST) : place + NEAREST + 1]]


def _with_stages(found: Sequence[Found]) -> list[Found]:
    """Give goods that a sentence only adds ("in addition to shells") the stage of those before them."""
    staged: list[Found] = []
    for each in found:
        claim, before = each.claim, staged[-1].claim if staged else None
        adds = before is not None and claim.status == "general" and before.evidence == claim.evidence
        if adds and before and _sides(before) == _sides(claim) and not claim.rule.startswith(("relation", "customer")):
            claim = replace(claim, status=before.status, modality=before.modality)
        staged.append(replace(each, claim=claim))
    return staged


def _sides(claim: ClaimDraft) -> tuple[str | None, str | None]:
    return claim.supplier, claim.recipient


def _filled(claim: ClaimDraft, others: Sequence[ClaimDraft]) -> ClaimDraft:
    """Fill an open side where all that is told of the other side names the same one."""
    if claim.supplier is not None and claim.recipient is not None:
        return claim
    told = [
        other
        for other in others
        if other.supplier
        and other.recipient
        and (claim.supplier in {None, other.supplier})
        and (claim.recipient in {None, other.recipient})
    ]
    pairs = {(other.supplier, other.recipient) for other in told}
    if len(pairs) != 1 or (claim.supplier is None and claim.recipient is None and claim.status != "seized"):
        return claim
    supplier, recipient = pairs.pop()
    return replace(claim, supplier=supplier, recipient=recipient, rule=f"{claim.rule}, as told")


def _is_turned(claim: ClaimDraft, other: ClaimDraft) -> bool:
    """Answer whether another claim has the same two sides the other way round, and is the likelier of both."""
    if claim.supplier is None or (claim.supplier, claim.recipient) != (other.recipient, other.supplier):
        return False
    return _likelihood(other) > _likelihood(claim)


def _likelihood(claim: ClaimDraft) -> tuple[int, ...]:
    """Rank two readings of one pair: design and industry tell who sells, then how it was read, then the later words."""
    row = weapon_rows().get(claim.weapon or "")
    homes = row["country_of_origin_iso3"].split("|") if row else []
    designed = (claim.supplier in homes) - (claim.recipient in homes)
    makes = (claim.supplier in PRODUCERS) - (claim.recipient in PRODUCERS)
    directed = not claim.rule.startswith(EVEN)
    return designed, makes, directed, round(claim.confidence * 100), claim.evidence.start or 0
