"""Mehr News, an agency of Iran's Islamic Development Organization, in English."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class MehrNewsSpider(FeedSpider):
    """Reads the feed of all sections, which also names photo and video pages."""

    name = "mehr_news"
    outlet = Outlet("Mehr News Agency", "https://en.mehrnews.com/", "IR", ("en",), "state media", owner="Iranian State")
    start_urls = ["https://en.mehrnews.com/rss"]
    every = timedelta(hours=2)
    expect = 250

    def is_article(self, url: str) -> bool:
        """Leave out photos and videos."""
        return "/news/" in url
