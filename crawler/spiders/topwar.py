"""Voennoe Obozrenie (Topwar), news and opinion; its editions in other languages are translations by machine."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TopwarSpider(FeedSpider):
    """Reads the Russian feed."""

    name = "topwar"
    outlet = Outlet("Военное обозрение", "https://topwar.ru/", "RU", ("ru",), "aggregator", owner="Военное обозрение")
    start_urls = ["https://topwar.ru/rss.xml"]
    every = timedelta(hours=3)
    expect = 200
