"""The Hindu."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TheHinduSpider(FeedSpider):
    """Reads the feed of the international section; some articles are for subscribers."""

    name = "the_hindu"
    outlet = Outlet("The Hindu", "https://www.thehindu.com/", "IN", ("en",), "newspaper", owner="The Hindu Group")
    start_urls = ["https://www.thehindu.com/news/international/feeder/default.rss"]
    every = timedelta(hours=2)
    expect = 200
