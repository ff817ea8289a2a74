"""The Long War Journal of the Foundation for Defense of Democracies."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class LongWarJournalSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "long_war_journal"
    outlet = Outlet(
        "Long War Journal",
        homepage="https://www.longwarjournal.org/",
        country="US",
        languages=("en",),
        kind="think tank",
        owner="Foundation for Defense of Democracies",
    )
    start_urls = ["https://www.longwarjournal.org/feed"]
    every = timedelta(hours=6)
    expect = 12
