"""France 24 in Spanish."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class France24SpanishSpider(FeedSpider):
    """Reads the feed of all sections, which also names programmes."""

    name = "france_24_spanish"
    outlet = Outlet(
        "France 24 Español", "https://www.france24.com/es/", "FR", ("es",), "broadcaster", owner="France Médias Monde"
    )
    start_urls = ["https://www.france24.com/es/rss"]
    every = timedelta(hours=2)
    expect = 150
    rules = Rules(body=".t-content__body", drop=(".o-self-promo",))

    def is_article(self, url: str) -> bool:
        """Leave out programmes."""
        return "/programas/" not in url
