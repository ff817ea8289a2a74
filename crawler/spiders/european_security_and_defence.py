"""European Security & Defence."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class EuropeanSecurityAndDefenceSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "european_security_and_defence"
    outlet = Outlet(
        "European Security & Defence",
        "https://euro-sd.com/",
        "DE",
        ("en",),
        "specialist press",
        owner="Mittler Report Verlag",
    )
    start_urls = ["https://euro-sd.com/feed/"]
    every = timedelta(hours=3)
    expect = 35
