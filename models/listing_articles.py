"""Lists of articles, of the claims they make now, and of the series in their tables."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from models.article import Article
from models.claim import Claim
from models.filters import ArticleFilters, article_conditions


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
    query = _article_query(conditions).order_by(Article.published_at.desc().nulls_last(), Article.id.desc())
    return ArticlePage(total, article_rows(session, query.limit(limit).offset(offset)))


def _listed(session: Session, conditions: list[Any], ids: Sequence[int], limit: int, offset: int) -> ArticlePage:
    """Keep the order of ``ids`` and leave out those that do not meet the conditions."""
    found = {row.id: row for row in article_rows(session, _article_query([*conditions, Article.id.in_(ids)]))}
    rows = [found[each] for each in ids if each in found]
    return ArticlePage(len(rows), tuple(rows[offset : offset + limit]))


def _article_query(conditions: Collection[Any]) -> Select[Article]:
    return select(Article).where(*conditions)


def article_rows(session: Session, query: Select[Article]) -> tuple[ArticleRow, ...]:
    """Run a query for articles and make the lines of a list of them."""
    articles = session.scalars(query.options(joinedload(Article.outlet), joinedload(Article.source))).all()
    claims = _claim_counts(session, [article.current_revision_id for article in articles])
    return tuple(_article_row(article, claims.get(article.current_revision_id or 0, 0)) for article in articles)


def _claim_counts(session: Session, revision_ids: Sequence[int | None]) -> dict[int, int]:
    query = select(Claim.revision_id, func.count()).where(Claim.revision_id.in_(revision_ids))
    return dict(session.execute(query.group_by(Claim.revision_id)).all())


def _article_row(article: Article, claims: int) -> ArticleRow:
    return ArticleRow(
        id=article.id,
        url=article.canonical_url,
        headline=article.headline,
        outlet=article.outlet.name,
        outlet_id=article.outlet_id,
        outlet_kind=article.outlet.kind,
        country=article.outlet.country,
        source=article.source.name,
        published_at=article.published_at,
        published_precision=article.published_precision,
        first_seen_at=article.first_seen_at,
        gone_at=article.gone_at,
        language=article.language,
        access=article.access,
        relevance=article.relevance,
        claims=claims,
        origin_group=article.origin_group,
    )


def article_ids(session: Session, filters: ArticleFilters) -> list[int]:
    """Give the ids of all articles that meet the filters."""
    return list(session.scalars(select(Article.id).where(*article_conditions(filters))))
