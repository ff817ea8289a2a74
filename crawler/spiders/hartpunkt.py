"""hartpunkt."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class HartpunktSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "hartpunkt"
    outlet = Outlet("hartpunkt", "https://www.hartpunkt.de/", "DE", ("de",), "specialist press", owner="hartpunkt")
    start_urls = ["https://www.hartpunkt.de/feed/"]
    every = timedelta(hours=2)
    expect = 40
