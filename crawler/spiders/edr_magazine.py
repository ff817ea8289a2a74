"""EDR Magazine."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class EdrMagazineSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "edr_magazine"
    outlet = Outlet(
        "EDR Magazine", "https://www.edrmagazine.eu/", "FR", ("en",), "specialist press", owner="EDR Magazine"
    )
    start_urls = ["https://www.edrmagazine.eu/feed"]
    every = timedelta(hours=3)
    expect = 50
