"""The types of joining: claims with who states them, and transfers with what supports and what contradicts them."""

from dataclasses import dataclass
from datetime import date, datetime

from pipelines.items import ClaimDraft
from pipelines.transfers.denials import is_denial


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """One claim with the article that makes it, as far as joining needs to know it.

    ``weapon_type`` is what our lists say the designation is: "tank", "combat aircraft". ``outlet_state`` is the alpha-3
    code of the outlet's country; ``is_signed`` says that an author or an agency is named, ``is_withdrawn`` that the
    article is gone from its address, ``is_contract_notice`` that the passage has the number of a public contract.
    """

    claim: ClaimDraft
    claim_id: int
    article_id: int
    outlet: str
    origin_group: int
    published_at: datetime | None
    first_seen_at: datetime
    owner: str | None = None
    agency: str | None = None
    outlet_kind: str | None = None
    outlet_state: str | None = None
    is_signed: bool = False
    is_withdrawn: bool = False
    is_contract_notice: bool = False
    weapon_type: str | None = None

    @property
    def is_from_series(self) -> bool:
        """Tell whether a table's series states it: a yearly total, never a transfer of its own."""
        return self.claim.evidence.table is not None and self.claim.rule == "series"

    @property
    def is_support(self) -> bool:
        """Tell whether it can be an origin for a fact: what is planned, denied or repeated in a FAQ cannot."""
        return not self.claim.in_faq and self.claim.modality != "hypothetical" and not self.is_denial

    @property
    def is_denial(self) -> bool:
        """Tell whether it says that the thing was not so."""
        return is_denial(self.claim)

    @property
    def day(self) -> date | None:
        """Give the day it speaks from, as far as one is stated or printed; background has none."""
        claim = self.claim
        if claim.happened_on is not None or claim.year is not None:
            return claim.happened_on or date(max(1, min(claim.year or 1, 9998)), 7, 1)
        return None if claim.modality == "historical" else (self.published_at or self.first_seen_at).date()

    @property
    def stated_year(self) -> int | None:
        """Give the year the article states for the event."""
        return self.claim.happened_on.year if self.claim.happened_on else self.claim.year


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One line of a register by which a state tells of its own trade; ``source`` names the line for people.

    ``stage`` is what such a line is a document of: "delivered" in the UN register, "approved" in a list of licences.
    """

    reporter: str
    stage: str
    source: str
    year: int
    weapon: str | None = None
    category: str | None = None
    register_category: str | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number or stage with who says so: from ``low`` to ``high``, open where they are None.

    ``claims`` are places in the list joined from, those that plan it or repeat it too; ``origins`` counts the
    independent ones that support it; ``level`` says how strong that is, from 0 to 5, and ``explanation`` why.
    """

    status: str
    low: float | None
    high: float | None
    claims: tuple[int, ...]
    outlets: tuple[str, ...]
    origins: int
    about: bool = False
    kind: str | None = None
    currency: str | None = None
    level: int = 0
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One stage: who says that it was reached, who plans or denies it, how strong that is, and its three times.

    ``happened`` is a year or an ISO date, the earliest that a supporting claim states.
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
    level: int = 0
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sides that agree or contradict each other on a field: "quantity", "value", "status", "existence" or "table"."""

    field: str
    note: str
    sides: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Claims that count as one source, and what they share: an owner, a text, an upstream, a case."""

    claims: tuple[int, ...]
    outlets: tuple[str, ...]
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TransferDraft:
    """Claims about the same thing, joined; ``claims`` are places in the list joined from.

    ``quantities`` and ``amounts`` begin with the figure to show where only one can be shown.

    ``status`` is the furthest stage that is supported ("general" where none is); ``beside`` are the supported states
    that stand beside the ladder. ``key`` names the same transfer whenever it is joined again.
    """

    key: str
    supplier: str | None
    recipient: str | None
    weapon: str | None
    category: str | None
    status: str
    claims: tuple[int, ...]
    independent_origins: int
    items: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    case_number: str | None = None
    year_min: int | None = None
    year_max: int | None = None
    first_reported_at: datetime | None = None
    first_seen_at: datetime | None = None
    rungs: tuple[Rung, ...] = ()
    quantities: tuple[Figure, ...] = ()
    amounts: tuple[Figure, ...] = ()
    origins: tuple[Origin, ...] = ()
    contradictions: tuple[Comparison, ...] = ()
    agreements: tuple[Comparison, ...] = ()
