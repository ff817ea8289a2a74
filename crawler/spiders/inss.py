"""Institute for National Security Studies."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class InssSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "inss"
    outlet = Outlet(
        "Institute for National Security Studies",
        homepage="https://www.inss.org.il/",
        country="IL",
        languages=("en",),
        kind="think tank",
        owner="Institute for National Security Studies",
    )
    start_urls = ["https://www.inss.org.il/feed/"]
    every = timedelta(hours=12)
    expect = 8
