"""Politico Europe."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class PoliticoEuropeSpider(FeedSpider):
    """Reads the feed of all sections, which also names newsletters."""

    name = "politico_europe"
    outlet = Outlet("Politico Europe", "https://www.politico.eu/", "BE", ("en",), "newspaper", owner="Axel Springer")
    start_urls = ["https://www.politico.eu/feed/"]
    every = timedelta(hours=1)
    expect = 250
    rules = Rules(drop=(".wp-block-politico-listen", ".wp-block-politico-advert"))

    def is_article(self, url: str) -> bool:
        """Leave out newsletters and podcasts."""
        return "/article/" in url
