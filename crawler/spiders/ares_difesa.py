"""Ares Osservatorio Difesa."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AresDifesaSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "ares_difesa"
    outlet = Outlet(
        "Ares Osservatorio Difesa",
        homepage="https://aresdifesa.it/",
        country="IT",
        languages=("it",),
        kind="specialist press",
        owner="Ares Osservatorio Difesa",
    )
    start_urls = ["https://aresdifesa.it/feed/"]
    every = timedelta(hours=3)
    expect = 60
