"""Africa Defense Forum, a magazine of US Africa Command."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AdfMagazineSpider(FeedSpider):
    """Reads the feed of all sections; what it says is the US Government's line."""

    name = "adf_magazine"
    outlet = Outlet(
        "Africa Defense Forum", "https://adf-magazine.com/", "US", ("en",), "government", owner="US Government"
    )
    start_urls = ["https://adf-magazine.com/feed/"]
    every = timedelta(hours=6)
    expect = 20
