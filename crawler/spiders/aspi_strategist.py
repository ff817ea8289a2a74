"""The Strategist, the blog of the Australian Strategic Policy Institute."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AspiStrategistSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "aspi_strategist"
    outlet = Outlet(
        "The Strategist",
        homepage="https://www.aspistrategist.org.au/",
        country="AU",
        languages=("en",),
        kind="think tank",
        owner="Australian Strategic Policy Institute",
    )
    start_urls = ["https://www.aspistrategist.org.au/feed/"]
    every = timedelta(hours=6)
    expect = 25
