"""InSight Crime."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class InsightCrimeSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "insight_crime"
    outlet = Outlet("InSight Crime", "https://insightcrime.org/", "US", ("en",), "NGO", owner="InSight Crime")
    start_urls = ["https://insightcrime.org/feed/"]
    every = timedelta(hours=6)
    expect = 15
