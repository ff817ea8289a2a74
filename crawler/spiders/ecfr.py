"""European Council on Foreign Relations."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class EcfrSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "ecfr"
    outlet = Outlet(
        "European Council on Foreign Relations",
        homepage="https://ecfr.eu/",
        country="DE",
        languages=("en",),
        kind="think tank",
        owner="European Council on Foreign Relations",
    )
    start_urls = ["https://ecfr.eu/feed/"]
    every = timedelta(hours=12)
    expect = 12
