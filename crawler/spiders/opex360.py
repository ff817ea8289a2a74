"""Zone Militaire (Opex360), the site of Laurent Lagneau."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class Opex360Spider(FeedSpider):
    """Reads the feed of all sections."""

    name = "opex360"
    outlet = Outlet(
        "Zone Militaire", "https://www.opex360.com/", "FR", ("fr",), "specialist press", owner="Zone Militaire"
    )
    start_urls = ["https://www.opex360.com/feed/"]
    every = timedelta(hours=2)
    expect = 35
