"""The BBC in Spanish."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class BbcMundoSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "bbc_mundo"
    outlet = Outlet("BBC News Mundo", "https://www.bbc.com/mundo", "GB", ("es",), "broadcaster", owner="BBC")
    start_urls = ["https://www.bbc.com/mundo/index.xml"]
    every = timedelta(hours=2)
    expect = 80
