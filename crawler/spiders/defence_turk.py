"""DefenceTurk."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefenceTurkSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "defence_turk"
    outlet = Outlet(
        "DefenceTurk", "https://www.defenceturk.net/", "TR", ("tr",), "specialist press", owner="DefenceTurk"
    )
    start_urls = ["https://www.defenceturk.net/feed"]
    every = timedelta(hours=2)
    expect = 60
