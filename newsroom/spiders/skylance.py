"""Skylance Defence Review: an Australian trade magazine with a JSON Feed and a paywall."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from newsroom.address import newsroom_url
from pipelines.items import Outlet, Rules


class SkylanceSpider(FeedSpider):
    name = "skylance"
    outlet = Outlet(
        "Skylance Defence Review", newsroom_url("skylance"), country="AU", languages=("en",), kind="specialist press"
    )
    start_urls = [newsroom_url("skylance", "/feed.json")]
    every = timedelta(hours=1)
    expect = 7  # articles a week
    rules = Rules(drop=(".c-paywall", ".c-promo"))
