"""Stimson Center."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class StimsonCenterSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "stimson_center"
    outlet = Outlet("Stimson Center", "https://www.stimson.org/", "US", ("en",), "think tank", owner="Stimson Center")
    start_urls = ["https://www.stimson.org/feed/"]
    every = timedelta(hours=12)
    expect = 15
