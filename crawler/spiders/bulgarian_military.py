"""BulgarianMilitary.com."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class BulgarianMilitarySpider(FeedSpider):
    """Reads the feed of all sections; rewrites others' reports, so a secondary source."""

    name = "bulgarian_military"
    outlet = Outlet(
        "BulgarianMilitary.com",
        homepage="https://bulgarianmilitary.com/",
        country="BG",
        languages=("en",),
        kind="aggregator",
        owner="BulgarianMilitary.com",
    )
    start_urls = ["https://bulgarianmilitary.com/feed/"]
    every = timedelta(hours=3)
    expect = 60
