"""Archyworldys."""

from datetime import timedelta

from crawler.base_spiders import ListingSpider
from pipelines.items import Outlet


class ArchyworldysSpider(ListingSpider):
    """Reads the world section; no feed is known. Unsigned rewrites of others' reports: a tertiary source."""

    name = "archyworldys"
    outlet = Outlet(
        "Archyworldys",
        homepage="https://www.archyworldys.com/",
        country=None,  # the site does not say where it is published
        languages=("en",),
        kind="aggregator",
        owner="Archyworldys",
    )
    start_urls = ["https://www.archyworldys.com/category/world/"]
    every = timedelta(hours=3)
    expect = 70
