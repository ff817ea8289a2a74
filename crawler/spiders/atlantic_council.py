"""Atlantic Council."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AtlanticCouncilSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "atlantic_council"
    outlet = Outlet(
        "Atlantic Council",
        homepage="https://www.atlanticcouncil.org/",
        country="US",
        languages=("en",),
        kind="think tank",
        owner="Atlantic Council",
    )
    start_urls = ["https://www.atlanticcouncil.org/feed/"]
    every = timedelta(hours=6)
    expect = 60
