"""Militarnyi, a Ukrainian military portal, in English."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class MilitarnyiSpider(FeedSpider):
    """Reads the English edition's feed."""

    name = "militarnyi"
    outlet = Outlet(
        "Militarnyi", "https://militarnyi.com/en/", "UA", ("en",), "specialist press", owner="Ukrainian Military Center"
    )
    start_urls = ["https://militarnyi.com/en/feed/"]
    every = timedelta(hours=2)
    expect = 90
