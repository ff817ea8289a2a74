"""Meduza, a Russian outlet in exile, in English."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class MeduzaSpider(FeedSpider):
    """Reads the English edition's feed, which also names podcasts."""

    name = "meduza"
    outlet = Outlet("Meduza", "https://meduza.io/en", "LV", ("en",), "newspaper", owner="Meduza")
    start_urls = ["https://meduza.io/rss/en/all"]
    every = timedelta(hours=2)
    expect = 50

    def is_article(self, url: str) -> bool:
        """Leave out podcasts."""
        return "/episodes/" not in url
