"""Naval Technology."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class NavalTechnologySpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "naval_technology"
    outlet = Outlet(
        "Naval Technology", "https://www.naval-technology.com/", "GB", ("en",), "specialist press", owner="GlobalData"
    )
    start_urls = ["https://www.naval-technology.com/feed/"]
    every = timedelta(hours=3)
    expect = 30
