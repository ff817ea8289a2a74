"""Search for command line, web pages and API: the index says which articles, the database what is shown of them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.filters import ArticleFilters
from models.listing_articles import ArticleRow, list_articles
from models.search_index import SearchIndex, SnippetPart
from models.search_question import SearchQuestion, index_filters
from models.suggestions import Suggestion, find_suggestions

LITTLE = 3  # articles: below that another spelling may be meant

__all__ = ["FoundArticle", "FoundPage", "SearchQuestion", "search_articles"]


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """One article found, with the part of its text that has most hits."""

    article: ArticleRow
    score: float
    snippet: tuple[SnippetPart, ...]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A part of what was found, how much was found, and where that is little what else may be meant."""

    total: int
    rows: tuple[FoundArticle, ...]
    suggestions: tuple[Suggestion, ...] = ()


def search_articles(
    session: Session, index: SearchIndex, question: SearchQuestion, limit: int = 20, offset: int = 0
) -> FoundPage:
    """Find articles by their words and by facts. Raises QuerySyntaxError."""
    page = index.search(question.words, index_filters(question.filters), limit, offset, question.order)
    listed = list_articles(session, ArticleFilters(), ids=[hit.article_id for hit in page.hits], limit=limit)
    rows = {row.id: row for row in listed.rows}
    found = (FoundArticle(rows[hit.article_id], hit.score, hit.snippet) for hit in page.hits if hit.article_id in rows)
    suggestions = find_suggestions(session, index, question, page.total) if page.total < LITTLE else ()
    return FoundPage(page.total, tuple(found), suggestions)
