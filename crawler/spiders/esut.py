"""Europäische Sicherheit & Technik."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class EsutSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "esut"
    outlet = Outlet(
        "Europäische Sicherheit & Technik",
        "https://esut.de/",
        "DE",
        ("de",),
        "specialist press",
        owner="Mittler Report Verlag",
    )
    start_urls = ["https://esut.de/feed/"]
    every = timedelta(hours=2)
    expect = 60
