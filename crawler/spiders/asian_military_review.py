"""Asian Military Review."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AsianMilitaryReviewSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "asian_military_review"
    outlet = Outlet(
        "Asian Military Review",
        homepage="https://www.asianmilitaryreview.com/",
        country="TH",
        languages=("en",),
        kind="specialist press",
        owner="Media Transasia",
    )
    start_urls = ["https://www.asianmilitaryreview.com/feed/"]
    every = timedelta(hours=3)
    expect = 20
