"""UN News."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class UnNewsSpider(FeedSpider):
    """Reads the feed of all topics; arms embargoes and the register of conventional arms are among them."""

    name = "un_news"
    outlet = Outlet(
        "UN News", "https://news.un.org/", "US", ("en",), "international organisation", owner="United Nations"
    )
    start_urls = ["https://news.un.org/feed/subscribe/en/news/all/rss.xml"]
    every = timedelta(hours=3)
    expect = 90
