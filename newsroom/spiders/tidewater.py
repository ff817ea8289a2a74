"""Tidewater Post: an American county paper; its second feed is malformed, and some pages are walls."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from newsroom.address import newsroom_url
from pipelines.items import Outlet


class TidewaterSpider(FeedSpider):
    name = "tidewater"
    outlet = Outlet("Tidewater Post", newsroom_url("tidewater"), country="US", languages=("en",), kind="newspaper")
    start_urls = [newsroom_url("tidewater", "/feeds/all.rss"), newsroom_url("tidewater", "/feeds/sports.rss")]
    every = timedelta(hours=1)
    expect = 9  # articles a week
