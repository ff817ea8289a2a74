"""Dabanga, a Sudanese radio made in Amsterdam."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DabangaSpider(FeedSpider):
    """Reads the English edition's feed."""

    name = "dabanga"
    outlet = Outlet("Dabanga", "https://www.dabangasudan.org/", "NL", ("en",), "broadcaster", owner="Radio Dabanga")
    start_urls = ["https://www.dabangasudan.org/en/feed"]
    every = timedelta(hours=3)
    expect = 60
