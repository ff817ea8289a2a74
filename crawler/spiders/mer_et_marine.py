"""Mer et Marine."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class MerEtMarineSpider(FeedSpider):
    """Reads the feed of all sections; some articles are for subscribers and show their beginning only."""

    name = "mer_et_marine"
    outlet = Outlet(
        "Mer et Marine", "https://www.meretmarine.com/", "FR", ("fr",), "specialist press", owner="Groupe Télégramme"
    )
    start_urls = ["https://www.meretmarine.com/rss.xml"]
    every = timedelta(hours=3)
    expect = 50
