"""The Aviationist."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TheAviationistSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "the_aviationist"
    outlet = Outlet(
        "The Aviationist",
        homepage="https://theaviationist.com/",
        country="IT",
        languages=("en",),
        kind="specialist press",
        owner="The Aviationist",
    )
    start_urls = ["https://theaviationist.com/feed/"]
    every = timedelta(hours=2)
    expect = 35
