"""How pages are found: one base for each kind of way in."""

from crawler.base_spiders.api import ApiSpider
from crawler.base_spiders.api_pages import ApiFields
from crawler.base_spiders.article import ArticleSpider
from crawler.base_spiders.feed import FeedSpider
from crawler.base_spiders.listing import ListingSpider
from crawler.base_spiders.sitemap import SitemapSpider

__all__ = ["ApiFields", "ApiSpider", "ArticleSpider", "FeedSpider", "ListingSpider", "SitemapSpider"]
