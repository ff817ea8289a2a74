"""Arms Control Association."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class ArmsControlAssociationSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "arms_control_association"
    outlet = Outlet(
        "Arms Control Association",
        homepage="https://www.armscontrol.org/",
        country="US",
        languages=("en",),
        kind="NGO",
        owner="Arms Control Association",
    )
    start_urls = ["https://www.armscontrol.org/rss.xml"]
    every = timedelta(hours=12)
    expect = 8
