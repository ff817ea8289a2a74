"""Overt Defense."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class OvertDefenseSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "overt_defense"
    outlet = Outlet(
        "Overt Defense", "https://www.overtdefense.com/", None, ("en",), "specialist press", owner="Overt Defense"
    )
    start_urls = ["https://www.overtdefense.com/feed/"]
    every = timedelta(hours=3)
    expect = 20
