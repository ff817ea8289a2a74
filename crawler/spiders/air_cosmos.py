"""Air & Cosmos."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AirCosmosSpider(FeedSpider):
    """Reads the feed of all sections; some articles are for subscribers and show their beginning only."""

    name = "air_cosmos"
    outlet = Outlet(
        "Air & Cosmos", "https://www.air-cosmos.com/", "FR", ("fr",), "specialist press", owner="Air & Cosmos"
    )
    start_urls = ["https://www.air-cosmos.com/rss.xml"]
    every = timedelta(hours=3)
    expect = 50
