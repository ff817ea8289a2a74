"""The US State Department's notifications of arms sales to Congress."""

from datetime import timedelta

from crawler.base_spiders import ListingSpider
from pipelines.items import Outlet


class UsStateArmsSalesSpider(ListingSpider):
    """Reads the list of notifications, ten to a page; pages can be edited in place months later."""

    name = "us_state_arms_sales"
    outlet = Outlet(
        "US Department of State",
        homepage="https://www.state.gov/",
        country="US",
        languages=("en",),
        kind="government",
        owner="US Government",
    )
    start_urls = ["https://www.state.gov/arms-sales-congressional-notifications"]
    every = timedelta(hours=6)
    expect = 2
    links = "a[href*='/releases/bureau-of-political-military-affairs/']"
