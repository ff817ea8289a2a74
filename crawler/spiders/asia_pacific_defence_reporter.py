"""Asia-Pacific Defence Reporter."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AsiaPacificDefenceReporterSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "asia_pacific_defence_reporter"
    outlet = Outlet(
        "Asia-Pacific Defence Reporter",
        homepage="https://asiapacificdefencereporter.com/",
        country="AU",
        languages=("en",),
        kind="specialist press",
        owner="Asia-Pacific Defence Reporter",
    )
    start_urls = ["https://asiapacificdefencereporter.com/feed/"]
    every = timedelta(hours=3)
    expect = 35
