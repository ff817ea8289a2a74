"""Diálogo Américas, a magazine of US Southern Command."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DialogoAmericasSpider(FeedSpider):
    """Reads the feed of all sections; what it says is the US Government's line."""

    name = "dialogo_americas"
    outlet = Outlet(
        "Diálogo Américas", "https://dialogo-americas.com/", "US", ("en",), "government", owner="US Government"
    )
    start_urls = ["https://dialogo-americas.com/feed/"]
    every = timedelta(hours=6)
    expect = 20
