"""Claims: what one article says about one transfer, with the place where it says so."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.article import Revision
from models.base import Base, BigId, Identity

STATUSES = (
    "rumoured", "offered", "requested", "negotiating", "approved", "contracted", "in_production", "delivering",
    "delivered", "donated", "licensed_production", "suspended", "cancelled", "denied", "seized", "general",
)  # fmt: skip
MODALITIES = ("asserted", "attributed", "hypothetical", "negated", "historical")


class Claim(Base):
    """One statement. Its quote equals the revision's paragraph from ``start`` to ``end``, or a table's cell."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint(f"modality IN {MODALITIES}", name="modality"),
        UniqueConstraint("revision_id", "position"),
        Index("ix_claim_pair", "supplier", "recipient"),
        Index("ix_claim_value", "currency", "value_min", "value_max", "revision_id"),
    )

    id: Mapped[Identity]
    revision_id: Mapped[int] = mapped_column(BigId, ForeignKey("revision.id"))
    position: Mapped[int]
    supplier: Mapped[str | None]
    recipient: Mapped[str | None]
    weapon: Mapped[str | None]
    weapon_raw: Mapped[list[str]]
    category: Mapped[str | None]
    register_category: Mapped[str | None]
    quantity: Mapped[int | None] = mapped_column(BigId)
    quantity_qualifier: Mapped[str | None]
    value_min: Mapped[float | None]
    value_max: Mapped[float | None]
    value_qualifier: Mapped[str | None]
    currency: Mapped[str | None]
    value_kind: Mapped[str | None]
    status: Mapped[str]
    modality: Mapped[str]
    attributed_to: Mapped[str | None]
    year: Mapped[int | None]
    happened_on: Mapped[date | None]
    case_number: Mapped[str | None] = mapped_column(index=True)
    value_parts: Mapped[list[Any] | None]
    in_faq: Mapped[bool] = mapped_column(default=False)
    quote: Mapped[str]
    paragraph: Mapped[int | None]
    start: Mapped[int | None]
    end: Mapped[int | None]
    table: Mapped[int | None]
    row: Mapped[int | None]
    column: Mapped[int | None]
    rule: Mapped[str]
    confidence: Mapped[float]

    revision: Mapped[Revision] = relationship()
