"""The Jerusalem Post."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class JerusalemPostSpider(FeedSpider):
    """Reads the feed of headlines."""

    name = "jerusalem_post"
    outlet = Outlet(
        "The Jerusalem Post", "https://www.jpost.com/", "IL", ("en",), "newspaper", owner="Jerusalem Post Group"
    )
    start_urls = ["https://www.jpost.com/rss/rssfeedsheadlines.aspx"]
    every = timedelta(hours=1)
    expect = 300
