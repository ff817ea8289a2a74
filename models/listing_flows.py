"""How many transfers there are, by who, whom, what, how far and when; values by kind and currency, never added up."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Integer, cast, func, null, select
from sqlalchemy.orm import Session

from models.listing_transfers import BESIDE, TransferFilters, transfer_conditions
from models.transfer import Transfer, transfer_claim

Value = str | int | bool | None

DIMENSIONS: dict[str, Any] = {
    "supplier": Transfer.supplier,
    "recipient": Transfer.recipient,
    "weapon": Transfer.weapon,
    "category": Transfer.category,
    "status": Transfer.status,
    "year": Transfer.year,
    "origins": Transfer.independent_origins,
    "level": Transfer.level,
    "contradicted": Transfer.contradicted,
}


@dataclass(frozen=True, slots=True)
class Count:
    """So many transfers have these values, in the order of the dimensions asked for."""

    values: tuple[Value, ...]
    transfers: int


@dataclass(frozen=True, slots=True)
class TransferTotals:
    """Transfers at a glance; ``corroborated`` have two independent origins or more."""

    transfers: int
    suppliers: int
    recipients: int
    corroborated: int
    contradicted: int


@dataclass(frozen=True, slots=True)
class StatedValues:
    """Values of one kind in one currency: how many transfers have one, the lowest and the highest of them."""

    value_kind: str | None
    currency: str | None
    transfers: int
    lowest: float | None
    highest: float | None


def count_transfers(session: Session, filters: TransferFilters, by: tuple[str, ...]) -> tuple[Count, ...]:
    """Count transfers by the dimensions named, the most frequent first."""
    columns, conditions = [DIMENSIONS[name] for name in by], transfer_conditions(filters)
    if conditions:
        # As expressions, or SQLite walks a small index in the order of the groups and reads every row for the filters.
        columns = [func.coalesce(column, null()) for column in columns]
    query = select(*columns, func.count()).where(*conditions).group_by(*columns)
    counts = [Count(tuple(values), number) for *values, number in session.execute(query)]
    return tuple(sorted(counts, key=lambda count: (-count.transfers, *(str(value) for value in count.values))))


def list_facets(session: Session, filters: TransferFilters) -> dict[str, tuple[Count, ...]]:
    """Count, for each dimension, what choosing each of its values would leave, the other filters as they are."""
    facets = {name: count_transfers(session, replace(filters, **{name: None}), (name,)) for name in DIMENSIONS}
    return facets | {
        "status": _with_states_beside(session, replace(filters, status=None), facets["status"]),
        "origins": _at_least(facets["origins"]),
        "level": _at_least(facets["level"]),
    }


def _with_states_beside(session: Session, filters: TransferFilters, counts: tuple[Count, ...]) -> tuple[Count, ...]:
    """Add transfers that have a state beside the stage they reached: the filter finds these as well."""
    numbers = Counter({count.values[0]: count.transfers for count in counts})
    beside = select(transfer_claim.c.status, func.count(transfer_claim.c.transfer_id.distinct()))
    beside = beside.join(Transfer, Transfer.id == transfer_claim.c.transfer_id).where(
        *transfer_conditions(filters),
        transfer_claim.c.role == "support",
        transfer_claim.c.status.in_(BESIDE),
        transfer_claim.c.status != Transfer.status,
    )
    numbers.update(dict(session.execute(beside.group_by(transfer_claim.c.status)).all()))
    return tuple(Count((status,), number) for status, number in numbers.most_common())


def _at_least(counts: tuple[Count, ...]) -> tuple[Count, ...]:
    """Turn counts of exactly so many (origins, or so high a level) into counts of at least so many."""
    numbers = {int(count.values[0]): count.transfers for count in counts if count.values[0] is not None}
    return tuple(
        Count((least,), sum(number for reached, number in numbers.items() if reached >= least))
        for least in sorted(numbers)
        if least > 0
    )


def transfer_totals(session: Session, filters: TransferFilters) -> TransferTotals:
    """Give what the filters leave at a glance."""
    query = select(
        func.count(),
        func.count(Transfer.supplier.distinct()),
        func.count(Transfer.recipient.distinct()),
        func.sum(cast(Transfer.independent_origins >= 2, Integer)),
        func.sum(cast(Transfer.contradicted, Integer)),
    )
    return TransferTotals(
        *(number or 0 for number in session.execute(query.where(*transfer_conditions(filters))).one())
    )


def stated_values(session: Session, filters: TransferFilters) -> tuple[StatedValues, ...]:
    """Give the span of the values of each kind and currency."""
    kinds = (Transfer.value_kind, Transfer.currency)
    highest = func.max(func.coalesce(Transfer.value_max, Transfer.value_min))
    lowest = func.min(func.coalesce(Transfer.value_min, Transfer.value_max))
    query = select(*kinds, func.count(), lowest, highest).where(*transfer_conditions(filters))
    query = query.where(Transfer.value_min.is_not(None) | Transfer.value_max.is_not(None)).group_by(*kinds)
    rows = [StatedValues(*row) for row in session.execute(query)]
    return tuple(sorted(rows, key=lambda row: (-row.transfers, row.value_kind or "", row.currency or "")))
