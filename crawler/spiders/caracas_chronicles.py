"""Caracas Chronicles."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class CaracasChroniclesSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "caracas_chronicles"
    outlet = Outlet(
        "Caracas Chronicles",
        homepage="https://www.caracaschronicles.com/",
        country="VE",
        languages=("en",),
        kind="newspaper",
        owner="Caracas Chronicles",
    )
    start_urls = ["https://www.caracaschronicles.com/feed/"]
    every = timedelta(hours=6)
    expect = 15
