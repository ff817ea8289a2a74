"""The Intercept."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TheInterceptSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "the_intercept"
    outlet = Outlet(
        "The Intercept", "https://theintercept.com/", "US", ("en",), "newspaper", owner="The Intercept Media"
    )
    start_urls = ["https://theintercept.com/feed/?lang=en"]
    every = timedelta(hours=3)
    expect = 25
