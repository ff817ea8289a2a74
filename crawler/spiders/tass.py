"""TASS, the Russian state agency, in English."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TassSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "tass"
    outlet = Outlet("TASS", "https://tass.com/", "RU", ("en",), "state media", owner="Russian Government")
    start_urls = ["https://tass.com/rss/v2.xml"]
    every = timedelta(hours=1)
    expect = 500
