"""DefesaNet."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefesaNetSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "defesa_net"
    outlet = Outlet("DefesaNet", "https://www.defesanet.com.br/", "BR", ("pt",), "specialist press", owner="DefesaNet")
    start_urls = ["https://www.defesanet.com.br/feed/"]
    every = timedelta(hours=3)
    expect = 60
