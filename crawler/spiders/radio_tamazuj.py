"""Radio Tamazuj."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class RadioTamazujSpider(FeedSpider):
    """Reads the English edition's feed."""

    name = "radio_tamazuj"
    outlet = Outlet(
        "Radio Tamazuj", "https://www.radiotamazuj.org/", "SS", ("en",), "broadcaster", owner="Radio Tamazuj"
    )
    start_urls = ["https://www.radiotamazuj.org/en/feed"]
    every = timedelta(hours=3)
    expect = 60
