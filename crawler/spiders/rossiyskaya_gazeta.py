"""Rossiyskaya Gazeta, the daily of the Russian Government."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class RossiyskayaGazetaSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "rossiyskaya_gazeta"
    outlet = Outlet("Российская газета", "https://rg.ru/", "RU", ("ru",), "state media", owner="Russian Government")
    start_urls = ["https://rg.ru/xml/index.xml"]
    every = timedelta(hours=1)
    expect = 900
