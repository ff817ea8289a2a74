"""International Crisis Group."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class CrisisGroupSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "crisis_group"
    outlet = Outlet(
        "International Crisis Group",
        "https://www.crisisgroup.org/",
        "BE",
        ("en",),
        "NGO",
        owner="International Crisis Group",
    )
    start_urls = ["https://www.crisisgroup.org/rss.xml"]
    every = timedelta(hours=12)
    expect = 10
