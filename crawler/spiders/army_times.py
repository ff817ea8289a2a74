"""Army Times."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class ArmyTimesSpider(FeedSpider):
    """Reads the feed of all sections; few of its stories are about transfers."""

    name = "army_times"
    outlet = Outlet(
        "Army Times", "https://www.armytimes.com/", "US", ("en",), "specialist press", owner="Sightline Media Group"
    )
    start_urls = ["https://www.armytimes.com/arc/outboundfeeds/rss/"]
    every = timedelta(hours=3)
    expect = 35
