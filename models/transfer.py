"""Transfers: claims of independent outlets about the same thing, joined."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, Identity
from models.claim import Claim

transfer_claim = Table(
    "transfer_claim",
    Base.metadata,
    Column("transfer_id", BigId, ForeignKey("transfer.id"), primary_key=True),
    Column("claim_id", BigId, ForeignKey("claim.id"), primary_key=True),
)


class Transfer(Base):
    """What independent outlets agree on about one transfer, and where they contradict each other."""

    __tablename__ = "transfer"

    id: Mapped[Identity]
    supplier: Mapped[str | None] = mapped_column(index=True)
    recipient: Mapped[str | None] = mapped_column(index=True)
    weapon: Mapped[str | None]
    category: Mapped[str | None]
    first_reported_at: Mapped[datetime | None]
    status: Mapped[str]
    quantity_min: Mapped[int | None] = mapped_column(BigId)
    quantity_max: Mapped[int | None] = mapped_column(BigId)
    value_min: Mapped[float | None]
    value_max: Mapped[float | None]
    currency: Mapped[str | None]
    value_kind: Mapped[str | None]
    independent_origins: Mapped[int]
    contradictions: Mapped[list[Any]]

    claims: Mapped[list[Claim]] = relationship(secondary=transfer_claim)
