"""What a sentence adds to the one before without naming the goods: "six of them arrived", "the deal is worth"."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.claims.acts import Act
from pipelines.claims.merging import Found, widened
from pipelines.claims.modality import attributed_to, is_attributed
from pipelines.claims.money import with_value
from pipelines.claims.numbers import Number
from pipelines.claims.sentences import Span
from pipelines.claims.status import EVENTS
from pipelines.claims.told import Told
from pipelines.claims.values import find_value_kind
from pipelines.claims.weapons import Item
from pipelines.items import Evidence

STAGES = frozenset({"delivered", "delivering", "contracted"})
YEARS = range(1900, 2101)


def elliptic_claims(found: Sequence[Found], told: Told) -> list[Found]:
    """Give a claim for "six of them arrived": sides and goods of the claim before, number and stage anew."""
    if not found or not _is_part(told):
        return []
    act = next((act for act in told.acts if EVENTS.get((act.name, act.tense)) in STAGES), None)
    number = _count(told, act) if act else None
    if act is None or number is None:
        return []
    before = found[-1]
    claim = replace(
        before.claim,
        evidence=Evidence(told.scene.text, None, 0, len(told.scene.text)),
        status=EVENTS[act.name, act.tense],
        modality="attributed" if is_attributed(told.scene) else _inherited(before.claim.modality),
        rule="ellipsis",
        quantity=int(number.value),
        quantity_qualifier="exact",
        value_min=None,
        value_max=None,
        value_qualifier=None,
        currency=None,
        value_kind=None,
        year=None,
    )
    return [Found(claim, before.generic)]


def listed_claims(found: Sequence[Found], told: Told) -> list[Found]:
    """Give a claim for each of the goods in "The package includes ...": all else as in the claim before."""
    cues = told.scene.cues
    listing = next((place for place, kinds in sorted(cues.items()) if "lists" in kinds), None)
    named = any("gave" in kinds or "pron" in kinds for place, kinds in cues.items() if place <= 3)
    items = [item for deal in told.deals for item in deal.items if listing is not None and item.first > listing]
    if _is_bare_list(found, told):
        return [_listed(told, found[-1], item) for deal in told.deals for item in deal.items if not item.generic]
    if not found or not items or not named or listing is None or listing > 8:
        return []
    return [_listed(told, found[-1], item) for item in items if not item.generic]


def _is_bare_list(found: Sequence[Found], told: Told) -> bool:
    """Answer whether a sentence without verb or party only counts the goods of a package: "— 10 танков;"."""
    if not found or told.acts or told.actors:
        return False
    counted = [item for deal in told.deals for item in deal.items if item.number is not None]
    return found[-1].generic and found[-1].claim.status == "donated" and bool(counted)


def _listed(told: Told, before: Found, item: Item) -> Found:
    claim = replace(
        before.claim,
        evidence=Evidence(told.scene.text, None, 0, len(told.scene.text)),
        rule="listed",
        weapon=item.designation,
        weapon_raw=item.names,
        category=item.category,
        register_category=None,
        quantity=item.number,
        quantity_qualifier=item.number_kind,
    )
    return Found(claim, item.generic)


def _inherited(modality: str) -> str:
    return "attributed" if modality == "attributed" else "asserted"


def _is_part(told: Told) -> bool:
    return any("of_them" in kinds for kinds in told.scene.cues.values())


def _count(told: Told, act: Act) -> Number | None:
    """Give the only number that stands before the act."""
    at = told.scene.words[act.first].start
    numbers = [
        number
        for number in told.numbers
        if number.end <= at and number.value == int(number.value) and not (number.digits and int(number.value) in YEARS)
    ]
    return numbers[0] if len(numbers) == 1 else None


def with_later_value(text: str, span: Span, found: list[Found], told: Told) -> list[Found]:
    """Give the claims with the sum that a following "The deal, worth ..." names for them."""
    if not found or not told.sums or not (_points_back(told) or _is_price(found[-1], told)):
        return found
    last = found[-1].claim.evidence
    return [
        _valued(text, span, each, told) if each.claim.currency is None and each.claim.evidence == last else each
        for each in found
    ]


def _points_back(told: Told) -> bool:
    return any("gave" in kinds for place, kinds in told.scene.cues.items() if place <= 3)


def _is_price(before: Found, told: Told) -> bool:
    """Answer whether a sum is what the goods before cost: a word of price is near, and no third state is named."""
    sides = {before.claim.supplier, before.claim.recipient}
    if any(actor.code not in sides for actor in told.actors if len(actor.code) == 3 and actor.case != "source"):
        return False
    words, money = told.scene.words, told.sums[0]
    return any(
        "worth" in kinds and (-40 <= words[place].start - money.end <= 40 or 0 <= money.start - words[place].end <= 40)
        for place, kinds in told.scene.cues.items()
    )


def with_later_source(found: list[Found], told: Told) -> list[Found]:
    """Give the claims of the sentence before as the words of whom a following "Об этом сообщил ..." names."""
    points_back = any("so" in kinds for place, kinds in told.scene.cues.items() if place <= 1)
    if not found or told.deals or not points_back or not is_attributed(told.scene):
        return found
    last = found[-1].claim.evidence
    speaker = attributed_to(told.scene, told.actors)
    return [
        replace(each, claim=replace(each.claim, modality="attributed", attributed_to=speaker))
        if each.claim.modality == "asserted" and each.claim.evidence == last
        else each
        for each in found
    ]


def _valued(text: str, span: Span, found: Found, told: Told) -> Found:
    """Put the sum into the claim; the quote then runs to the end of the sentence that names it."""
    money = told.sums[0]
    kind = find_value_kind(told.scene, money, found.claim.status, total=False)
    claim = replace(with_value(found.claim, money), value_kind=kind)
    named = Evidence(text[span.start : span.end], claim.evidence.paragraph, span.start, span.end)
    return Found(replace(claim, evidence=widened(text, claim.evidence, named)), found.generic)
