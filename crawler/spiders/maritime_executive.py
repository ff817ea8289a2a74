"""The Maritime Executive."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class MaritimeExecutiveSpider(FeedSpider):
    """Reads the feed of all articles, most of them on merchant shipping."""

    name = "maritime_executive"
    outlet = Outlet(
        "The Maritime Executive",
        homepage="https://www.maritime-executive.com/",
        country="US",
        languages=("en",),
        kind="specialist press",
        owner="The Maritime Executive",
    )
    start_urls = ["https://www.maritime-executive.com/articles.rss"]
    every = timedelta(hours=3)
    expect = 70
