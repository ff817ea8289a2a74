"""UK Defence Journal."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class UkDefenceJournalSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "uk_defence_journal"
    outlet = Outlet(
        "UK Defence Journal",
        homepage="https://ukdefencejournal.org.uk/",
        country="GB",
        languages=("en",),
        kind="specialist press",
        owner="UK Defence Journal",
    )
    start_urls = ["https://ukdefencejournal.org.uk/feed/"]
    every = timedelta(hours=2)
    expect = 90
