"""Rows of trade registers that the user imported."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId, Identity

REGISTERS = ("sipri", "unroca", "licences")


class RegisterRow(Base):
    """One line of a register; ``uncertain`` names the fields that the register itself marks as such."""

    __tablename__ = "register_row"
    __table_args__ = (
        CheckConstraint(f"register IN {REGISTERS}", name="register"),
        UniqueConstraint("register", "sha256", "line"),
        Index("ix_register_row_pair", "supplier", "recipient"),
    )

    id: Mapped[Identity]
    register: Mapped[str]
    file: Mapped[str]
    sha256: Mapped[str]
    imported_at: Mapped[datetime]
    line: Mapped[int]
    reporter: Mapped[str | None]
    supplier: Mapped[str | None]
    supplier_raw: Mapped[str | None]
    recipient: Mapped[str | None]
    recipient_raw: Mapped[str | None]
    weapon: Mapped[str | None]
    weapon_raw: Mapped[str | None]
    description: Mapped[str | None]
    category: Mapped[str | None]
    register_category: Mapped[str | None]
    year: Mapped[int | None]
    quantity: Mapped[int | None] = mapped_column(BigId)
    delivered: Mapped[int | None] = mapped_column(BigId)
    delivery_years: Mapped[list[str]]
    condition: Mapped[str | None]
    value: Mapped[float | None]
    currency: Mapped[str | None]
    value_kind: Mapped[str | None]
    tiv: Mapped[float | None]
    comments: Mapped[str | None]
    uncertain: Mapped[list[str]]
