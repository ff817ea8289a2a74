"""C4ISRNET."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class C4isrnetSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "c4isrnet"
    outlet = Outlet(
        "C4ISRNET", "https://www.c4isrnet.com/", "US", ("en",), "specialist press", owner="Sightline Media Group"
    )
    start_urls = ["https://www.c4isrnet.com/arc/outboundfeeds/rss/?outputType=xml"]
    every = timedelta(hours=3)
    expect = 15
