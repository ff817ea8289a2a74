"""Infobae."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class InfobaeSpider(FeedSpider):
    """Reads the feed of all sections, a very full one."""

    name = "infobae"
    outlet = Outlet("Infobae", "https://www.infobae.com/", "AR", ("es",), "newspaper", owner="Infobae")
    start_urls = ["https://www.infobae.com/arc/outboundfeeds/rss/"]
    every = timedelta(hours=1)
    expect = 2500
