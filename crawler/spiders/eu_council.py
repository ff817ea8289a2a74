"""Council of the European Union."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class EuCouncilSpider(FeedSpider):
    """Reads press releases, among them those on the European Peace Facility and on arms embargoes."""

    name = "eu_council"
    outlet = Outlet(
        "Council of the European Union",
        homepage="https://www.consilium.europa.eu/",
        country="BE",
        languages=("en",),
        kind="international organisation",
        owner="European Union",
    )
    start_urls = ["https://www.consilium.europa.eu/en/press/press-releases/?format=rss"]
    every = timedelta(hours=6)
    expect = 25
