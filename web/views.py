"""What each page shows, gathered from the database: the HTML page and its JSON twin are made of the same."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.article_search import SearchQuestion, search_articles
from models.facets import Facets, find_facets
from models.listing_articles import ArticleRow
from models.listing_detail import ArticleDetail, article_detail
from models.listing_news import News, whats_new
from models.listing_quotes import QuoteRow, strongest_claims
from models.listing_schedule import ScheduleDetail, schedule_detail
from models.listing_sources import SourceRow, Totals, Volume, list_sources, source_volumes, totals
from models.listing_transfers import TransferDetail, transfer_detail
from models.search_index import SearchIndex, SnippetPart
from models.suggestions import Suggestion
from web.questions import LAST_PAGE, PAGE_SIZE, ArticleQuestion
from web.remembered import Remembered, RememberedEach

NEWS_SPAN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article as a card: how well it matches, where the words stand, and what it states most surely."""

    article: ArticleRow
    score: float = 0.0
    snippet: tuple[SnippetPart, ...] = ()
    quote: QuoteRow | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page: what is new since yesterday, all there is, and the sources with how they fare."""

    news: News
    new_articles: tuple[ArticleCard, ...]
    totals: Totals
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class ArticleList:
    """One page of a list of articles; ``pages`` is how many there are to turn to."""

    total: int
    page: int
    pages: int
    rows: tuple[ArticleCard, ...]
    suggestions: tuple[Suggestion, ...]
    facets: Facets


class Reader:
    """What views read from; what is counted over everything may be a minute old."""

    def __init__(self, engine: Engine, index: SearchIndex) -> None:
        self.engine, self.index = engine, index
        self._totals = Remembered(self._count_totals)
        self._volumes = Remembered(self._count_volumes)
        self._facets = RememberedEach(self._find_facets)

    def overview(self, now: datetime) -> Overview:
        """Gather the first page."""
        with Session(self.engine) as session:
            news = whats_new(session, now - NEWS_SPAN)
            cards = _cards(session, [ArticleCard(row) for row in news.new_articles])
            sources = list_sources(session, now, volumes=self._volumes.get(now))
            return Overview(news, cards, self._totals.get(now), tuple(sources))

    def articles(self, question: ArticleQuestion) -> ArticleList:
        """Gather one page of articles. Raises QuerySyntaxError."""
        with Session(self.engine) as session:
            found = search_articles(session, self.index, question.search, PAGE_SIZE, question.offset)
            cards = _cards(session, [ArticleCard(row.article, row.score, row.snippet) for row in found.rows])
        pages = min(-(-found.total // PAGE_SIZE), LAST_PAGE)
        return ArticleList(found.total, question.page, pages, cards, found.suggestions, self.facets(question))

    def article(self, article_id: int) -> ArticleDetail | None:
        """Gather one article, or None."""
        with Session(self.engine) as session:
            return article_detail(session, article_id)

    def facets(self, question: ArticleQuestion) -> Facets:
        """Count the articles that match by the values of each filter. Raises QuerySyntaxError."""
        return self._facets.get(replace(question.search, order="relevance"))

    def transfer(self, transfer_id: int) -> TransferDetail | None:
        """Gather one transfer, or None."""
        with Session(self.engine) as session:
            return transfer_detail(session, transfer_id)

    def sources(self, now: datetime) -> tuple[SourceRow, ...]:
        """Gather the sources."""
        with Session(self.engine) as session:
            return tuple(list_sources(session, now, volumes=self._volumes.get(now)))

    def schedule(self, now: datetime) -> ScheduleDetail:
        """Gather the schedule."""
        with Session(self.engine) as session:
            return schedule_detail(session, now, self._volumes.get(now))

    def _find_facets(self, question: SearchQuestion) -> Facets:
        with Session(self.engine) as session:
            return find_facets(session, self.index, question)

    def _count_totals(self, _now: datetime) -> Totals:
        with Session(self.engine) as session:
            return totals(session)

    def _count_volumes(self, now: datetime) -> dict[int, Volume]:
        with Session(self.engine) as session:
            return source_volumes(session, now)


def _cards(session: Session, cards: list[ArticleCard]) -> tuple[ArticleCard, ...]:
    """Add to each card what its article states most surely."""
    quotes = strongest_claims(session, [card.article.id for card in cards])
    return tuple(replace(card, quote=quotes.get(card.article.id)) for card in cards)
