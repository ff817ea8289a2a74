"""SavunmaSanayiST."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class SavunmaSanayistSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "savunma_sanayist"
    outlet = Outlet(
        "SavunmaSanayiST",
        homepage="https://www.savunmasanayist.com/",
        country="TR",
        languages=("tr",),
        kind="specialist press",
        owner="SavunmaSanayiST",
    )
    start_urls = ["https://www.savunmasanayist.com/feed/"]
    every = timedelta(hours=2)
    expect = 50
