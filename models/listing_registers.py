"""Rows of imported registers that may speak of the same as a transfer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.listing_transfers import TransferRow
from models.register import RegisterRow


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of a register as it was last imported; ``uncertain`` names the fields the register marks as such."""

    register: str
    file: str
    line: int
    imported_at: datetime
    reporter: str | None
    weapon: str | None
    weapon_raw: str | None
    category: str | None
    year: int | None
    quantity: int | None
    delivered: int | None
    delivery_years: tuple[str, ...]
    value: float | None
    currency: str | None
    value_kind: str | None
    tiv: float | None
    comments: str | None
    uncertain: tuple[str, ...]


def imported_registers(session: Session) -> tuple[str, ...]:
    """Name the registers that were imported."""
    return tuple(session.scalars(select(RegisterRow.register).distinct().order_by(RegisterRow.register)))


def register_lines(session: Session, transfer: TransferRow, limit: int = 50) -> tuple[RegisterLine, ...]:
    """Give the lines of the same pair that name the same weapon, or, where either side names none, the same category.

    Of each register only the file that was imported last counts.
    """
    if transfer.supplier is None or transfer.recipient is None:
        return ()
    newest = select(RegisterRow.register, func.max(RegisterRow.imported_at).label("at")).group_by(RegisterRow.register)
    last = newest.subquery()
    query = select(RegisterRow).join(
        last, (last.c.register == RegisterRow.register) & (last.c.at == RegisterRow.imported_at)
    )
    query = query.where(RegisterRow.supplier == transfer.supplier, RegisterRow.recipient == transfer.recipient)
    if transfer.weapon is not None:
        query = query.where(or_(RegisterRow.weapon == transfer.weapon, RegisterRow.weapon.is_(None)))
    if transfer.category is not None:
        query = query.where(or_(RegisterRow.category == transfer.category, RegisterRow.category.is_(None)))
    rows = session.scalars(query.order_by(RegisterRow.register, RegisterRow.year, RegisterRow.line).limit(limit))
    return tuple(_line(row) for row in rows)


def _line(row: RegisterRow) -> RegisterLine:
    fields: dict[str, Any] = {name: getattr(row, name) for name in RegisterLine.__dataclass_fields__}
    return RegisterLine(
        **fields | {"delivery_years": tuple(row.delivery_years), "uncertain": tuple(row.uncertain)},
    )
