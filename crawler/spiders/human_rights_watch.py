"""Human Rights Watch."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class HumanRightsWatchSpider(FeedSpider):
    """Reads the feed of news, reports and letters."""

    name = "human_rights_watch"
    outlet = Outlet("Human Rights Watch", "https://www.hrw.org/", "US", ("en",), "NGO", owner="Human Rights Watch")
    start_urls = ["https://www.hrw.org/rss"]
    every = timedelta(hours=6)
    expect = 40
