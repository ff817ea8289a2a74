"""Efecto Cocuyo."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class EfectoCocuyoSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "efecto_cocuyo"
    outlet = Outlet("Efecto Cocuyo", "https://efectococuyo.com/", "VE", ("es",), "newspaper", owner="Efecto Cocuyo")
    start_urls = ["https://efectococuyo.com/feed/"]
    every = timedelta(hours=3)
    expect = 80
