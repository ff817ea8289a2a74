"""What is searched for, and how the index is asked for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.claim import Claim
from models.filters import ArticleFilters, claim_conditions
from models.search_query import IndexFilters
from models.search_schema import fact

ARTICLE_FILTERS = ("outlet", "country", "kind", "language", "source", "access")
FACT_FILTERS = ("supplier", "recipient", "weapon", "category", "status")


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What is searched for: words of the query language, filters, and which come first."""

    words: str
    filters: ArticleFilters = field(default_factory=ArticleFilters)
    order: Literal["relevance", "date"] = "relevance"


def index_filters(session: Session, filters: ArticleFilters) -> IndexFilters:
    """Give the filters as the index holds them; it knows no ranges of values within one claim, the database does."""
    return IndexFilters(
        since=filters.since,
        until=filters.until,
        facts=_facts(filters, ARTICLE_FILTERS),
        claim_facts=_facts(filters, FACT_FILTERS),
        revision_ids=_with_value(session, filters) if filters.currency is not None else None,
    )


def _facts(filters: ArticleFilters, names: Sequence[str]) -> tuple[str, ...]:
    asked = {name: getattr(filters, name) for name in names}
    return tuple(fact(name, value) for name, value in asked.items() if value is not None)


def _with_value(session: Session, filters: ArticleFilters) -> tuple[int, ...]:
    """Find the revisions with a claim that meets all filters of claims."""
    return tuple(session.scalars(select(Claim.revision_id).where(*claim_conditions(filters)).distinct()))
