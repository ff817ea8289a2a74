"""Presidential actions published by the White House."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class WhiteHouseSpider(FeedSpider):
    """Reads orders, memoranda and determinations, among them waivers for arms exports."""

    name = "white_house"
    outlet = Outlet("White House", "https://www.whitehouse.gov/", "US", ("en",), "government", owner="US Government")
    start_urls = ["https://www.whitehouse.gov/presidential-actions/feed/"]
    every = timedelta(hours=6)
    expect = 12
