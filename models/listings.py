"""The one door to all lists: rows as frozen dataclasses, the same for command line and web pages."""

from models.filters import ArticleFilters
from models.listing_articles import ArticlePage, ArticleRow, article_ids, list_articles
from models.listing_claims import ClaimPage, ClaimRow, list_claims
from models.listing_detail import ArticleDetail, FieldRow, article_detail
from models.listing_series import ObservationRow, SeriesPage, SeriesRow, TableRow, list_series
from models.listing_sources import SourceRow, Totals, list_sources, totals

__all__ = [
    "ArticleDetail",
    "ArticleFilters",
    "ArticlePage",
    "ArticleRow",
    "ClaimPage",
    "ClaimRow",
    "FieldRow",
    "ObservationRow",
    "SeriesPage",
    "SeriesRow",
    "SourceRow",
    "TableRow",
    "Totals",
    "article_detail",
    "article_ids",
    "list_articles",
    "list_claims",
    "list_series",
    "list_sources",
    "totals",
]
