"""Clarín."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class ClarinSpider(FeedSpider):
    """Reads the feed of the latest news."""

    name = "clarin"
    outlet = Outlet("Clarín", "https://www.clarin.com/", "AR", ("es",), "newspaper", owner="Grupo Clarín")
    start_urls = ["https://www.clarin.com/rss/lo-ultimo/"]
    every = timedelta(hours=1)
    expect = 900
