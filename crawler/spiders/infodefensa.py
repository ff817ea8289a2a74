"""Infodefensa."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class InfodefensaSpider(FeedSpider):
    """Reads the feed of all sections, Spain and Latin America."""

    name = "infodefensa"
    outlet = Outlet(
        "Infodefensa",
        homepage="https://www.infodefensa.com/",
        country="ES",
        languages=("es",),
        kind="specialist press",
        owner="IDS",
    )
    start_urls = ["https://www.infodefensa.com/feed/all"]
    every = timedelta(hours=2)
    expect = 80
