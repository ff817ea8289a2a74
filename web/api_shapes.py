"""Shapes of what the database keeps as JSON within a transfer, so that the API's description can name them.

Numbers in ``claims`` are ids of claims.
"""

from dataclasses import dataclass
from datetime import datetime

from models.listing_claims import ClaimRow
from models.listing_transfers import TransferRow


@dataclass(frozen=True, slots=True)
class Rung:
    """One stage: who says that it was reached, who plans, denies or repeats it, and its three times.

    ``level`` says how strong that is, from 0 to 5, and ``explanation`` why; null where it was joined before there were
    levels.
    """

    status: str
    claims: tuple[int, ...]
    plans: tuple[int, ...]
    denials: tuple[int, ...]
    repeats: tuple[int, ...]
    origins: int
    happened: str | None
    published_at: datetime | None
    first_seen_at: datetime | None
    level: int | None
    explanation: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number or value with who says so, from ``low`` to ``high``, open where they are null."""

    status: str
    low: float | None
    high: float | None
    about: bool
    claims: tuple[int, ...]
    outlets: tuple[str, ...]
    origins: int
    kind: str | None
    currency: str | None
    level: int | None
    explanation: str | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Claims that count as one source, and what they share."""

    claims: tuple[int, ...]
    outlets: tuple[str, ...]
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sides that agree or contradict each other on one field."""

    field: str
    note: str
    sides: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class TransferShape(TransferRow):
    """One transfer as the API describes it."""

    rungs: tuple[Rung, ...]
    quantities: tuple[Figure, ...]
    amounts: tuple[Figure, ...]
    origins: tuple[Origin, ...]
    contradictions: tuple[Comparison, ...]
    agreements: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class TransferWhole:
    """One transfer with its claims, those of the earliest article first."""

    transfer: TransferShape
    claims: tuple[ClaimRow, ...]
