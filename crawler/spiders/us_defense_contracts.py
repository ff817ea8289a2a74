"""The Pentagon's daily list of contracts."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class UsDefenseContractsSpider(FeedSpider):
    """Reads the list's feed; lines that name Foreign Military Sales say for whom the goods are."""

    name = "us_defense_contracts"
    outlet = Outlet(
        "US Department of War: contracts",
        homepage="https://www.war.gov/News/Contracts/",
        country="US",
        languages=("en",),
        kind="government",
        owner="US Government",
    )
    start_urls = ["https://www.war.gov/DesktopModules/ArticleCS/RSS.ashx?ContentType=400&Site=945&max=20"]
    every = timedelta(hours=6)
    expect = 5
