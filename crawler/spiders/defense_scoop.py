"""DefenseScoop."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefenseScoopSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "defense_scoop"
    outlet = Outlet(
        "DefenseScoop", "https://defensescoop.com/", "US", ("en",), "specialist press", owner="Scoop News Group"
    )
    start_urls = ["https://defensescoop.com/feed/"]
    every = timedelta(hours=2)
    expect = 30
