"""Defense News."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefenseNewsSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "defense_news"
    outlet = Outlet(
        "Defense News",
        homepage="https://www.defensenews.com/",
        country="US",
        languages=("en",),
        kind="specialist press",
        owner="Sightline Media Group",
    )
    start_urls = ["https://www.defensenews.com/arc/outboundfeeds/rss/?outputType=xml"]
    every = timedelta(hours=1)
    expect = 60
