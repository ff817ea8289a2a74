"""Lenta.ru."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class LentaSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "lenta"
    outlet = Outlet("Lenta.ru", "https://lenta.ru/", "RU", ("ru",), "newspaper", owner="Rambler")
    start_urls = ["https://lenta.ru/rss"]
    every = timedelta(hours=1)
    expect = 1500
