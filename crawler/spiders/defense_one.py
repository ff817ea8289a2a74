"""Defense One."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefenseOneSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "defense_one"
    outlet = Outlet("Defense One", "https://www.defenseone.com/", "US", ("en",), "specialist press", owner="GovExec")
    start_urls = ["https://www.defenseone.com/rss/all/"]
    every = timedelta(hours=1)
    expect = 45
