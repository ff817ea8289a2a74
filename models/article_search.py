"""Search for command line and web pages: words from the index, facts about claims from the database."""

from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.claim import Claim
from models.filters import ArticleFilters, claim_conditions
from models.listing_articles import ArticleRow, list_articles
from models.outlet import Outlet, Source
from models.search_index import IndexFilters, SearchIndex, SnippetPart
from models.search_schema import CLAIM_FACETS, fact


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """One article found, with the part of its text that has most hits."""

    article: ArticleRow
    score: float
    snippet: tuple[SnippetPart, ...]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A part of what was found, and how much was found."""

    total: int
    rows: tuple[FoundArticle, ...]


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What is searched for: words of the query language, filters, and which come first."""

    words: str
    filters: ArticleFilters = field(default_factory=ArticleFilters)
    order: Literal["relevance", "date"] = "relevance"


def search_articles(
    session: Session, index: SearchIndex, question: SearchQuestion, limit: int = 20, offset: int = 0
) -> FoundPage:
    """Find articles by their words and by facts. Raises QuerySyntaxError."""
    facts = index_filters(session, question.filters)
    page = index.search(question.words, facts, limit, offset, question.order)
    listed = list_articles(session, ArticleFilters(), ids=[hit.article_id for hit in page.hits], limit=limit)
    rows = {row.id: row for row in listed.rows}
    found = (FoundArticle(rows[hit.article_id], hit.score, hit.snippet) for hit in page.hits if hit.article_id in rows)
    return FoundPage(page.total, tuple(found))


def index_filters(session: Session, filters: ArticleFilters) -> IndexFilters:
    """Turn what the database knows by name into what the index holds by number, and claims' facts into its terms."""
    outlets: list[ColumnElement[bool]] = []
    if filters.outlet is not None:
        outlets.append(func.lower(Outlet.name) == filters.outlet.lower())
    if filters.country is not None:
        outlets.append(Outlet.country == filters.country.upper())
    if filters.kind is not None:
        outlets.append(func.lower(Outlet.kind) == filters.kind.lower())
    sources = select(Source.id).where(Source.name == filters.source)
    return IndexFilters(
        since=filters.since,
        until=filters.until,
        language=filters.language.lower() if filters.language else None,
        access=filters.access,
        outlet_ids=tuple(session.scalars(select(Outlet.id).where(*outlets))) if outlets else None,
        source_ids=tuple(session.scalars(sources)) if filters.source is not None else None,
        claim_facts=_claim_facts(filters),
        revision_ids=_with_value(session, filters) if filters.currency is not None else None,
    )


def _claim_facts(filters: ArticleFilters) -> tuple[str, ...]:
    asked = {name: getattr(filters, name) for name in (*CLAIM_FACETS, "weapon")}
    return tuple(fact(name, value) for name, value in asked.items() if value is not None)


def _with_value(session: Session, filters: ArticleFilters) -> tuple[int, ...]:
    """Find the revisions with such a claim in the database: the index knows no ranges of values within one claim."""
    return tuple(session.scalars(select(Claim.revision_id).where(*claim_conditions(filters)).distinct()))
