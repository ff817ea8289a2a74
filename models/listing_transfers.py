"""Transfers as they are joined now, with the claims behind every figure."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.article import Article, Revision
from models.claim import Claim
from models.keyset import Key, in_order
from models.listing_claims import ClaimRow, claim_row
from models.outlet import Outlet
from models.transfer import Transfer, transfer_claim

UNKNOWN = "unknown"  # asks for what has no value
BESIDE = ("donated", "licensed_production", "suspended", "cancelled", "denied", "seized")  # beside the ladder
LATEST_FIRST = (Key(Transfer.first_reported_at, falls=True), Key(Transfer.key))
MOST_IDS = 500  # SQLite takes a limited number of values in one question


@dataclass(frozen=True, slots=True)
class TransferFilters:
    """What a transfer must meet; None asks nothing. ``since`` and ``until`` are about its first report.

    ``state`` is supplier or recipient; these three and ``category`` take "unknown" too. ``status`` is the stage reached
    or a state beside it; ``weapon`` a designation or a category; ``origins`` the least number of independent origins;
    ``level`` how strong the stage reached is at least.
    """

    supplier: str | None = None
    recipient: str | None = None
    state: str | None = None
    weapon: str | None = None
    category: str | None = None
    status: str | None = None
    year: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    origins: int | None = None
    level: int | None = None
    contradicted: bool | None = None


def state_code(name: str | None) -> str | None:
    """Write codes of states in capitals; names of groups stay as they are."""
    return name.upper() if name is not None and len(name) == 3 else name


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One transfer; ``id`` is None where it was joined as of an earlier time and is not what the database holds now.

    ``level`` says how strong the stage reached is, the others so of the number and the value to show first.
    """

    id: int | None
    key: str
    supplier: str | None
    recipient: str | None
    weapon: str | None
    category: str | None
    items: tuple[str, ...]
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
    case_number: str | None
    year_min: int | None
    year_max: int | None
    year: int | None
    first_reported_at: datetime | None
    first_seen_at: datetime | None
    rungs: tuple[dict[str, Any], ...]
    quantities: tuple[dict[str, Any], ...]
    amounts: tuple[dict[str, Any], ...]
    origins: tuple[dict[str, Any], ...]
    contradictions: tuple[dict[str, Any], ...]
    agreements: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class TransferPage:
    """A part of a list of transfers, and how long the whole list is."""

    total: int
    rows: tuple[TransferRow, ...]


@dataclass(frozen=True, slots=True)
class TransferDetail:
    """One transfer with its claims, those of the earliest article first."""

    transfer: TransferRow
    claims: tuple[ClaimRow, ...]


_LISTS = ("items", "beside", "rungs", "quantities", "amounts", "origins", "contradictions", "agreements")

# Each filter as a condition of the database, and as a test of a row that was joined outside it.
_CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "supplier": lambda state: _is(Transfer.supplier, state),
    "recipient": lambda state: _is(Transfer.recipient, state),
    "state": lambda state: or_(_is(Transfer.supplier, state), _is(Transfer.recipient, state)),
    "weapon": lambda name: or_(func.lower(Transfer.weapon) == func.lower(name), Transfer.category == name.lower()),
    "category": lambda name: _is(Transfer.category, name),
    "status": lambda status: or_(Transfer.status == status, *_with_state(status)),
    "year": lambda year: Transfer.year == year,
    "contradicted": Transfer.contradicted.is_,
    "since": lambda since: Transfer.first_reported_at >= since,
    "until": lambda until: Transfer.first_reported_at < until,
    "origins": lambda least: Transfer.independent_origins >= least,
    "level": lambda least: Transfer.level >= least,
}
_TESTS: dict[str, Callable[[TransferRow, Any], bool]] = {
    "supplier": lambda row, state: (row.supplier or UNKNOWN) == state,
    "recipient": lambda row, state: (row.recipient or UNKNOWN) == state,
    "state": lambda row, state: state in {row.supplier or UNKNOWN, row.recipient or UNKNOWN},
    "weapon": lambda row, name: name.lower() in {(row.weapon or "").lower(), row.category},
    "category": lambda row, name: (row.category or UNKNOWN) == name,
    "year": lambda row, year: row.year == year,
    "status": lambda row, status: status == row.status or status in row.beside,
    "since": lambda row, since: row.first_reported_at is not None and row.first_reported_at >= since,
    "until": lambda row, until: row.first_reported_at is not None and row.first_reported_at < until,
    "origins": lambda row, least: row.independent_origins >= least,
    "level": lambda row, least: row.level is not None and row.level >= least,
    "contradicted": lambda row, is_so: bool(row.contradictions) == is_so,
}


def _is(column: InstrumentedAttribute[str | None], value: str) -> ColumnElement[bool]:
    return column.is_(None) if value == UNKNOWN else column == value


def _with_state(status: str) -> list[ColumnElement[bool]]:
    """Find states beside the ladder by the claims' own stages: databases ask a list in JSON each in its own way."""
    if status not in BESIDE:
        return []
    linked = select(transfer_claim.c.transfer_id).where(
        transfer_claim.c.status == status, transfer_claim.c.role == "support"
    )
    return [Transfer.id.in_(linked.scalar_subquery())]


def meets(row: TransferRow, filters: TransferFilters) -> bool:
    """Answer whether a transfer that was joined outside the database meets the filters."""
    return all(_TESTS[name](row, value) for name, value in asdict(filters).items() if value is not None)


def list_transfers(session: Session, filters: TransferFilters, limit: int = 50, offset: int = 0) -> TransferPage:
    """List transfers as they are joined now, those reported first most recently on top."""
    query = select(Transfer.id).where(*transfer_conditions(filters))
    total = session.scalar(query.with_only_columns(func.count(Transfer.id))) or 0
    return TransferPage(total, _rows(session, in_order(query, LATEST_FIRST).limit(limit).offset(offset)))


def transfers_after(
    session: Session, filters: TransferFilters, after: Sequence[Any], limit: int = 50
) -> tuple[TransferRow, ...]:
    """List on behind the transfer with these first_reported_at and key."""
    query = select(Transfer.id).where(*transfer_conditions(filters))
    return _rows(session, in_order(query, LATEST_FIRST, after).limit(limit))


def _rows(session: Session, query: Select[Any]) -> tuple[TransferRow, ...]:
    """Read the transfers whose ids a query gives, the lists in JSON of these alone."""
    ids = query.subquery()
    rows = session.scalars(in_order(select(Transfer).join(ids, ids.c.id == Transfer.id), LATEST_FIRST))
    return tuple(map(transfer_row, rows))


def transfer_conditions(filters: TransferFilters) -> list[ColumnElement[bool]]:
    """Give the filters as conditions on a transfer's row."""
    return [_CONDITIONS[name](value) for name, value in asdict(filters).items() if value is not None]


def transfer_by_id(session: Session, number: int) -> TransferRow | None:
    """Give one transfer, or None."""
    row = session.get(Transfer, number)
    return transfer_row(row) if row is not None else None


def transfer_detail(session: Session, number: int) -> TransferDetail | None:
    """Give one transfer with its claims, or None."""
    row = transfer_by_id(session, number)
    if row is None:
        return None
    linked = select(transfer_claim.c.claim_id).where(transfer_claim.c.transfer_id == number)
    return TransferDetail(row, claims_by_id(session, session.scalars(linked).all()))


def transfer_row(row: Transfer) -> TransferRow:
    """Make the line of one transfer."""
    fields: dict[str, Any] = {name: getattr(row, name) for name in TransferRow.__dataclass_fields__}
    fields |= {name: tuple(fields[name]) for name in _LISTS}
    fields |= {name: tuple(map(_graded, fields[name])) for name in ("rungs", "quantities", "amounts")}
    compared = ("contradictions", "agreements")
    fields |= {
        name: tuple(each | {"sides": list(map(_graded, each["sides"]))} for each in fields[name]) for name in compared
    }
    return TransferRow(**fields)


def _graded(part: dict[str, Any]) -> dict[str, Any]:
    """Give a stage or a figure its level: unknown where it was joined before there were any."""
    return {"level": None, "explanation": None} | part


def claims_by_id(session: Session, ids: Sequence[int]) -> tuple[ClaimRow, ...]:
    """Give claims, also those of revisions that were replaced, with the articles that make them."""
    query = select(Claim, Article, Outlet.name).join(Revision, Revision.id == Claim.revision_id)
    query = query.join(Article, Article.id == Revision.article_id).join(Outlet, Outlet.id == Article.outlet_id)
    order = (Article.published_at.nulls_last(), Article.id, Claim.position)
    ordered = sorted(ids)
    chunks = [ordered[at : at + MOST_IDS] for at in range(0, len(ordered), MOST_IDS)]
    found = [each for chunk in chunks for each in session.execute(query.where(Claim.id.in_(chunk)).order_by(*order))]
    return tuple(claim_row(claim, article, outlet) for claim, article, outlet in found)
