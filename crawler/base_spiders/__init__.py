"""How pages are found: one base for each kind of way in."""

from crawler.base_spiders.api import ApiSpider
from crawler.base_spiders.api_pages import ApiFields
from crawler.base_spiders.article import ArticleSpider
from crawler.base_spiders.discovery import GdeltSpider, NewsSearchSpider
from crawler.base_spiders.feed import FeedSpider
from crawler.base_spiders.listing import ListingSpider
from crawler.base_spiders.sitemap import SitemapSpider
from crawler.base_spiders.telegram import TelegramSpider
from crawler.base_spiders.wayback import WaybackSpider

__all__ = [
    "ApiFields",
    "ApiSpider",
    "ArticleSpider",
    "FeedSpider",
    "GdeltSpider",
    "ListingSpider",
    "NewsSearchSpider",
    "SitemapSpider",
    "TelegramSpider",
    "WaybackSpider",
]
