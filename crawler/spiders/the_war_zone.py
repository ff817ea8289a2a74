"""The War Zone."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TheWarZoneSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "the_war_zone"
    outlet = Outlet(
        "The War Zone",
        homepage="https://www.twz.com/",
        country="US",
        languages=("en",),
        kind="specialist press",
        owner="Recurrent Ventures",
    )
    start_urls = ["https://www.twz.com/feed"]
    every = timedelta(hours=1)
    expect = 50
