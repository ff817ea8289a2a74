"""United Press International."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class UpiSpider(FeedSpider):
    """Reads the agency's feed of all news."""

    name = "upi"
    outlet = Outlet(
        "United Press International",
        homepage="https://www.upi.com/",
        country="US",
        languages=("en",),
        kind="agency",
        owner="News World Communications",
    )
    start_urls = ["https://rss.upi.com/news/news.rss"]
    every = timedelta(hours=1)
    expect = 200
