"""Quwa."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class QuwaSpider(FeedSpider):
    """Reads the feed of all sections; some articles are for members and show their beginning only."""

    name = "quwa"
    outlet = Outlet("Quwa", "https://quwa.org/", "CA", ("en",), "specialist press", owner="Quwa")
    start_urls = ["https://quwa.org/feed/"]
    every = timedelta(hours=6)
    expect = 10
