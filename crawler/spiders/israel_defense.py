"""Israel Defense."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class IsraelDefenseSpider(FeedSpider):
    """Reads the English edition's feed."""

    name = "israel_defense"
    outlet = Outlet(
        "Israel Defense", "https://www.israeldefense.co.il/en", "IL", ("en",), "specialist press", owner="Arrowmedia"
    )
    start_urls = ["https://www.israeldefense.co.il/en/rss.xml"]
    every = timedelta(hours=3)
    expect = 20
