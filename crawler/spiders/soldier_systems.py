"""Soldier Systems Daily."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class SoldierSystemsSpider(FeedSpider):
    """Reads the feed of all sections; most of it is about uniforms and small arms."""

    name = "soldier_systems"
    outlet = Outlet(
        "Soldier Systems Daily",
        homepage="https://soldiersystems.net/",
        country="US",
        languages=("en",),
        kind="specialist press",
        owner="Soldier Systems Daily",
    )
    start_urls = ["https://soldiersystems.net/feed/"]
    every = timedelta(hours=3)
    expect = 60
