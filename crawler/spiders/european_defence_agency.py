"""European Defence Agency."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class EuropeanDefenceAgencySpider(FeedSpider):
    """Reads the agency's feed of news: joint purchases of its member states."""

    name = "european_defence_agency"
    outlet = Outlet(
        "European Defence Agency",
        homepage="https://eda.europa.eu/",
        country="BE",
        languages=("en",),
        kind="international organisation",
        owner="European Union",
    )
    start_urls = ["https://eda.europa.eu/news-and-events/rss"]
    every = timedelta(hours=12)
    expect = 5
