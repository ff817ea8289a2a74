"""Army Technology."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class ArmyTechnologySpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "army_technology"
    outlet = Outlet(
        "Army Technology", "https://www.army-technology.com/", "GB", ("en",), "specialist press", owner="GlobalData"
    )
    start_urls = ["https://www.army-technology.com/feed/"]
    every = timedelta(hours=3)
    expect = 30
