"""The Irrawaddy."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TheIrrawaddySpider(FeedSpider):
    """Reads the feed of all sections; the paper is made in exile in Thailand."""

    name = "the_irrawaddy"
    outlet = Outlet(
        "The Irrawaddy", "https://www.irrawaddy.com/", "TH", ("en",), "newspaper", owner="Irrawaddy Publishing Group"
    )
    start_urls = ["https://www.irrawaddy.com/feed/"]
    every = timedelta(hours=3)
    expect = 60
