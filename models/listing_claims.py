"""The claims articles make as they read now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.article import Article
from models.claim import Claim
from models.filters import ArticleFilters, claim_conditions, own_conditions
from models.keyset import Key, in_order
from models.outlet import Outlet

NEWEST_FIRST = (Key(Article.published_at, falls=True), Key(Article.id, falls=True), Key(Claim.id))


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim with the article that makes it and the place where it stands there."""

    id: int
    article_id: int
    headline: str | None
    url: str
    outlet: str
    published_at: datetime | None
    supplier: str | None
    recipient: str | None
    weapon: str | None
    weapon_raw: tuple[str, ...]
    category: str | None
    register_category: str | None
    quantity: int | None
    quantity_qualifier: str | None
    value_min: float | None
    value_max: float | None
    value_qualifier: str | None
    currency: str | None
    value_kind: str | None
    status: str
    modality: str
    attributed_to: str | None
    year: int | None
    quote: str
    paragraph: int | None
    start: int | None
    end: int | None
    table: int | None
    row: int | None
    column: int | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A part of a list of claims, and how long the whole list is."""

    total: int
    rows: tuple[ClaimRow, ...]


# What a claim's line takes from the claim as it is; the rest is the article's.
_CLAIM_FIELDS = tuple(
    name
    for name in ClaimRow.__dataclass_fields__
    if name not in {"article_id", "headline", "url", "outlet", "published_at", "weapon_raw"}
)


def list_claims(session: Session, filters: ArticleFilters, limit: int = 50, offset: int = 0) -> ClaimPage:
    """List the claims of articles as they read now, those of the newest articles first."""
    query = _claims(filters)
    total = session.scalar(query.with_only_columns(func.count(Claim.id))) or 0
    return ClaimPage(total, _rows(session, in_order(query, NEWEST_FIRST).limit(limit).offset(offset)))


def claims_after(
    session: Session, filters: ArticleFilters, after: Sequence[Any], limit: int = 50
) -> tuple[ClaimRow, ...]:
    """List on behind the claim with these published_at, article_id and id."""
    return _rows(session, in_order(_claims(filters), NEWEST_FIRST, after).limit(limit))


def claims_of_articles(session: Session, article_ids: Sequence[int], limit: int) -> tuple[ClaimRow, ...]:
    """Give so many claims, at most, that these articles make as they read now."""
    query = _claims(ArticleFilters()).where(Article.id.in_(article_ids))
    return _rows(session, in_order(query, NEWEST_FIRST).limit(limit))


def _claims(filters: ArticleFilters) -> Select[Any]:
    conditions = [*own_conditions(filters), *claim_conditions(filters)]
    return select(Claim).join(Article, Article.current_revision_id == Claim.revision_id).where(*conditions)


def _rows(session: Session, query: Select[Any]) -> tuple[ClaimRow, ...]:
    whole = query.join(Outlet, Outlet.id == Article.outlet_id).add_columns(Article, Outlet.name)
    return tuple(claim_row(claim, article, outlet) for claim, article, outlet in session.execute(whole))


def claims_of_revision(session: Session, article: Article, revision_id: int) -> tuple[ClaimRow, ...]:
    """Give the claims of one revision in their order."""
    query = select(Claim).where(Claim.revision_id == revision_id).order_by(Claim.position)
    return tuple(claim_row(claim, article, article.outlet.name) for claim in session.scalars(query))


def claim_row(claim: Claim, article: Article, outlet: str) -> ClaimRow:
    """Make the line of one claim."""
    fields: dict[str, Any] = {name: getattr(claim, name) for name in _CLAIM_FIELDS}
    return ClaimRow(
        article_id=article.id,
        headline=article.headline,
        url=article.canonical_url,
        outlet=outlet,
        published_at=article.published_at,
        weapon_raw=tuple(claim.weapon_raw),
        **fields,
    )
