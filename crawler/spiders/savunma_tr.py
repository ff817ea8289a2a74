"""SavunmaTR."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class SavunmaTrSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "savunma_tr"
    outlet = Outlet("SavunmaTR", "https://www.savunmatr.com/", "TR", ("tr",), "specialist press", owner="SavunmaTR")
    start_urls = ["https://www.savunmatr.com/feed/"]
    every = timedelta(hours=2)
    expect = 60
