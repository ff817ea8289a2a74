"""Interfax-Ukraine."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class InterfaxUkraineSpider(FeedSpider):
    """Reads the feed of the latest news."""

    name = "interfax_ukraine"
    outlet = Outlet(
        "Interfax-Ukraine", "https://en.interfax.com.ua/", "UA", ("en",), "agency", owner="Interfax-Ukraine"
    )
    start_urls = ["https://en.interfax.com.ua/news/last.rss"]
    every = timedelta(hours=2)
    expect = 350
    rules = Rules(zone="Europe/Kyiv")
