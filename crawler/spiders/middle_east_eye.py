"""Middle East Eye."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class MiddleEastEyeSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "middle_east_eye"
    outlet = Outlet(
        "Middle East Eye", "https://www.middleeasteye.net/", "GB", ("en",), "newspaper", owner="Middle East Eye"
    )
    start_urls = ["https://www.middleeasteye.net/rss"]
    every = timedelta(hours=2)
    expect = 100
