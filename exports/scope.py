"""What an export is about: filters and the moment it answers from; which revisions were known then."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.article import Article, Revision
from models.claim import Claim
from models.crawl import Capture
from models.filters import ArticleFilters, claim_conditions, own_conditions
from models.listing_transfers import TransferFilters, TransferRow
from models.outlet import Outlet
from pipelines.as_of import known_transfers
from pipelines.stated_claims import last_revisions

BATCH = 500  # rows fetched at a time


@dataclass(frozen=True, slots=True)
class Scope:
    """Filters and a moment (UTC): what was seen later does not count, so the same scope gives the same rows."""

    as_of: datetime
    filters: ArticleFilters = field(default_factory=ArticleFilters)


def revisions(session: Session, scope: Scope) -> Iterator[Any]:
    """Yield (Revision, Article, Outlet, Capture) of each article in the scope, as it read last by then."""
    query = select(Revision, Article, Outlet, Capture).join(Capture, Capture.id == Revision.capture_id)
    query = _within(query.join(Article, Article.id == Revision.article_id), scope)
    if scope.filters.asks_for_claims:
        query = query.where(Revision.id.in_(select(Claim.revision_id).where(*claim_conditions(scope.filters))))
    yield from session.execute(query.execution_options(yield_per=BATCH))


def claims(session: Session, scope: Scope) -> Iterator[Any]:
    """Yield (Claim, Revision, Article, Outlet, Capture) of each claim in the scope."""
    query = select(Claim, Revision, Article, Outlet, Capture).join(Revision, Revision.id == Claim.revision_id)
    query = query.join(Capture, Capture.id == Revision.capture_id)
    query = _within(query.join(Article, Article.id == Revision.article_id), scope)
    query = query.where(*claim_conditions(scope.filters)).order_by(Claim.position)
    yield from session.execute(query.execution_options(yield_per=BATCH))


def _within(query: Select[Any], scope: Scope) -> Select[Any]:
    query = query.join(Outlet, Outlet.id == Article.outlet_id).where(*own_conditions(scope.filters))
    return query.where(*last_revisions(scope.as_of)).order_by(Article.canonical_url)


def transfers(session: Session, scope: Scope) -> Iterator[tuple[TransferRow, list[int]]]:
    """Yield each transfer in the scope as it was joined then, with the ids of its claims, in the order of its key."""
    asked = scope.filters
    filters = TransferFilters(
        supplier=asked.supplier.upper() if asked.supplier else None,
        recipient=asked.recipient.upper() if asked.recipient else None,
        weapon=asked.weapon or asked.category,
        status=asked.status,
        since=asked.since,
        until=asked.until,
    )
    yield from sorted(known_transfers(session, filters, scope.as_of), key=lambda found: found[0].key)


def claim_name(claim: Claim, revision: Revision, article: Article) -> str:
    """Name a claim by what it is, not by the number a database gave it: the same in every copy of the data."""
    parts = f"{article.canonical_url}\n{revision.text_sha256}\n{claim.position}"
    return hashlib.sha256(parts.encode()).hexdigest()[:16]
