"""The Moscow Times."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TheMoscowTimesSpider(FeedSpider):
    """Reads the feed of news; the paper left Russia for Amsterdam in 2022."""

    name = "the_moscow_times"
    outlet = Outlet(
        "The Moscow Times", "https://www.themoscowtimes.com/", "NL", ("en",), "newspaper", owner="The Moscow Times"
    )
    start_urls = ["https://www.themoscowtimes.com/rss/news"]
    every = timedelta(hours=2)
    expect = 80
