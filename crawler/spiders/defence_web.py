"""defenceWeb."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefenceWebSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "defence_web"
    outlet = Outlet(
        "defenceWeb", "https://www.defenceweb.co.za/", "ZA", ("en",), "specialist press", owner="defenceWeb"
    )
    start_urls = ["https://www.defenceweb.co.za/feed/"]
    every = timedelta(hours=2)
    expect = 70
