"""The Guardian."""

import re
from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TheGuardianSpider(FeedSpider):
    """Reads the feed of the world section, which also names videos, galleries and live blogs."""

    name = "the_guardian"
    outlet = Outlet(
        "The Guardian", "https://www.theguardian.com/world", "GB", ("en",), "newspaper", owner="Scott Trust"
    )
    start_urls = ["https://www.theguardian.com/world/rss"]
    every = timedelta(hours=1)
    expect = 300

    def is_article(self, url: str) -> bool:
        """Leave out videos, galleries and live blogs."""
        return not re.search(r"/(?:video|gallery|live|audio|picture)/", url)
