"""Airforce Technology."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AirforceTechnologySpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "airforce_technology"
    outlet = Outlet(
        "Airforce Technology",
        "https://www.airforce-technology.com/",
        "GB",
        ("en",),
        "specialist press",
        owner="GlobalData",
    )
    start_urls = ["https://www.airforce-technology.com/feed/"]
    every = timedelta(hours=3)
    expect = 30
