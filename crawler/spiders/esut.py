"""Europäische Sicherheit & Technik."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class EsutSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "esut"
    outlet = Outlet(
        "Europäische Sicherheit & Technik",
        homepage="https://esut.de/",
        country="DE",
        languages=("de",),
        kind="specialist press",
        owner="Mittler Report Verlag",
    )
    start_urls = ["https://esut.de/feed/"]
    every = timedelta(hours=2)
    expect = 60
