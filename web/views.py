"""What each page shows, gathered from the database: the HTML page and its JSON twin are made of the same."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.article_search import FoundArticle, search_articles
from models.facets import Facets, find_facets
from models.listing_articles import ArticleRow, list_articles
from models.listing_choices import Choices, filter_choices
from models.listing_detail import ArticleDetail, article_detail
from models.listing_sources import SourceRow, Totals, list_sources, totals
from models.search_index import SearchIndex
from models.suggestions import Suggestion
from web.questions import LAST_PAGE, PAGE_SIZE, ArticleQuestion


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page."""

    totals: Totals
    newest: tuple[ArticleRow, ...]
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class ArticleList:
    """One page of a list of articles; ``pages`` is how many there are to turn to."""

    total: int
    page: int
    pages: int
    rows: tuple[FoundArticle, ...]
    suggestions: tuple[Suggestion, ...]
    facets: Facets


@dataclass(frozen=True, slots=True)
class Reader:
    """What views read from."""

    engine: Engine
    index: SearchIndex

    def overview(self, now: datetime) -> Overview:
        """Gather the first page."""
        with Session(self.engine) as session:
            newest = list_articles(session, ArticleQuestion().filters, limit=10).rows
            return Overview(totals(session), newest, tuple(list_sources(session, now)))

    def articles(self, question: ArticleQuestion) -> ArticleList:
        """Gather one page of articles. Raises QuerySyntaxError."""
        with Session(self.engine) as session:
            found = search_articles(session, self.index, question.search, PAGE_SIZE, question.offset)
            facets = find_facets(session, self.index, question.search)
        pages = min(-(-found.total // PAGE_SIZE), LAST_PAGE)
        return ArticleList(found.total, question.page, pages, found.rows, found.suggestions, facets)

    def article(self, article_id: int) -> ArticleDetail | None:
        """Gather one article, or None."""
        with Session(self.engine) as session:
            return article_detail(session, article_id)

    def sources(self, now: datetime) -> tuple[SourceRow, ...]:
        """Gather the sources."""
        with Session(self.engine) as session:
            return tuple(list_sources(session, now))

    def choices(self) -> Choices:
        """Gather what filters can be set to."""
        with Session(self.engine) as session:
            return filter_choices(session)
