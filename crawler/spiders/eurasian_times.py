"""The EurAsian Times."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class EurasianTimesSpider(FeedSpider):
    """Reads the feed of all sections; rewrites and speculates, so a secondary source."""

    name = "eurasian_times"
    outlet = Outlet(
        "The EurAsian Times", "https://www.eurasiantimes.com/", "IN", ("en",), "aggregator", owner="The EurAsian Times"
    )
    start_urls = ["https://www.eurasiantimes.com/feed/"]
    every = timedelta(hours=3)
    expect = 90
