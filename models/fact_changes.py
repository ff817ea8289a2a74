"""What changed between two readings of an article, in facts: a supplier removed, 12 that became 10."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.listing_claims import ClaimRow

# A claim's facts, as people name them, and the columns that hold each.
FACTS: dict[str, tuple[str, ...]] = {
    "supplier": ("supplier",),
    "recipient": ("recipient",),
    "weapon": ("weapon", "weapon_raw"),
    "category": ("category",),
    "quantity": ("quantity", "quantity_qualifier"),
    "value": ("value_min", "value_max", "value_qualifier", "currency", "value_kind"),
    "status": ("status",),
    "modality": ("modality",),
    "said by": ("attributed_to",),
    "year": ("year",),
}
WEIGHTS = {"supplier": 3, "recipient": 3, "weapon": 3, "status": 1, "quantity": 1, "value": 1}
LEAST_ALIKE = 5  # two of the three that say what a claim is about, or one of them and two of the others


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that is other than before, in words; None where it is not stated."""

    fact: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """One claim that came (no ``before``), went (no ``after``), or states other facts."""

    before: ClaimRow | None
    after: ClaimRow | None
    facts: tuple[FactChange, ...] = ()


def find_claim_changes(before: Sequence[ClaimRow], after: Sequence[ClaimRow]) -> tuple[ClaimChange, ...]:
    """Pair the claims of two readings, and give those that differ, those changed first."""
    left, right = _without_equals(before, after)
    pairs = _pair(left, right)
    changed = [ClaimChange(left[i], right[j], _changed_facts(left[i], right[j])) for i, j in pairs]
    gone = [ClaimChange(claim, None) for i, claim in enumerate(left) if i not in {i for i, _ in pairs}]
    came = [ClaimChange(None, claim) for j, claim in enumerate(right) if j not in {j for _, j in pairs}]
    return (*changed, *gone, *came)


def _without_equals(before: Sequence[ClaimRow], after: Sequence[ClaimRow]) -> tuple[list[ClaimRow], list[ClaimRow]]:
    """Leave out the claims that both readings make, each used once."""
    right = list(after)
    left = []
    for claim in before:
        same = next((other for other in right if not _changed_facts(claim, other)), None)
        if same is None:
            left.append(claim)
        else:
            right.remove(same)
    return left, right


def _pair(left: Sequence[ClaimRow], right: Sequence[ClaimRow]) -> list[tuple[int, int]]:
    """Pair what is most alike first, as places in the two lists."""
    scored = [(_likeness(a, b), -i, -j) for i, a in enumerate(left) for j, b in enumerate(right)]
    pairs: list[tuple[int, int]] = []
    for score, i, j in sorted(scored, reverse=True):
        is_free = -i not in {a for a, _ in pairs} and -j not in {b for _, b in pairs}
        if score >= LEAST_ALIKE and is_free:
            pairs.append((-i, -j))
    return sorted(pairs)


def _likeness(one: ClaimRow, other: ClaimRow) -> int:
    """Weigh the facts that two claims share; saying nothing alike is no likeness."""
    shared = (name for name in WEIGHTS if _stated(one, name) and _stated(one, name) == _stated(other, name))
    return sum(WEIGHTS[name] for name in shared)


def _changed_facts(before: ClaimRow, after: ClaimRow) -> tuple[FactChange, ...]:
    told = ((name, _stated(before, name), _stated(after, name)) for name in FACTS)
    return tuple(FactChange(name, old, new) for name, old, new in told if old != new)


def _stated(claim: ClaimRow, fact: str) -> str | None:
    """Write a fact in words, None where the claim does not state it."""
    if fact == "weapon":
        return claim.weapon or (", ".join(claim.weapon_raw) or None)
    if fact == "value" and claim.value_min is not None and claim.value_min == claim.value_max:
        return _words(claim.value_qualifier, claim.value_min, claim.currency, claim.value_kind)
    values = [getattr(claim, column) for column in FACTS[fact]]
    if fact == "quantity":
        values.reverse()
    return _words(*values) if any(isinstance(value, int | float | str) for value in values) else None


def _words(*values: Any) -> str:
    parts = [f"{value:,}" if isinstance(value, int | float) else str(value) for value in values if value is not None]
    return " ".join(part.removesuffix(".0") for part in parts if part != "exact")
