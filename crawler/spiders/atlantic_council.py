"""Atlantic Council."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AtlanticCouncilSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "atlantic_council"
    outlet = Outlet(
        "Atlantic Council", "https://www.atlanticcouncil.org/", "US", ("en",), "think tank", owner="Atlantic Council"
    )
    start_urls = ["https://www.atlanticcouncil.org/feed/"]
    every = timedelta(hours=6)
    expect = 60
