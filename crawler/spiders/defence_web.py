"""defenceWeb."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefenceWebSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "defence_web"
    outlet = Outlet(
        "defenceWeb",
        homepage="https://www.defenceweb.co.za/",
        country="ZA",
        languages=("en",),
        kind="specialist press",
        owner="defenceWeb",
    )
    start_urls = ["https://www.defenceweb.co.za/feed/"]
    every = timedelta(hours=2)
    expect = 70
