"""DefenceTalk."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefenceTalkSpider(FeedSpider):
    """Reads the feed of all sections; much of it is copied from agencies."""

    name = "defence_talk"
    outlet = Outlet("DefenceTalk", "https://www.defencetalk.com/", None, ("en",), "aggregator", owner="DefenceTalk")
    start_urls = ["https://www.defencetalk.com/feed/"]
    every = timedelta(hours=6)
    expect = 20
