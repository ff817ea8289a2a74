"""What is searched for, and how the index is asked for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from models.filters import ArticleFilters
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


def index_filters(filters: ArticleFilters) -> IndexFilters:
    """Give the filters as the index holds them."""
    return IndexFilters(
        since=filters.since,
        until=filters.until,
        facts=_facts(filters, ARTICLE_FILTERS),
        claim_facts=_facts(filters, FACT_FILTERS),
        value_min=filters.value_min,
        value_max=filters.value_max,
        currency=filters.currency,
    )


def _facts(filters: ArticleFilters, names: Sequence[str]) -> tuple[str, ...]:
    asked = {name: getattr(filters, name) for name in names}
    return tuple(fact(name, value) for name, value in asked.items() if value is not None)
