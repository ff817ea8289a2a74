"""Transfers: claims of independent outlets about the same thing, joined."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, String, Table, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, Identity
from models.claim import Claim

# How strong a stage or a figure is: the word for each level from 0 on.
LEVELS = ("unsupported", "single", "party", "independent", "confirmed", "documented")
# A claim belongs to one transfer at most, at one stage, in one role: support, plan, denial or repeat.
transfer_claim = Table(
    "transfer_claim",
    Base.metadata,
    Column("transfer_id", BigId, ForeignKey("transfer.id"), primary_key=True),
    Column("claim_id", BigId, ForeignKey("claim.id"), primary_key=True, unique=True),
    Column("status", String, nullable=False),
    Column("role", String, nullable=False),
)


def level_words(level: int | None) -> str:
    """Write a level with its word: "3 independent"."""
    return "unknown" if level is None else f"{level} {LEVELS[level]}"


class Transfer(Base):
    """What independent outlets agree on about one transfer, and where they contradict each other.

    The lists in JSON name claims by their ids; nothing in them is averaged or added up.
    """

    __tablename__ = "transfer"
    __table_args__ = (
        # All that filters ask for and pages count by, so that neither reads the lists in JSON.
        Index(
            "ix_transfer_counts", "supplier", "recipient", "category", "status", "year", "weapon",
            "independent_origins", "level", "contradicted", "first_reported_at", "key",
        ),
        Index("ix_transfer_designation", text("lower(weapon)")),
    )  # fmt: skip

    id: Mapped[Identity]
    key: Mapped[str] = mapped_column(unique=True)
    supplier: Mapped[str | None] = mapped_column(index=True)
    recipient: Mapped[str | None] = mapped_column(index=True)
    weapon: Mapped[str | None] = mapped_column(index=True)
    category: Mapped[str | None] = mapped_column(index=True)
    items: Mapped[list[str]]
    case_number: Mapped[str | None]
    year_min: Mapped[int | None]
    year_max: Mapped[int | None]
    year: Mapped[int | None]
    first_reported_at: Mapped[datetime | None]
    first_seen_at: Mapped[datetime | None] = mapped_column(index=True)
    status: Mapped[str]
    beside: Mapped[list[str]]
    quantity_min: Mapped[int | None] = mapped_column(BigId)
    quantity_max: Mapped[int | None] = mapped_column(BigId)
    value_min: Mapped[float | None]
    value_max: Mapped[float | None]
    currency: Mapped[str | None]
    value_kind: Mapped[str | None]
    independent_origins: Mapped[int]
    level: Mapped[int | None]
    quantity_level: Mapped[int | None]
    value_level: Mapped[int | None]
    rungs: Mapped[list[Any]]
    quantities: Mapped[list[Any]]
    amounts: Mapped[list[Any]]
    origins: Mapped[list[Any]]
    contradictions: Mapped[list[Any]]
    contradicted: Mapped[bool] = mapped_column(server_default=false())
    agreements: Mapped[list[Any]]

    claims: Mapped[list[Claim]] = relationship(secondary=transfer_claim, viewonly=True)
