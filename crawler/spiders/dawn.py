"""Dawn."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DawnSpider(FeedSpider):
    """Reads the feed of the front page."""

    name = "dawn"
    outlet = Outlet("Dawn", "https://www.dawn.com/", "PK", ("en",), "newspaper", owner="Dawn Media Group")
    start_urls = ["https://www.dawn.com/feeds/home"]
    every = timedelta(hours=1)
    expect = 400
