"""Military Times."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class MilitaryTimesSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "military_times"
    outlet = Outlet(
        "Military Times",
        homepage="https://www.militarytimes.com/",
        country="US",
        languages=("en",),
        kind="specialist press",
        owner="Sightline Media Group",
    )
    start_urls = ["https://www.militarytimes.com/arc/outboundfeeds/rss/?outputType=xml"]
    every = timedelta(hours=2)
    expect = 60
