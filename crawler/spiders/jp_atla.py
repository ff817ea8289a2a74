"""Japan's agency for buying and exporting arms."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class JpAtlaSpider(FeedSpider):
    """Reads the agency's feed of news in English."""

    name = "jp_atla"
    outlet = Outlet(
        "Acquisition, Technology & Logistics Agency",
        homepage="https://www.mod.go.jp/atla/en/",
        country="JP",
        languages=("en",),
        kind="government",
        owner="Japanese Government",
    )
    start_urls = ["https://www.mod.go.jp/atla/en/news/rss.xml"]
    every = timedelta(hours=12)
    expect = 2
