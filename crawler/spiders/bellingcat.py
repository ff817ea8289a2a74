"""Bellingcat."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class BellingcatSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "bellingcat"
    outlet = Outlet("Bellingcat", "https://www.bellingcat.com/", "NL", ("en",), "NGO", owner="Bellingcat")
    start_urls = ["https://www.bellingcat.com/feed/"]
    every = timedelta(hours=6)
    expect = 5
