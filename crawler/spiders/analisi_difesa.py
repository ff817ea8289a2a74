"""Analisi Difesa."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AnalisiDifesaSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "analisi_difesa"
    outlet = Outlet(
        "Analisi Difesa", "https://www.analisidifesa.it/", "IT", ("it",), "specialist press", owner="Analisi Difesa"
    )
    start_urls = ["https://www.analisidifesa.it/feed/"]
    every = timedelta(hours=3)
    expect = 40
