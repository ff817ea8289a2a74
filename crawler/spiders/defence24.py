"""Defence24."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class Defence24Spider(FeedSpider):
    """Reads the feed of all sections."""

    name = "defence24"
    outlet = Outlet("Defence24", "https://defence24.pl/", "PL", ("pl",), "specialist press", owner="Defence24 Group")
    start_urls = ["https://defence24.pl/feed"]
    every = timedelta(hours=1)
    expect = 120
