"""Eurasianet."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class EurasianetSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "eurasianet"
    outlet = Outlet("Eurasianet", "https://eurasianet.org/", "US", ("en",), "newspaper", owner="Eurasianet")
    start_urls = ["https://eurasianet.org/rss"]
    every = timedelta(hours=6)
    expect = 15
