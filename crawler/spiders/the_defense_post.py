"""The Defense Post."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TheDefensePostSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "the_defense_post"
    outlet = Outlet(
        "The Defense Post",
        homepage="https://www.thedefensepost.com/",
        country="US",
        languages=("en",),
        kind="specialist press",
        owner="Globe Post Media",
    )
    start_urls = ["https://www.thedefensepost.com/feed/"]
    every = timedelta(hours=2)
    expect = 60
