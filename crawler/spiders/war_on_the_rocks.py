"""War on the Rocks."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class WarOnTheRocksSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "war_on_the_rocks"
    outlet = Outlet(
        "War on the Rocks", "https://warontherocks.com/", "US", ("en",), "specialist press", owner="Metamorphic Media"
    )
    start_urls = ["https://warontherocks.com/feed/"]
    every = timedelta(hours=6)
    expect = 15
