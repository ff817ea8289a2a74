"""38 North, the Stimson Center's programme on North Korea."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class North38Spider(FeedSpider):
    """Reads the feed of all sections."""

    name = "north_38"
    outlet = Outlet("38 North", "https://www.38north.org/", "US", ("en",), "think tank", owner="Stimson Center")
    start_urls = ["https://www.38north.org/feed/"]
    every = timedelta(hours=12)
    expect = 5
