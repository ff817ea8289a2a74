"""Defence Security Asia."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefenceSecurityAsiaSpider(FeedSpider):
    """Reads the feed of all sections; its headlines promise more than its texts hold, so a secondary source."""

    name = "defence_security_asia"
    outlet = Outlet(
        "Defence Security Asia",
        homepage="https://defencesecurityasia.com/",
        country="MY",
        languages=("en",),
        kind="aggregator",
        owner="Defence Security Asia",
    )
    start_urls = ["https://defencesecurityasia.com/feed/"]
    every = timedelta(hours=3)
    expect = 60
