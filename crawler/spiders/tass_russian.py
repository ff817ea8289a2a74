"""TASS, the Russian state agency, in Russian."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TassRussianSpider(FeedSpider):
    """Reads the feed of all sections; some networks abroad are shut out."""

    name = "tass_russian"
    outlet = Outlet("ТАСС", "https://tass.ru/", "RU", ("ru",), "state media", owner="Russian Government")
    start_urls = ["https://tass.ru/rss/v2.xml"]
    every = timedelta(hours=1)
    expect = 1500
