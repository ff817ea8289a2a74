"""Jamestown Foundation."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class JamestownSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "jamestown"
    outlet = Outlet(
        "Jamestown Foundation", "https://jamestown.org/", "US", ("en",), "think tank", owner="Jamestown Foundation"
    )
    start_urls = ["https://jamestown.org/feed/"]
    every = timedelta(hours=12)
    expect = 12
