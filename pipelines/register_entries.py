"""What registers have of one pair of states, as documents of those states' own trade."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.register import RegisterRow
from pipelines.stated_claims import Pair
from pipelines.transfers.drafts import RegisterEntry

# What a line is a document of. SIPRI's lines are made from the press and from such documents, so they are none.
STAGES = {"unroca": "delivered", "licences": "approved"}
TITLES = {"unroca": "UN register", "licences": "licences granted"}


def register_entries(session: Session, pair: Pair, as_of: datetime | None = None) -> tuple[RegisterEntry, ...]:
    """Give the lines by which a state tells of this trade, of each register those imported last (by a time)."""
    if None in pair:
        return ()
    newest = select(RegisterRow.register, func.max(RegisterRow.imported_at).label("at"))
    if as_of is not None:
        newest = newest.where(RegisterRow.imported_at <= as_of)
    last = newest.group_by(RegisterRow.register).subquery()
    is_last = (last.c.register == RegisterRow.register) & (last.c.at == RegisterRow.imported_at)
    query = (
        select(RegisterRow).join(last, is_last).where(RegisterRow.register.in_(STAGES), RegisterRow.year.is_not(None))
    )
    query = query.where(RegisterRow.supplier == pair[0], RegisterRow.recipient == pair[1])
    entries = [_entry(row) for row in session.scalars(query.order_by(RegisterRow.register, RegisterRow.line))]
    return tuple(entry for entry in entries if entry.reporter in pair)


def _entry(row: RegisterRow) -> RegisterEntry:
    return RegisterEntry(
        reporter=(row.supplier if row.register == "licences" else row.reporter) or "",
        stage=STAGES[row.register],
        source=f"{TITLES[row.register]}, line {row.line} of {row.file}",
        year=row.year or 0,
        weapon=row.weapon,
        category=row.category,
        register_category=row.register_category if row.register == "unroca" else None,
        quantity=row.quantity,
    )
