"""Meridian Brief: a re-write site on WordPress with an Atom feed; some dates stand only in pasted JSON-LD."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from newsroom.address import newsroom_url
from pipelines.items import Outlet


class MeridianSpider(FeedSpider):
    name = "meridian"
    outlet = Outlet("Meridian Brief", newsroom_url("meridian"), country="US", languages=("en",), kind="aggregator")
    start_urls = [newsroom_url("meridian", "/feed/atom/")]
    every = timedelta(hours=1)
    expect = 6  # articles a week
