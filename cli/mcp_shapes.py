"""Shapes of what an assistant is told; each statement carries where it comes from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

# No slots: the SDK would take those for defaults and describe no shape.


@dataclass(frozen=True)
class Citation:
    """Where something stands: ``date`` is of publication, a day where no time is known; null is unknown."""

    outlet: str
    headline: str | None
    date: str | None
    url: str
    article_id: int
    capture_id: int | None


@dataclass(frozen=True)
class Hit:
    """One article found, with a verbatim part of its text."""

    citation: Citation
    language: str | None
    claims: int
    snippet: str


@dataclass(frozen=True)
class CitedArticles:
    """Articles found."""

    untrusted: str
    total: int
    articles: tuple[Hit, ...]


@dataclass(frozen=True)
class CitedClaim:
    """One statement, the words that make it, and where they stand. Value in full units of the currency."""

    claim_id: int
    supplier: str | None
    recipient: str | None
    weapon: str | None
    category: str | None
    quantity: int | None
    quantity_qualifier: str | None
    value_min: float | None
    value_max: float | None
    currency: str | None
    value_kind: str | None
    status: str
    modality: str
    attributed_to: str | None
    year: int | None
    quote: str
    citation: Citation


@dataclass(frozen=True)
class CitedClaims:
    """Claims, and how many there are in all."""

    untrusted: str
    total: int
    claims: tuple[CitedClaim, ...]


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph."""

    number: int
    text: str


@dataclass(frozen=True)
class CitedArticle:
    """One article; ``more_from`` is the paragraph to read on at, null at its end."""

    untrusted: str
    citation: Citation
    language: str | None
    access: str
    paragraphs: tuple[Paragraph, ...]
    more_from: int | None
    claims_total: int
    claims: tuple[CitedClaim, ...]


@dataclass(frozen=True)
class Summary:
    """One transfer: figures are the lowest and highest that claims state; levels say how strong, 0 to 5."""

    transfer_id: int | None
    supplier: str | None
    recipient: str | None
    item: str | None
    status: str
    beside: tuple[str, ...]
    quantity_min: int | None
    quantity_max: int | None
    value_min: float | None
    value_max: float | None
    currency: str | None
    value_kind: str | None
    independent_origins: int
    level: int | None
    quantity_level: int | None
    value_level: int | None
    contradictions: int
    first_reported_at: datetime | None
    outlets: tuple[str, ...]


@dataclass(frozen=True)
class CitedSummary:
    """One transfer in short, with the first of its claims."""

    transfer: Summary
    claims_total: int
    claims: tuple[CitedClaim, ...]


@dataclass(frozen=True)
class CitedTransfers:
    """Transfers, and how many there are in all."""

    untrusted: str
    total: int
    transfers: tuple[CitedSummary, ...]


@dataclass(frozen=True)
class CitedTransfer:
    """One transfer whole; lists of numbers in it are claim_ids."""

    untrusted: str
    transfer: Summary
    stages: tuple[dict[str, Any], ...]
    quantities: tuple[dict[str, Any], ...]
    values: tuple[dict[str, Any], ...]
    contradictions: tuple[dict[str, Any], ...]
    claims_total: int
    claims: tuple[CitedClaim, ...]
