"""Writes transfers: those of the pairs a batch touched are joined anew, in the batch's own transaction."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import blake2b
from math import isfinite
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Engine, bindparam, delete, insert, select, text
from sqlalchemy.orm import Session

from models.transfer import Transfer, transfer_claim
from pipelines.corroborate import corroborate
from pipelines.register_entries import register_entries
from pipelines.stated_claims import Pair, all_pairs, stated_claims
from pipelines.transfers.drafts import Comparison, Figure, StatedClaim, TransferDraft
from pipelines.transfers.ladder import role_of

DELIVERY = frozenset({"delivering", "delivered", "in_production"})
# Which kind of value stands for a transfer where claims state several; what is not named comes last.
KINDS = ("contract", "contract price", None, "programme", "licence", "aid", "notification ceiling", "ceiling")


class Link(NamedTuple):
    """A claim's place in a transfer."""

    transfer_id: int
    claim_id: int
    status: str
    role: str


_SAME_NAME = (
    "key", "supplier", "recipient", "weapon", "category", "case_number", "year_min", "year_max", "first_reported_at",
    "first_seen_at", "status", "independent_origins",
)  # fmt: skip


def store_transfers(session: Session, pairs: Collection[Pair]) -> dict[str, int]:
    """Join the claims of these pairs anew and bring their transfers up to that. Same claims, same rows."""
    counts = {"transfer/new": 0, "transfer/gone": 0}
    for pair in sorted(pairs, key=lambda each: (each[0] or "", each[1] or "")):
        if pair == (None, None):
            continue
        _lock(session, pair)
        new, gone = _store_pair(session, pair)
        counts["transfer/new"] += new
        counts["transfer/gone"] += gone
    return {name: number for name, number in counts.items() if number}


def rebuild_transfers(engine: Engine) -> int:
    """Join all claims of the database anew, pair by pair; give how many transfers there are."""
    with Session(engine) as session:
        pairs = set(all_pairs(session))
        pairs |= {(one, other) for one, other in session.execute(select(Transfer.supplier, Transfer.recipient))}
    for pair in sorted(pairs, key=lambda each: (each[0] or "", each[1] or "")):
        with Session(engine) as session, session.begin():
            store_transfers(session, [pair])
    with Session(engine) as session:
        return len(session.scalars(select(Transfer.id)).all())


def _lock(session: Session, pair: Pair) -> None:
    """Let no other process join this pair until we have committed; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        digest = blake2b(repr(pair).encode(), digest_size=8).digest()
        number = int.from_bytes(digest, "big", signed=True)
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def _store_pair(session: Session, pair: Pair) -> tuple[int, int]:
    claims = stated_claims(session, pair)
    drafts = corroborate(claims, register_entries(session, pair))
    rows = {row.key: row for row in session.scalars(select(Transfer).where(*_of(pair)))}
    links = _links(session, pair)
    chosen = _chosen(drafts, claims, rows, links)
    gone = [row for row in rows.values() if row not in chosen.values()]
    _free_keys(session, drafts, chosen)
    stored = {draft.key: chosen.get(draft.key) or Transfer() for draft in drafts}
    for draft in drafts:
        fill_transfer(stored[draft.key], draft, claims)
    session.add_all(stored.values())
    session.flush()
    wanted = {link for draft in drafts for link in _wanted(stored[draft.key].id, draft, claims)}
    _relink(session, links, wanted)
    for row in gone:
        session.delete(row)
    session.flush()
    return len(drafts) - len(chosen), len(gone)


def _of(pair: Pair) -> list[ColumnElement[bool]]:
    columns = (Transfer.supplier, Transfer.recipient)
    return [column.is_(None) if side is None else column == side for column, side in zip(columns, pair, strict=True)]


def _links(session: Session, pair: Pair) -> set[Link]:
    """Give which claims the pair's stored transfers were joined from, as far as they are still there."""
    query = select(transfer_claim).join(Transfer, Transfer.id == transfer_claim.c.transfer_id).where(*_of(pair))
    return {Link(*row) for row in session.execute(query)}


def _wanted(transfer_id: int, draft: TransferDraft, claims: Sequence[StatedClaim]) -> Iterator[Link]:
    for place in draft.claims:
        stated = claims[place]
        yield Link(transfer_id, stated.claim_id, stated.claim.status, role_of(stated))


def _relink(session: Session, links: set[Link], wanted: set[Link]) -> None:
    """Take away the links that are wrong, then add those that are missing: no claim is in two transfers on the way."""
    place = (transfer_claim.c.transfer_id == bindparam("old")) & (transfer_claim.c.claim_id == bindparam("claim"))
    wrong = [{"old": link.transfer_id, "claim": link.claim_id} for link in sorted(links - wanted)]
    if wrong:
        session.connection().execute(delete(transfer_claim).where(place), wrong)
    missing = [link._asdict() for link in sorted(wanted - links)]
    if missing:
        session.execute(insert(transfer_claim), missing)


def _chosen(
    drafts: Sequence[TransferDraft], claims: Sequence[StatedClaim], rows: dict[str, Transfer], links: set[Link]
) -> dict[str, Transfer]:
    """Give the stored row each draft goes on with: the one of its key, or else the one it shares most claims with."""
    chosen = {draft.key: rows[draft.key] for draft in drafts if draft.key in rows}
    free = {row.id: row for key, row in rows.items() if key not in chosen}
    holders = {link.claim_id: link.transfer_id for link in links if link.transfer_id in free}
    for draft in drafts:
        if draft.key in chosen:
            continue
        own = (holders.get(claims[place].claim_id) for place in draft.claims)
        shared = Counter(number for number in own if number in free)
        if shared:
            number = min(shared, key=lambda each: (-shared[each], each or 0))
            chosen[draft.key] = free.pop(number or 0)
    return chosen


def _free_keys(session: Session, drafts: Sequence[TransferDraft], chosen: dict[str, Transfer]) -> None:
    """Take the old keys off rows that get new ones, so that no two rows share a key on the way."""
    for draft in drafts:
        row = chosen.get(draft.key)
        if row is not None and row.key != draft.key:
            row.key = f"{row.key} (was {row.id})"
    session.flush()


def fill_transfer(row: Transfer, draft: TransferDraft, claims: Sequence[StatedClaim]) -> None:
    """Put what was joined into a row."""
    for name in _SAME_NAME:
        setattr(row, name, getattr(draft, name))
    row.items, row.beside = list(draft.items), list(draft.beside)
    row.year, row.contradicted = _year(draft), bool(draft.contradictions)
    row.level = next((rung.level for rung in draft.rungs if rung.status == draft.status), 0)
    quantities, amounts = shown_quantities(draft.quantities), shown_amounts(draft.amounts)
    row.quantity_min, row.quantity_max = _whole(_range(quantities))
    row.value_min, row.value_max = _range(amounts)
    row.currency, row.value_kind = (amounts[0].currency, amounts[0].kind) if amounts else (None, None)
    row.quantity_level, row.value_level = _level(quantities), _level(amounts)
    for name in ("rungs", "quantities", "amounts", "origins"):
        setattr(row, name, [as_json(each, claims) for each in getattr(draft, name)])
    row.contradictions = [_comparison(each, claims) for each in draft.contradictions]
    row.agreements = [_comparison(each, claims) for each in draft.agreements]


def _year(draft: TransferDraft) -> int | None:
    """Give the first year that claims state, or else that of the first report."""
    reported = draft.first_reported_at or draft.first_seen_at
    return draft.year_min if draft.year_min is not None else reported.year if reported else None


def _level(figures: Sequence[Figure]) -> int | None:
    """Give the level of the figure to show first; None where there is none."""
    return figures[0].level if figures else None


def shown_quantities(figures: Sequence[Figure]) -> list[Figure]:
    """Give the numbers of the order, the one to show first in front; of what was delivered where no order has one."""
    orders = [figure for figure in figures if figure.status not in DELIVERY]
    return _best(orders) or _best(figures)


def shown_amounts(figures: Sequence[Figure]) -> list[Figure]:
    """Give the values of the one kind and currency that stand for the transfer; kinds are never mixed."""
    best = _best(figures)
    if not best:
        return []
    first = min(best, key=lambda figure: _rank(figure.kind))
    return [figure for figure in best if (figure.kind, figure.currency) == (first.kind, first.currency)]


def _best(figures: Sequence[Figure]) -> list[Figure]:
    """Give the figures somebody supports, or else those that are only planned."""
    return [figure for figure in figures if figure.origins] or list(figures)


def _rank(kind: str | None) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


def _range(figures: Sequence[Figure]) -> tuple[float | None, float | None]:
    """Give the lowest and the highest bound stated; a bound stays open where every figure leaves it so."""
    lows = [figure.low for figure in figures if figure.low is not None]
    highs = [figure.high for figure in figures if figure.high is not None]
    is_open = any(figure.high is None and (figure.low or 0) >= max(highs, default=0) for figure in figures)
    return min(lows, default=None), None if is_open else max(highs, default=None)


def _whole(bounds: tuple[float | None, float | None]) -> tuple[int | None, int | None]:
    low, high = (int(bound) if bound is not None and isfinite(bound) else None for bound in bounds)
    return low, high


def as_json(each: Any, claims: Sequence[StatedClaim]) -> dict[str, Any]:
    """Give a part of a transfer as JSON: claims by their ids, times as ISO texts."""
    fields = asdict(each)
    for name in ("claims", "plans", "denials", "repeats"):
        if name in fields:
            fields[name] = [claims[place].claim_id for place in fields[name]]
    return {name: _plain(value) for name, value in fields.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _comparison(each: Comparison, claims: Sequence[StatedClaim]) -> dict[str, Any]:
    return {"field": each.field, "note": each.note, "sides": [as_json(side, claims) for side in each.sides]}
