"""Air & Space Forces Magazine."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AirAndSpaceForcesSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "air_and_space_forces"
    outlet = Outlet(
        "Air & Space Forces Magazine",
        homepage="https://www.airandspaceforces.com/",
        country="US",
        languages=("en",),
        kind="specialist press",
        owner="Air & Space Forces Association",
    )
    start_urls = ["https://www.airandspaceforces.com/feed/"]
    every = timedelta(hours=2)
    expect = 35
