"""Defence24 in English."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class Defence24EnglishSpider(FeedSpider):
    """Reads the English edition's feed."""

    name = "defence24_english"
    outlet = Outlet(
        "Defence24.com", "https://defence24.com/", "PL", ("en",), "specialist press", owner="Defence24 Group"
    )
    start_urls = ["https://defence24.com/feed"]
    every = timedelta(hours=3)
    expect = 25
