"""BBC News."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class BbcNewsSpider(FeedSpider):
    """Reads the feeds of the world and Latin America sections."""

    name = "bbc_news"
    outlet = Outlet("BBC News", "https://www.bbc.com/news/world", "GB", ("en",), "broadcaster", owner="BBC")
    start_urls = [
        "https://feeds.bbci.co.uk/news/world/rss.xml",
        "https://feeds.bbci.co.uk/news/world/latin_america/rss.xml",
    ]
    every = timedelta(hours=1)
    expect = 250

    def is_article(self, url: str) -> bool:
        """Leave out videos, live pages and audio."""
        return "/articles/" in url
