"""Novaya Gazeta Europe, a Russian paper in exile."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class NovayaGazetaEuropeSpider(FeedSpider):
    """Reads the Russian edition's feed."""

    name = "novaya_gazeta_europe"
    outlet = Outlet(
        "Новая газета Европа", "https://novayagazeta.eu/", "LV", ("ru",), "newspaper", owner="Novaya Gazeta Europe"
    )
    start_urls = ["https://novayagazeta.eu/feed/rss"]
    every = timedelta(hours=2)
    expect = 120
