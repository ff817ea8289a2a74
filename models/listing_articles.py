"""Lists of articles, of the claims they make now, and of the series in their tables."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.article import Article
from models.claim import Claim
from models.filters import ArticleFilters, article_conditions
from models.keyset import Key, in_order
from models.outlet import Outlet, Source

NEWEST_FIRST = (Key(Article.published_at, falls=True), Key(Article.id, falls=True))


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article as a line of a list."""

    id: int
    url: str
    headline: str | None
    outlet: str
    outlet_id: int
    outlet_kind: str | None
    country: str | None
    source: str
    published_at: datetime | None
    published_precision: str | None
    first_seen_at: datetime
    gone_at: datetime | None
    language: str | None
    access: str
    relevance: float
    claims: int
    origin_group: int | None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A part of a list, and how long the whole list is."""

    total: int
    rows: tuple[ArticleRow, ...]


def list_articles(
    session: Session,
    filters: ArticleFilters,
    ids: Sequence[int] | None = None,
    limit: int = 50,
    offset: int = 0,
) -> ArticlePage:
    """List articles, the newest published first and those of unknown date last; with ``ids``, in their order."""
    conditions = article_conditions(filters)
    if ids is not None:
        return _listed(session, conditions, ids, limit, offset)
    total = session.scalar(select(func.count()).select_from(Article).where(*conditions)) or 0
    query = in_order(_article_query(conditions), NEWEST_FIRST)
    return ArticlePage(total, article_rows(session, query.limit(limit).offset(offset)))


def articles_after(
    session: Session, filters: ArticleFilters, after: Sequence[Any], limit: int = 50
) -> tuple[ArticleRow, ...]:
    """List on behind the article with these published_at and id."""
    query = in_order(_article_query(article_conditions(filters)), NEWEST_FIRST, after)
    return article_rows(session, query.limit(limit))


def _listed(session: Session, conditions: list[Any], ids: Sequence[int], limit: int, offset: int) -> ArticlePage:
    """Keep the order of ``ids`` and leave out those that do not meet the conditions."""
    found = {row.id: row for row in article_rows(session, _article_query([*conditions, Article.id.in_(ids)]))}
    rows = [found[each] for each in ids if each in found]
    return ArticlePage(len(rows), tuple(rows[offset : offset + limit]))


def _article_query(conditions: Collection[Any]) -> Select[Article]:
    return select(Article).where(*conditions)


# The fields of a line in their order: columns alone, as whole articles with their JSON take several times as long.
_COLUMNS = (
    Article.id,
    Article.canonical_url,
    Article.headline,
    Outlet.name,
    Outlet.id,
    Outlet.kind,
    Outlet.country,
    Source.name,
    Article.published_at,
    Article.published_precision,
    Article.first_seen_at,
    Article.gone_at,
    Article.language,
    Article.access,
    Article.relevance,
    select(func.count()).where(Claim.revision_id == Article.current_revision_id).scalar_subquery(),
    Article.origin_group,
)


def article_rows(session: Session, query: Select[Article]) -> tuple[ArticleRow, ...]:
    """Run a query for articles and make the lines of a list of them."""
    joined = query.join(Outlet, Outlet.id == Article.outlet_id).join(Source, Source.id == Article.source_id)
    return tuple(ArticleRow(*row) for row in session.execute(joined.with_only_columns(*_COLUMNS)))


def article_ids(session: Session, filters: ArticleFilters) -> list[int]:
    """Give the ids of all articles that meet the filters."""
    return list(session.scalars(select(Article.id).where(*article_conditions(filters))))
