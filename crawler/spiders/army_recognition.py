"""Army Recognition."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class ArmyRecognitionSpider(FeedSpider):
    """Reads the feed of all sections, where many items are rewritten and named again."""

    name = "army_recognition"
    outlet = Outlet(
        "Army Recognition",
        homepage="https://www.armyrecognition.com/",
        country="BE",
        languages=("en",),
        kind="specialist press",
        owner="Army Recognition Group",
    )
    start_urls = ["https://www.armyrecognition.com/rss"]
    every = timedelta(hours=2)
    expect = 150
