"""Military Watch Magazine."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class MilitaryWatchSpider(FeedSpider):
    """Reads the feed of headlines; unsigned, leaning towards Russia and China, so a secondary source."""

    name = "military_watch"
    outlet = Outlet(
        "Military Watch Magazine",
        homepage="https://militarywatchmagazine.com/",
        country=None,
        languages=("en",),
        kind="aggregator",
        owner="Military Watch Magazine",
    )
    start_urls = ["https://militarywatchmagazine.com/feeds/headlines"]
    every = timedelta(hours=3)
    expect = 40
