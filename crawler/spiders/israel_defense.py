"""Israel Defense."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class IsraelDefenseSpider(FeedSpider):
    """Reads the English edition's feed."""

    name = "israel_defense"
    outlet = Outlet(
        "Israel Defense",
        homepage="https://www.israeldefense.co.il/en",
        country="IL",
        languages=("en",),
        kind="specialist press",
        owner="Arrowmedia",
    )
    start_urls = ["https://www.israeldefense.co.il/en/rss.xml"]
    every = timedelta(hours=3)
    expect = 20
