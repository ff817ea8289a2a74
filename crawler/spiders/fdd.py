"""Foundation for Defense of Democracies."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class FddSpider(FeedSpider):
    """Reads the feed of all sections; it argues for a cause."""

    name = "fdd"
    outlet = Outlet(
        "Foundation for Defense of Democracies",
        homepage="https://www.fdd.org/",
        country="US",
        languages=("en",),
        kind="think tank",
        owner="Foundation for Defense of Democracies",
    )
    start_urls = ["https://www.fdd.org/feed/"]
    every = timedelta(hours=6)
    expect = 60
