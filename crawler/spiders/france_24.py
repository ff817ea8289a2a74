"""France 24 in English."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class France24Spider(FeedSpider):
    """Reads the feed of the news desk: ``/en/rss`` leads to a page."""

    name = "france_24"
    outlet = Outlet(
        "France 24", "https://www.france24.com/en/", "FR", ("en",), "broadcaster", owner="France Médias Monde"
    )
    start_urls = ["https://www.france24.com/en/live-news/rss"]
    every = timedelta(hours=1)
    expect = 400
