"""One outlet: who publishes it, its publisher family, its sources and articles."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.article import Article
from models.claim import Claim
from models.listing_articles import ArticleRow, article_rows
from models.listing_sources import SourceRow, list_sources
from models.outlet import Outlet, Source

NEWEST = 20


@dataclass(frozen=True, slots=True)
class OutletRow:
    """A publisher; outlets of one ``owner`` are not independent of each other."""

    id: int
    name: str
    homepage: str | None
    country: str | None
    languages: tuple[str, ...]
    kind: str | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class OutletDetail:
    """An outlet with its family (the other outlets of its owner), its sources and its newest articles."""

    outlet: OutletRow
    family: tuple[OutletRow, ...]
    sources: tuple[SourceRow, ...]
    articles: int
    claims: int
    newest: tuple[ArticleRow, ...]


def outlet_detail(session: Session, outlet_id: int, now: datetime) -> OutletDetail | None:
    """Give one outlet, or None."""
    outlet = session.get(Outlet, outlet_id)
    if outlet is None:
        return None
    claims = select(func.count(Claim.id)).join(Article, Article.current_revision_id == Claim.revision_id)
    newest = select(Article).where(Article.outlet_id == outlet_id)
    newest = newest.order_by(Article.published_at.desc().nulls_last(), Article.id.desc()).limit(NEWEST)
    return OutletDetail(
        outlet=_outlet_row(outlet),
        family=_family(session, outlet),
        sources=tuple(list_sources(session, now, Source.outlet_id == outlet_id)),
        articles=session.scalar(select(func.count(Article.id)).where(Article.outlet_id == outlet_id)) or 0,
        claims=session.scalar(claims.where(Article.outlet_id == outlet_id)) or 0,
        newest=article_rows(session, newest),
    )


def _family(session: Session, outlet: Outlet) -> tuple[OutletRow, ...]:
    if outlet.owner is None:
        return ()
    query = select(Outlet).where(Outlet.owner == outlet.owner, Outlet.id != outlet.id).order_by(Outlet.name)
    return tuple(map(_outlet_row, session.scalars(query)))


def _outlet_row(outlet: Outlet) -> OutletRow:
    return OutletRow(
        id=outlet.id,
        name=outlet.name,
        homepage=outlet.homepage,
        country=outlet.country,
        languages=tuple(outlet.languages),
        kind=outlet.kind,
        owner=outlet.owner,
    )
