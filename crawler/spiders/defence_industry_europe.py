"""Defence Industry Europe."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefenceIndustryEuropeSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "defence_industry_europe"
    outlet = Outlet(
        "Defence Industry Europe",
        homepage="https://defence-industry.eu/",
        country="PL",
        languages=("en",),
        kind="specialist press",
        owner="Defence Industry Europe",
    )
    start_urls = ["https://defence-industry.eu/feed/"]
    every = timedelta(hours=2)
    expect = 70
