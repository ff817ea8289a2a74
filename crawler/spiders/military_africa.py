"""Military Africa."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class MilitaryAfricaSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "military_africa"
    outlet = Outlet(
        "Military Africa", "https://www.military.africa/", "NG", ("en",), "specialist press", owner="Military Africa"
    )
    start_urls = ["https://www.military.africa/feed/"]
    every = timedelta(hours=3)
    expect = 25
