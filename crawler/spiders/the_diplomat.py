"""The Diplomat."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TheDiplomatSpider(FeedSpider):
    """Reads the feed of the Asia Defense blog; some clients are met by a bot wall."""

    name = "the_diplomat"
    outlet = Outlet(
        "The Diplomat", "https://thediplomat.com/", "US", ("en",), "specialist press", owner="Diplomat Media"
    )
    start_urls = ["https://thediplomat.com/category/asia-defense/feed/"]
    every = timedelta(hours=3)
    expect = 10
