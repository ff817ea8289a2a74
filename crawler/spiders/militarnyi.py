"""Militarnyi, a Ukrainian military portal, in English."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class MilitarnyiSpider(FeedSpider):
    """Reads the English edition's feed."""

    name = "militarnyi"
    outlet = Outlet(
        "Militarnyi",
        homepage="https://militarnyi.com/en/",
        country="UA",
        languages=("en",),
        kind="specialist press",
        owner="Ukrainian Military Center",
    )
    start_urls = ["https://militarnyi.com/en/feed/"]
    every = timedelta(hours=2)
    expect = 90
