"""La Vanguardia."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class LaVanguardiaSpider(FeedSpider):
    """Reads the feed of the international section; some articles are for subscribers."""

    name = "la_vanguardia"
    outlet = Outlet("La Vanguardia", "https://www.lavanguardia.com/", "ES", ("es",), "newspaper", owner="Grupo Godó")
    start_urls = ["https://www.lavanguardia.com/rss/internacional.xml"]
    every = timedelta(hours=2)
    expect = 150
