"""The Organized Crime and Corruption Reporting Project."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class OccrpSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "occrp"
    outlet = Outlet("OCCRP", "https://www.occrp.org/", "NL", ("en",), "NGO", owner="OCCRP")
    start_urls = ["https://www.occrp.org/en/feed"]
    every = timedelta(hours=6)
    expect = 25
