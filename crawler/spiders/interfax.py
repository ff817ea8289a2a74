"""Interfax, a privately owned Russian agency."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class InterfaxSpider(FeedSpider):
    """Reads the feed of all sections, which is written in windows-1251."""

    name = "interfax"
    outlet = Outlet("Интерфакс", "https://www.interfax.ru/", "RU", ("ru",), "agency", owner="Interfax")
    start_urls = ["https://www.interfax.ru/rss.asp"]
    every = timedelta(hours=1)
    expect = 900
