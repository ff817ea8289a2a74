"""Zona Militar."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class ZonaMilitarSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "zona_militar"
    outlet = Outlet(
        "Zona Militar", "https://www.zona-militar.com/", "AR", ("es",), "specialist press", owner="Zona Militar"
    )
    start_urls = ["https://www.zona-militar.com/feed/"]
    every = timedelta(hours=2)
    expect = 90
