"""Claims of one paragraph that say the same, made one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from pipelines.claims.gazetteer import scan
from pipelines.claims.normal_form import normal_form
from pipelines.items import ClaimDraft, Evidence

LONGEST_QUOTE = 600
NEAREST = 24  # claims back that a claim is compared with
FILLER = frozenset(
    [
        "military",
        "defense",
        "defence",
        "new",
        "other",
        "of",
        "the",
        "and",
        "for",
        "de",
        "la",
        "le",
        "el",
        "y",
        "et",
        "и",
        "системы",
        "system",
        "systems",
    ]
)


@dataclass(frozen=True, slots=True)
class Found:
    """A claim as found, whether its words for the goods are generic ("arms"), and in which deal of its sentence."""

    claim: ClaimDraft
    generic: bool
    deal: int = 0


def placed(text: str, claim: ClaimDraft, paragraph: int, start: int) -> ClaimDraft:
    """Give the claim of a sentence its place in the paragraph the sentence begins in at ``start``."""
    first, last = start + (claim.evidence.start or 0), start + (claim.evidence.end or 0)
    return replace(claim, evidence=Evidence(text[first:last], paragraph, first, last))


def merge_claims(text: str, found: Iterable[Found]) -> list[ClaimDraft]:
    """Join claims with the same two sides and the same item, unless number, value or year part them."""
    merged: list[Found] = []
    for new in found:
        first = max(0, len(merged) - NEAREST)
        place = next((place for place in range(first, len(merged)) if _are_one(text, merged[place], new)), None)
        if place is None:
            merged.append(new)
        else:
            merged[place] = _joined(text, merged[place], new)
    return [each.claim for each in merged]


def _is_headline(text: str, claim: ClaimDraft) -> bool:
    """Answer whether a claim stands in a line of its own before the text."""
    end = claim.evidence.end or 0
    return text[end : end + 1] == "\n"


def _is_one_stage(before: ClaimDraft, claim: ClaimDraft) -> bool:
    stages = {before.status, claim.status}
    return len(stages) == 1 or bool(stages & {"general", "requested", "negotiating", "offered"})


def _are_one(text: str, old: Found, new: Found) -> bool:
    before, claim = old.claim, new.claim
    if not _are_same_sides(before, claim):
        return False
    if before.status != claim.status and any(each.rule.endswith(", ordered") for each in (before, claim)):
        return False
    counted = [each for each in (before, claim) if each.quantity is not None or each.value_min or each.value_max]
    if before.status != claim.status and len(counted) == 2:
        return False
    if old.generic != new.generic and not _is_headline(text, before) and not _is_one_stage(before, claim):
        return False
    fields = (
        (before.quantity, claim.quantity),
        (before.value_min, claim.value_min),
        (before.value_max, claim.value_max),
        (before.year, claim.year),
    )
    if any(one is not None and other is not None and one != other for one, other in fields):
        return False
    ends = (before.evidence.start or 0, claim.evidence.end or 0)
    return ends[1] - ends[0] <= LONGEST_QUOTE and _are_same_items(old, new)


def _are_same_sides(before: ClaimDraft, claim: ClaimDraft) -> bool:
    """Answer whether the sides agree, or one claim only leaves out a side the other names."""
    sides = ((before.supplier, claim.supplier), (before.recipient, claim.recipient))
    if not all(one is None or other is None or _is_same_party(one, other) for one, other in sides):
        return False
    if before.status == claim.status == "seized":
        return True
    return any(one is not None and other is not None for one, other in sides)


@lru_cache(maxsize=4096)
def _is_same_party(one: str, other: str) -> bool:
    """Answer whether two names are of one party: "RSF" and "Rapid Support Forces"."""
    if one == other:
        return True
    entries = [{hit.entry.value for hit in scan(name) if hit.end - hit.start == len(name)} for name in (one, other)]
    return bool(entries[0] & entries[1])


def _longer(one: str | None, other: str | None) -> str | None:
    """Give the fuller name of a party, the first where none is."""
    return other if one is None or (other is not None and len(other) > len(one)) else one


def _are_same_items(old: Found, new: Found) -> bool:
    before, claim = old.claim, new.claim
    if old.generic or new.generic:
        return old.generic == new.generic or before.evidence != claim.evidence
    if before.weapon and claim.weapon:
        return before.weapon == claim.weapon
    if _is_same_kind(old, new):
        return True
    codes = _codes(before), _codes(claim)
    if before.evidence == claim.evidence and all(codes) and codes[0].isdisjoint(codes[1]):
        return False  # "a Mi-17 and a Mi-2 helicopter" are two
    return bool(_stems(before) & _stems(claim))


def _is_same_kind(old: Found, new: Found) -> bool:
    """Answer whether later words only call the goods by their kind: "MiG-29s", then "the fighter jets"."""
    before, claim = old.claim, new.claim
    later = before.evidence != claim.evidence or old.deal != new.deal
    later = later and before.category == claim.category != "other"
    counted = claim.quantity is not None or (claim.currency is not None and before.currency is not None)
    told = claim.status in {before.status, "general", "requested"} and not counted
    return later and told and claim.weapon is None


def _codes(claim: ClaimDraft) -> set[str]:
    return {word for name in claim.weapon_raw for word in re.findall(r"\w*\d\w*", name)}


def _stems(claim: ClaimDraft) -> set[str]:
    words = (word for name in claim.weapon_raw for word in re.findall(r"\w+", normal_form(name)))
    return {word[:5].rstrip("s") for word in words if word not in FILLER}


def _joined(text: str, old: Found, new: Found) -> Found:
    """Keep the earlier claim, with what only the later says; the quote then covers both."""
    before, claim = old.claim, new.claim
    specific = claim if old.generic and not new.generic else before
    told = claim if _is_headline(text, before) and claim.status != "general" else before
    if before.status == claim.status and {before.modality, claim.modality} == {"attributed", "asserted"}:
        told = before if before.modality == "attributed" or told is before else claim
    joined = replace(
        before,
        supplier=_longer(before.supplier, claim.supplier),
        recipient=_longer(before.recipient, claim.recipient),
        weapon=before.weapon or claim.weapon,
        weapon_raw=specific.weapon_raw if old.generic != new.generic else _names(before, claim),
        category=specific.category,
        register_category=before.register_category or claim.register_category,
        year=before.year or claim.year,
        status=claim.status if before.status == "general" else told.status,
        modality=told.modality,
        attributed_to=told.attributed_to,
        evidence=widened(text, before.evidence, claim.evidence),
    )
    joined = joined if before.quantity is not None else _with_quantity(joined, claim)
    joined = joined if before.currency else _with_value(joined, claim)
    return Found(joined, old.generic and new.generic, new.deal)


def _names(before: ClaimDraft, claim: ClaimDraft) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*before.weapon_raw, *claim.weapon_raw)))


def _with_quantity(claim: ClaimDraft, other: ClaimDraft) -> ClaimDraft:
    return replace(claim, quantity=other.quantity, quantity_qualifier=other.quantity_qualifier)


def _with_value(claim: ClaimDraft, other: ClaimDraft) -> ClaimDraft:
    return replace(
        claim,
        value_min=other.value_min,
        value_max=other.value_max,
        value_qualifier=other.value_qualifier,
        currency=other.currency,
        value_kind=other.value_kind,
    )


def widened(text: str, one: Evidence, other: Evidence) -> Evidence:
    """Give the evidence that covers both."""
    start, end = min(one.start or 0, other.start or 0), max(one.end or 0, other.end or 0)
    return replace(one, quote=text[start:end], start=start, end=end)
