"""Foreign Policy Research Institute."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class FpriSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "fpri"
    outlet = Outlet(
        "Foreign Policy Research Institute",
        homepage="https://www.fpri.org/",
        country="US",
        languages=("en",),
        kind="think tank",
        owner="Foreign Policy Research Institute",
    )
    start_urls = ["https://www.fpri.org/feed/"]
    every = timedelta(hours=12)
    expect = 8
