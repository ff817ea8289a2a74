"""The Islamic Republic News Agency, in English."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class IrnaSpider(FeedSpider):
    """Reads the feed of all sections, which also names photo and video pages."""

    name = "irna"
    outlet = Outlet("IRNA", "https://en.irna.ir/", "IR", ("en",), "state media", owner="Iranian State")
    start_urls = ["https://en.irna.ir/rss"]
    every = timedelta(hours=2)
    expect = 250

    def is_article(self, url: str) -> bool:
        """Leave out photos and videos."""
        return "/news/" in url
