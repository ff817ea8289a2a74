"""Airforce Technology."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AirforceTechnologySpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "airforce_technology"
    outlet = Outlet(
        "Airforce Technology",
        homepage="https://www.airforce-technology.com/",
        country="GB",
        languages=("en",),
        kind="specialist press",
        owner="GlobalData",
    )
    start_urls = ["https://www.airforce-technology.com/feed/"]
    every = timedelta(hours=3)
    expect = 30
