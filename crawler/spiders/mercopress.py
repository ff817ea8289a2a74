"""MercoPress."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class MercopressSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "mercopress"
    outlet = Outlet("MercoPress", "https://en.mercopress.com/", "UY", ("en",), "newspaper", owner="MercoPress")
    start_urls = ["https://en.mercopress.com/rss"]
    every = timedelta(hours=3)
    expect = 70
