"""The BBC in Russian."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class BbcRussianSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "bbc_russian"
    outlet = Outlet("BBC News Русская служба", "https://www.bbc.com/russian", "GB", ("ru",), "broadcaster", owner="BBC")
    start_urls = ["https://feeds.bbci.co.uk/russian/rss.xml"]
    every = timedelta(hours=2)
    expect = 100
