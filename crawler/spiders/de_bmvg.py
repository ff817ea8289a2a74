"""The German Federal Ministry of Defence."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DeBmvgSpider(FeedSpider):
    """Reads the ministry's feed of news."""

    name = "de_bmvg"
    outlet = Outlet(
        "Bundesministerium der Verteidigung",
        homepage="https://www.bmvg.de/",
        country="DE",
        languages=("de",),
        kind="government",
        owner="German Government",
    )
    start_urls = ["https://www.bmvg.de/de/rss.xml"]
    every = timedelta(hours=6)
    expect = 15
