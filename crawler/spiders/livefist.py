"""Livefist."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class LivefistSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "livefist"
    outlet = Outlet("Livefist", "https://www.livefistdefence.com/", "IN", ("en",), "specialist press", owner="Livefist")
    start_urls = ["https://www.livefistdefence.com/feed/"]
    every = timedelta(hours=6)
    expect = 5
