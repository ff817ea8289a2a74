"""The Hill, its defence section."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class TheHillDefenseSpider(FeedSpider):
    """Reads the feed of the defence section."""

    name = "the_hill_defense"
    outlet = Outlet(
        "The Hill", "https://thehill.com/policy/defense/", "US", ("en",), "newspaper", owner="Nexstar Media Group"
    )
    start_urls = ["https://thehill.com/policy/defense/feed/"]
    every = timedelta(hours=2)
    expect = 50
