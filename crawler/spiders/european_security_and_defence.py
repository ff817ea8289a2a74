"""European Security & Defence."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class EuropeanSecurityAndDefenceSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "european_security_and_defence"
    outlet = Outlet(
        "European Security & Defence",
        homepage="https://euro-sd.com/",
        country="DE",
        languages=("en",),
        kind="specialist press",
        owner="Mittler Report Verlag",
    )
    start_urls = ["https://euro-sd.com/feed/"]
    every = timedelta(hours=3)
    expect = 35
