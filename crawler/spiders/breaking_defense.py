"""Breaking Defense."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class BreakingDefenseSpider(FeedSpider):
    """Reads the full feed; the usual ``/feed/`` answers 403."""

    name = "breaking_defense"
    outlet = Outlet(
        "Breaking Defense",
        homepage="https://breakingdefense.com/",
        country="US",
        languages=("en",),
        kind="specialist press",
        owner="Breaking Media",
    )
    start_urls = ["https://breakingdefense.com/full-rss-feed/"]
    every = timedelta(hours=1)
    expect = 50
