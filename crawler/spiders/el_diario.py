"""elDiario.es."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class ElDiarioSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "el_diario"
    outlet = Outlet(
        "elDiario.es", "https://www.eldiario.es/", "ES", ("es",), "newspaper", owner="Diario de Prensa Digital"
    )
    start_urls = ["https://www.eldiario.es/rss/"]
    every = timedelta(hours=2)
    expect = 400
