"""Naval News."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class NavalNewsSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "naval_news"
    outlet = Outlet(
        "Naval News",
        homepage="https://www.navalnews.com/",
        country="FR",
        languages=("en",),
        kind="specialist press",
        owner="Naval News",
    )
    start_urls = ["https://www.navalnews.com/feed/"]
    every = timedelta(hours=2)
    expect = 40
