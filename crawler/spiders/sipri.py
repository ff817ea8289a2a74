"""The Stockholm International Peace Research Institute."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class SipriSpider(FeedSpider):
    """Reads the institute's feed of news, commentary and publications."""

    name = "sipri"
    outlet = Outlet(
        "Stockholm International Peace Research Institute",
        homepage="https://www.sipri.org/",
        country="SE",
        languages=("en",),
        kind="think tank",
        owner="SIPRI",
    )
    start_urls = ["https://www.sipri.org/rss/combined.xml"]
    every = timedelta(hours=12)
    expect = 4
