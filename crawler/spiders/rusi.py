"""Royal United Services Institute."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class RusiSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "rusi"
    outlet = Outlet(
        "Royal United Services Institute",
        homepage="https://www.rusi.org/",
        country="GB",
        languages=("en",),
        kind="think tank",
        owner="Royal United Services Institute",
    )
    start_urls = ["https://rusi.org/explore-our-research/rss.xml"]
    every = timedelta(hours=12)
    expect = 10
