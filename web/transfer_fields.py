"""What each independent origin of a transfer says, field by field."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models.listing_claims import ClaimRow
from models.listing_evidence import EvidenceRow
from models.listing_transfers import TransferRow
from web.shown import show_number, show_words
from web.transfer_words import show_money, stage_words, state_name


@dataclass(frozen=True, slots=True)
class OriginFields:
    """One origin: its outlets, what its articles share, and what they state for each field, each statement once."""

    outlets: tuple[str, ...]
    shared: tuple[str, ...]
    stated: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FieldSupport:
    """How many independent origins name a field, and how many the statement most of them share."""

    field: str
    origins: int
    agreeing: int


def _quantity(claim: ClaimRow) -> str | None:
    before = f"{show_words(claim.quantity_qualifier)} " if claim.quantity_qualifier not in (None, "exact") else ""
    return None if claim.quantity is None else before + show_number(claim.quantity)


def _value(claim: ClaimRow) -> str | None:
    if claim.value_min is None and claim.value_max is None:
        return None
    low, high = claim.value_min, claim.value_max
    amount = show_money(low if low is not None else high)
    if low is not None and high is not None and low != high:
        amount = f"{amount} to {show_money(high)}"
    before = f"{show_words(claim.value_qualifier)} " if claim.value_qualifier not in (None, "exact") else ""
    kind = f" ({claim.value_kind})" if claim.value_kind else ""
    return f"{before}{amount} {claim.currency or 'of unknown currency'}{kind}"


FIELDS: dict[str, Callable[[EvidenceRow], str | None]] = {
    "supplier": lambda row: state_name(row.claim.supplier) if row.claim.supplier else None,
    "recipient": lambda row: state_name(row.claim.recipient) if row.claim.recipient else None,
    "item": lambda row: row.claim.weapon or ", ".join(row.claim.weapon_raw) or None,
    "stage": lambda row: stage_words(row.claim.status) if row.claim.status != "general" else None,
    "quantity": lambda row: _quantity(row.claim),
    "value": lambda row: _value(row.claim),
    "when": lambda row: row.happened_on or (str(row.claim.year) if row.claim.year else None),
}


def origin_fields(row: TransferRow, evidence: Mapping[int, EvidenceRow]) -> tuple[OriginFields, ...]:
    """Give what each origin states."""
    return tuple(
        OriginFields(
            outlets=tuple(origin["outlets"]),
            shared=tuple(origin["shared"]),
            stated=_stated([evidence[number] for number in origin["claims"] if number in evidence]),
        )
        for origin in row.origins
    )


def _stated(rows: Sequence[EvidenceRow]) -> dict[str, tuple[str, ...]]:
    said = {name: [read(row) for row in rows] for name, read in FIELDS.items()}
    return {name: tuple(dict.fromkeys(each for each in own if each)) for name, own in said.items()}


def field_supports(origins: Sequence[OriginFields]) -> tuple[FieldSupport, ...]:
    """Count origins for each field."""
    return tuple(_support(name, [origin.stated[name] for origin in origins]) for name in FIELDS)


def _support(name: str, stated: Sequence[tuple[str, ...]]) -> FieldSupport:
    votes = Counter(each for own in stated for each in own)
    return FieldSupport(name, sum(map(bool, stated)), max(votes.values(), default=0))
