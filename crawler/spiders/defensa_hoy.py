"""Defensa Hoy."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefensaHoySpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "defensa_hoy"
    outlet = Outlet(
        "Defensa Hoy", "https://www.defensahoy.com/", "ES", ("es",), "specialist press", owner="Defensa Hoy"
    )
    start_urls = ["https://www.defensahoy.com/rss"]
    every = timedelta(hours=6)
    expect = 10
