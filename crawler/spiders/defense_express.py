"""Defense Express."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefenseExpressSpider(FeedSpider):
    """Reads the feed of the Ukrainian edition."""

    name = "defense_express"
    outlet = Outlet(
        "Defense Express", "https://defence-ua.com/", "UA", ("uk",), "specialist press", owner="Defense Express"
    )
    start_urls = ["https://defence-ua.com/rss.xml"]
    every = timedelta(hours=2)
    expect = 90
