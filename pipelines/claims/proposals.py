"""The one gate for claims that another finder proposes: what the text does not say word for word is refused."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipelines.claims.gazetteer import scan
from pipelines.claims.places import find_states
from pipelines.claims.printed_figures import printed_value, prints_quantity, prints_year
from pipelines.claims.vocabulary import CATEGORIES, MODALITIES, QUALIFIERS, STATUSES
from pipelines.items import ClaimDraft, Evidence, Paragraph

QUOTE_MAX = 1_000
# Of every proposal that passes: what a model says of its own certainty is not measured.
CONFIDENCE = 0.5
TEXTS = ("supplier", "recipient", "category", "value_currency", "value_qualifier", "status", "modality")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposal that was not believed, as it came, and why."""

    reason: str
    proposal: object


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of the proposals."""

    accepted: tuple[ClaimDraft, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed claim in the words of the labels; ``value_amount`` in full units of ``value_currency``."""

    quote: str
    equipment: tuple[str, ...]
    supplier: str | None = None
    recipient: str | None = None
    category: str | None = None
    quantity: int | None = None
    value_amount: float | None = None
    value_currency: str | None = None
    value_qualifier: str | None = None
    status: str | None = None
    year: int | None = None
    modality: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """The paragraph a quote stands in, and the language its figures are written in."""

    text: str
    language: str | None


def check_proposals(
    paragraphs: Sequence[Paragraph], proposals: Sequence[object], language: str | None = None
) -> Checked:
    """Give the proposals that the paragraphs bear out as claims, and the others with the reason."""
    accepted: list[ClaimDraft] = []
    refused: list[Refusal] = []
    for raw in proposals:
        answer = _check(paragraphs, raw, language)
        if isinstance(answer, ClaimDraft) and answer in accepted:
            answer = "proposed twice"
        if isinstance(answer, str):
            refused.append(Refusal(answer, raw))
        else:
            accepted.append(answer)
    return Checked(tuple(accepted), tuple(refused))


def _check(paragraphs: Sequence[Paragraph], raw: object, language: str | None) -> ClaimDraft | str:
    proposal = read_proposal(raw)
    if proposal is None:
        return "not in the agreed form"
    reasons = []
    for place, paragraph in enumerate(paragraphs):
        start = paragraph.text.find(proposal.quote)
        if start >= 0:
            setting = Setting(paragraph.text, language)
            reason = next((reason for reason, holds in CHECKS if not holds(proposal, setting)), None)
            if reason is None:
                evidence = Evidence(proposal.quote, place, start, start + len(proposal.quote))
                return _draft(proposal, evidence, language)
            reasons.append(reason)
    return reasons[0] if reasons else "quote is not in the text"


def without_known(proposed: Sequence[ClaimDraft], known: Sequence[ClaimDraft]) -> tuple[ClaimDraft, ...]:
    """Leave out proposals that repeat a claim which the rules read from the same words."""
    return tuple(each for each in proposed if not any(_is_repeated(each, other) for other in known))


def _is_repeated(one: ClaimDraft, other: ClaimDraft) -> bool:
    here, there = one.evidence, other.evidence
    if here.paragraph != there.paragraph or None in {here.start, here.end, there.start, there.end}:
        return False
    overlap = max(here.start or 0, there.start or 0) < min(here.end or 0, there.end or 0)
    same = all(getattr(one, name) == getattr(other, name) for name in ("supplier", "recipient", "status"))
    goods = (one.weapon is not None and one.weapon == other.weapon) or any(
        mine in theirs or theirs in mine for mine in one.weapon_raw for theirs in other.weapon_raw
    )
    return overlap and same and goods


def read_proposal(raw: object) -> Proposal | None:
    """Read one JSON object; None where a field is missing or of the wrong type. Unknown fields are left aside."""
    if not isinstance(raw, Mapping):
        return None
    equipment = raw.get("equipment")
    names = [equipment] if isinstance(equipment, str) else equipment
    quote, quantity, year, amount = (raw.get(field) for field in ("quote", "quantity", "year", "value_amount"))
    if not isinstance(quote, str) or not quote.strip() or len(quote) > QUOTE_MAX:
        return None
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and name for name in names):
        return None
    if not all(raw.get(field) is None or isinstance(raw.get(field), str) for field in TEXTS):
        return None
    if not (_is_count(quantity) and _is_count(year) and _is_amount(amount)):
        return None
    texts: dict[str, Any] = {field: raw.get(field) or None for field in TEXTS}
    return Proposal(quote, tuple(names), quantity=quantity, year=year, value_amount=amount, **texts)


def _is_count(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9)


def _is_amount(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e16)


def _is_named(party: str | None, text: str) -> bool:
    """Answer whether the text names a state (or a maker of its) by any spelling we know, or a group as written."""
    if party is None:
        return True
    if len(party) == 3 and party.isascii() and party.isupper():
        return party in _states_in(text)
    return not party[0].islower() and _stands_in(party, text)


def _stands_in(words: str, text: str) -> bool:
    """Answer whether the words stand in the text as words, not inside of longer ones."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


@lru_cache(maxsize=16)
def _states_in(text: str) -> frozenset[str]:
    return frozenset(hit.entry.iso3 for hit in scan(text) if hit.entry.iso3 and hit.entry.kind != "group")


def _has_quantity(it: Proposal, setting: Setting) -> bool:
    return it.quantity is None or prints_quantity(it.quote, it.quantity, setting.language)


def _has_value(it: Proposal, setting: Setting) -> bool:
    if it.value_amount is None or it.value_currency is None:
        return True
    printed = printed_value(it.quote, it.value_amount, it.value_currency, setting.language)
    return printed is not None and (it.value_qualifier != "range" or printed.upper is not None)


CHECKS: tuple[tuple[str, Callable[[Proposal, Setting], bool]], ...] = (
    ("status is not in the vocabulary", lambda it, _: it.status in STATUSES),
    ("modality is not in the vocabulary", lambda it, _: it.modality in MODALITIES),
    ("category is not in the vocabulary", lambda it, _: it.category in CATEGORIES),
    ("qualifier is not in the vocabulary", lambda it, _: it.value_qualifier in {None, *QUALIFIERS}),
    ("names no party", lambda it, _: bool(it.supplier or it.recipient) or it.status == "seized"),
    (
        "supplier and recipient are the same",
        lambda it, _: it.supplier is None or _state(it.supplier) != _state(it.recipient),
    ),
    ("equipment is not in the quote", lambda it, _: all(_stands_in(name, it.quote) for name in it.equipment)),
    ("quote says no more than the item", lambda it, _: it.quote.strip() not in it.equipment),
    ("supplier is not named there", lambda it, setting: _is_named(it.supplier, setting.text)),
    ("recipient is not named there", lambda it, setting: _is_named(it.recipient, setting.text)),
    ("quantity is not in the quote", _has_quantity),
    ("amount without a currency", lambda it, _: (it.value_amount is None) == (it.value_currency is None)),
    ("value is not in the quote", _has_value),
    ("year is not in the paragraph", lambda it, setting: it.year is None or prints_year(setting.text, it.year)),
)


def _draft(proposal: Proposal, evidence: Evidence, language: str | None) -> ClaimDraft:
    low, high, qualifier = _value(proposal, language)
    return ClaimDraft(
        supplier=_state(proposal.supplier),
        recipient=_state(proposal.recipient),
        evidence=evidence,
        status=proposal.status or "",
        modality=proposal.modality or "",
        rule="proposed",
        confidence=CONFIDENCE,
        weapon=_designation(proposal.equipment),
        weapon_raw=proposal.equipment,
        category=proposal.category,
        quantity=proposal.quantity,
        value_min=low,
        value_max=high,
        value_qualifier=qualifier,
        currency=proposal.value_currency,
        year=proposal.year,
    )


def _value(proposal: Proposal, language: str | None) -> tuple[float | None, float | None, str | None]:
    """Give least and greatest value and the qualifier; a range has the ends that are printed."""
    amount, currency, qualifier = proposal.value_amount, proposal.value_currency, proposal.value_qualifier
    if amount is None or currency is None:
        return None, None, None
    printed = printed_value(proposal.quote, amount, currency, language)
    if printed is not None and printed.upper is not None:
        return printed.amount, printed.upper, "range"
    return None if qualifier == "up_to" else amount, None if qualifier == "over" else amount, qualifier


def _state(party: str | None) -> str | None:
    """Give the code of a state that was proposed by its name; a group keeps its name."""
    states = find_states(party or "")
    is_whole = len(states) == 1 and states[0].kind == "name" and states[0].end - states[0].start == len(party or "")
    return states[0].iso3 if is_whole else party


def _designation(equipment: tuple[str, ...]) -> str | None:
    hits = (hit for name in equipment for hit in scan(name) if hit.entry.kind == "designation")
    return next((hit.entry.value for hit in hits), None)
