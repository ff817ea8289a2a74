"""The claims of articles as rows have them, ready to be joined: as they read now, or as they read at a time before."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from models.article import Article, Revision
from models.claim import Claim
from models.names import alpha_3
from models.outlet import Outlet
from pipelines.claims.entries import weapon_rows
from pipelines.items import ClaimDraft, Evidence
from pipelines.transfers.drafts import StatedClaim

Pair = tuple[str | None, str | None]
MOST_URLS = 500  # SQLite takes a limited number of values in one question

_PLACE = tuple(Evidence.__dataclass_fields__)
_PLAIN = tuple(
    name for name in ClaimDraft.__dataclass_fields__ if name not in {"evidence", "weapon_raw", "value_parts"}
)

# Numbers of public contracts as the United States write them: N00019-26-C-0012, FA8634-25-F-B002.
CONTRACT_NUMBER = re.compile(r"\b[A-Z][A-Z0-9]{5}-?\d{2}-?[A-Z]-?[A-Z0-9]{4}\b")

# Two claims of one article that agree in these say the same.
_STATEMENT = ("weapon", "category", "status", "modality", "quantity", "value_min", "value_max", "year")


def claimed_pairs(session: Session, urls: Collection[str]) -> dict[str, set[Pair]]:
    """Give the pairs that the article at each of these canonical addresses names as it reads now."""
    pairs: dict[str, set[Pair]] = {url: set() for url in sorted(urls)}
    columns = (Article.canonical_url, Claim.supplier, Claim.recipient)
    query = select(*columns).join(Article, Article.current_revision_id == Claim.revision_id).distinct()
    ordered = list(pairs)
    for at in range(0, len(ordered), MOST_URLS):
        for url, *pair in session.execute(query.where(Article.canonical_url.in_(ordered[at : at + MOST_URLS]))):
            pairs[url].add((pair[0], pair[1]))
    return pairs


def all_pairs(session: Session) -> list[Pair]:
    """Give every pair that any claim names."""
    rows = session.execute(select(Claim.supplier, Claim.recipient).distinct())
    return sorted(((one, other) for one, other in rows if one or other), key=_sortable)


def stated_claims(session: Session, pair: Pair, as_of: datetime | None = None) -> list[StatedClaim]:
    """Give the claims of one pair, in an order that stays; ``as_of`` takes articles as they read at that time."""
    query = _current() if as_of is None else _earlier(as_of)
    query = query.where(_same(Claim.supplier, pair[0]), _same(Claim.recipient, pair[1]))
    earlier = _first_statements(session, pair)
    rows = session.execute(query.order_by(Article.id, Claim.position))
    return [_stated(session, Row(*row), earlier, as_of) for row in rows]


def pairs_where(session: Session, conditions: Iterable[ColumnElement[bool]], as_of: datetime) -> list[Pair]:
    """Give the pairs, meeting conditions on claims, of articles as they read at a time."""
    query = _earlier(as_of).where(*conditions).with_only_columns(Claim.supplier, Claim.recipient).distinct()
    return sorted(((one, other) for one, other in session.execute(query) if one or other), key=_sortable)


def _sortable(pair: Pair) -> tuple[str, str]:
    return pair[0] or "", pair[1] or ""


def _same(column: Any, value: str | None) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value  # type: ignore[no-any-return]


class Row(NamedTuple):
    """One row of a question for claims."""

    claim: Claim
    article_id: int
    outlet: str
    owner: str | None
    outlet_kind: str | None
    outlet_country: str | None
    origin_group: int | None
    agency: str | None
    authors: list[str]
    gone_at: datetime | None
    published_at: datetime | None
    seen_at: datetime


def _columns() -> Select[*tuple[Any, ...]]:
    outlet = (Outlet.name, Outlet.owner, Outlet.kind, Outlet.country)
    article = (Article.origin_group, Article.agency, Article.authors, Article.gone_at)
    return select(Claim, Article.id, *outlet, *article, Revision.published_at, Revision.seen_at)


def _first_statements(session: Session, pair: Pair) -> dict[tuple[Any, ...], datetime]:
    """Give when each article that was edited first stated what: an edit of a figure makes a new statement."""
    query = select(Claim, Revision.article_id, Revision.seen_at).join(Revision, Revision.id == Claim.revision_id)
    query = query.join(Article, and_(Article.id == Revision.article_id, Article.current_revision_id != Revision.id))
    query = query.where(_same(Claim.supplier, pair[0]), _same(Claim.recipient, pair[1]))
    first: dict[tuple[Any, ...], datetime] = {}
    for claim, article_id, seen_at in session.execute(query.order_by(Revision.seen_at.desc())):
        first[_statement(claim, article_id)] = seen_at
    return first


def _statement(claim: Claim, article_id: int) -> tuple[Any, ...]:
    return article_id, *(getattr(claim, name) for name in _STATEMENT)


def _current() -> Select[*tuple[Any, ...]]:
    query = _columns().join(Revision, Revision.id == Claim.revision_id)
    query = query.join(Article, and_(Article.id == Revision.article_id, Article.current_revision_id == Revision.id))
    return query.join(Outlet, Outlet.id == Article.outlet_id)


def _earlier(as_of: datetime) -> Select[*tuple[Any, ...]]:
    query = _columns().join(Revision, Revision.id == Claim.revision_id).join(Article, Article.id == Revision.article_id)
    return query.join(Outlet, Outlet.id == Article.outlet_id).where(*last_revisions(as_of))


def last_revisions(as_of: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Give the conditions that take of each article the last revision seen by then: what came later was not known."""
    later = aliased(Revision)
    is_replaced = select(later.id).where(
        later.article_id == Revision.article_id,
        later.seen_at <= as_of,
        or_(later.seen_at > Revision.seen_at, and_(later.seen_at == Revision.seen_at, later.id > Revision.id)),
    )
    return Revision.seen_at <= as_of, ~is_replaced.exists()


def _stated(
    session: Session, row: Row, earlier: dict[tuple[Any, ...], datetime], as_of: datetime | None
) -> StatedClaim:
    claim = row.claim
    return StatedClaim(
        claim=_draft(claim),
        claim_id=claim.id,
        article_id=row.article_id,
        outlet=row.outlet,
        origin_group=row.origin_group if row.origin_group is not None else row.article_id,
        published_at=row.published_at,
        first_seen_at=min(row.seen_at, earlier.get(_statement(claim, row.article_id), row.seen_at)),
        owner=row.owner,
        agency=row.agency,
        outlet_kind=row.outlet_kind,
        outlet_state=alpha_3(row.outlet_country),
        is_signed=bool(row.authors),
        is_withdrawn=row.gone_at is not None and (as_of is None or row.gone_at <= as_of),
        is_contract_notice=row.outlet_kind == "government" and _has_contract_number(session, claim),
        weapon_type=weapon_rows().get(claim.weapon or "", {}).get("weapon_type"),
    )


def _has_contract_number(session: Session, claim: Claim) -> bool:
    """Answer whether the paragraph of a claim has the number of a public contract, often a sentence behind it."""
    if claim.paragraph is None or claim.status != "contracted":
        return False
    paragraphs = session.scalar(select(Revision.paragraphs).where(Revision.id == claim.revision_id)) or []
    return CONTRACT_NUMBER.search(paragraphs[claim.paragraph]["text"]) is not None


def _draft(row: Claim) -> ClaimDraft:
    parts = None if row.value_parts is None else tuple((str(what), float(amount)) for what, amount in row.value_parts)
    return ClaimDraft(
        evidence=Evidence(**{name: getattr(row, name) for name in _PLACE}),
        weapon_raw=tuple(row.weapon_raw),
        value_parts=parts,
        **{name: getattr(row, name) for name in _PLAIN},
    )
