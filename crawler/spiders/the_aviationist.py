"""The Aviationist."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TheAviationistSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "the_aviationist"
    outlet = Outlet(
        "The Aviationist", "https://theaviationist.com/", "IT", ("en",), "specialist press", owner="The Aviationist"
    )
    start_urls = ["https://theaviationist.com/feed/"]
    every = timedelta(hours=2)
    expect = 35
