"""Ukrinform, the Ukrainian state agency, in English."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class UkrinformSpider(FeedSpider):
    """Reads the feed of the defence section."""

    name = "ukrinform"
    outlet = Outlet(
        "Ukrinform", "https://www.ukrinform.net/", "UA", ("en",), "state media", owner="Ukrainian Government"
    )
    start_urls = ["https://www.ukrinform.net/rss/rubric-defense"]
    every = timedelta(hours=2)
    expect = 100
