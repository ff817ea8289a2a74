"""The Kyiv Independent."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class KyivIndependentSpider(FeedSpider):
    """Reads the feed of the news archive."""

    name = "kyiv_independent"
    outlet = Outlet(
        "The Kyiv Independent", "https://kyivindependent.com/", "UA", ("en",), "newspaper", owner="Kyiv Independent"
    )
    start_urls = ["https://kyivindependent.com/news-archive/rss/"]
    every = timedelta(hours=1)
    expect = 250
