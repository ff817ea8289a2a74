"""International Crisis Group."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class CrisisGroupSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "crisis_group"
    outlet = Outlet(
        "International Crisis Group",
        homepage="https://www.crisisgroup.org/",
        country="BE",
        languages=("en",),
        kind="NGO",
        owner="International Crisis Group",
    )
    start_urls = ["https://www.crisisgroup.org/rss.xml"]
    every = timedelta(hours=12)
    expect = 10
