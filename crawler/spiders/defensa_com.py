"""Defensa.com."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefensaComSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "defensa_com"
    outlet = Outlet("Defensa.com", "https://www.defensa.com/", "ES", ("es",), "specialist press", owner="Grupo Edefa")
    start_urls = ["https://www.defensa.com/rss"]
    every = timedelta(hours=2)
    expect = 60
