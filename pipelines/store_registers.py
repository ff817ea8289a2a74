"""Writes rows of trade registers, and holds the stored transfers against them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models.register import RegisterRow
from models.transfer import Transfer
from pipelines.against_registers import ComparedTransfer, RegisterFinding, compare_with_register
from pipelines.register_entries import STAGES
from pipelines.registers import RegisterDraft, decode_register, parse_register
from pipelines.stated_claims import Pair
from pipelines.store_transfers import store_transfers

_FIELDS = tuple(each.name for each in fields(RegisterDraft))


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A file of a kind of register; ``supplier`` is the state whose licences it lists, where no column says so."""

    name: str
    data: bytes
    kind: str
    supplier: str | None = None


def store_register(engine: Engine, file: RegisterFile, now: datetime) -> tuple[int, bool]:
    """Write the rows of a register file; give how many there are and whether they are new. The same file is kept once.

    The transfers of its pairs, and of those the register had before, are joined anew: what states report strengthens.
    Raises UnreadableRegisterError (pipelines/register_lines.py) where the file is no such register.
    """
    digest = sha256(file.data).hexdigest()
    drafts = parse_register(decode_register(file.data), file.kind, file.supplier)
    with Session(engine) as session, session.begin():
        known = select(func.count()).where(RegisterRow.register == file.kind, RegisterRow.sha256 == digest)
        if session.scalar(known):
            return len(drafts), False
        session.add_all(_row(draft, file, digest, now) for draft in drafts)
        session.flush()
        if file.kind in STAGES:
            store_transfers(session, _pairs(session, file.kind))
    return len(drafts), True


def _pairs(session: Session, kind: str) -> set[Pair]:
    """Give the pairs with transfers that a register of the kind tells of, or told of in an earlier file."""
    is_same = (Transfer.supplier == RegisterRow.supplier) & (Transfer.recipient == RegisterRow.recipient)
    query = select(Transfer.supplier, Transfer.recipient).join(RegisterRow, is_same)
    return {(one, other) for one, other in session.execute(query.where(RegisterRow.register == kind).distinct())}


def _row(draft: RegisterDraft, file: RegisterFile, digest: str, now: datetime) -> RegisterRow:
    values: dict[str, Any] = {name: getattr(draft, name) for name in _FIELDS}
    values |= {"delivery_years": list(draft.delivery_years), "uncertain": list(draft.uncertain)}
    return RegisterRow(register=file.kind, file=file.name, sha256=digest, imported_at=now, **values)


def compare_with_stored_register(session: Session, kind: str) -> tuple[RegisterFinding, ...] | None:
    """Hold the transfers against the register of a kind as it was last imported; None where none was."""
    newest = select(RegisterRow.sha256).where(RegisterRow.register == kind)
    digest = session.scalar(newest.order_by(RegisterRow.imported_at.desc(), RegisterRow.id.desc()).limit(1))
    if digest is None:
        return None
    query = select(RegisterRow).where(RegisterRow.register == kind, RegisterRow.sha256 == digest)
    rows = [_draft(row) for row in session.scalars(query.order_by(RegisterRow.line))]
    return compare_with_register(_transfers(session), rows)


def _draft(row: RegisterRow) -> RegisterDraft:
    values: dict[str, Any] = {name: getattr(row, name) for name in _FIELDS}
    return RegisterDraft(**values | {"delivery_years": tuple(row.delivery_years), "uncertain": tuple(row.uncertain)})


def _transfers(session: Session) -> Sequence[ComparedTransfer]:
    return [
        ComparedTransfer(
            id=row.id,
            supplier=row.supplier,
            recipient=row.recipient,
            weapon=row.weapon,
            category=row.category,
            status=row.status,
            years=_years(row),
            quantity_min=row.quantity_min,
            quantity_max=row.quantity_max,
        )
        for row in session.scalars(select(Transfer).order_by(Transfer.key))
    ]


def _years(row: Transfer) -> tuple[int, ...]:
    stated = sorted({year for year in (row.year_min, row.year_max) if year is not None})
    first = row.first_reported_at or row.first_seen_at
    return tuple(stated) or ((first.year,) if first else ())
