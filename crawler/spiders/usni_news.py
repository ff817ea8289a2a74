"""USNI News."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class UsniNewsSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "usni_news"
    outlet = Outlet(
        "USNI News", "https://news.usni.org/", "US", ("en",), "specialist press", owner="US Naval Institute"
    )
    start_urls = ["https://news.usni.org/feed"]
    every = timedelta(hours=2)
    expect = 35
