"""The Sentry."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TheSentrySpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "the_sentry"
    outlet = Outlet("The Sentry", "https://thesentry.org/", "US", ("en",), "NGO", owner="The Sentry")
    start_urls = ["https://thesentry.org/feed/"]
    every = timedelta(hours=12)
    expect = 2
