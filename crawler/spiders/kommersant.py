"""Kommersant, a Russian business daily."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class KommersantSpider(FeedSpider):
    """Reads the feed of the world section."""

    name = "kommersant"
    outlet = Outlet("Коммерсантъ", "https://www.kommersant.ru/", "RU", ("ru",), "newspaper", owner="Kommersant")
    start_urls = ["https://www.kommersant.ru/rss/section-world.xml"]
    every = timedelta(hours=2)
    expect = 150
