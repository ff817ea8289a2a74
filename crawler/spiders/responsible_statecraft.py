"""Responsible Statecraft, the magazine of the Quincy Institute."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class ResponsibleStatecraftSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "responsible_statecraft"
    outlet = Outlet(
        "Responsible Statecraft",
        homepage="https://responsiblestatecraft.org/",
        country="US",
        languages=("en",),
        kind="think tank",
        owner="Quincy Institute",
    )
    start_urls = ["https://responsiblestatecraft.org/feed/"]
    every = timedelta(hours=6)
    expect = 25
