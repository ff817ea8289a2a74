"""Daily Sabah."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class DailySabahSpider(FeedSpider):
    """Reads the feed of the front page."""

    name = "daily_sabah"
    outlet = Outlet(
        "Daily Sabah", "https://www.dailysabah.com/", "TR", ("en",), "newspaper", owner="Turkuvaz Media Group"
    )
    start_urls = ["https://www.dailysabah.com/rss/home-page"]
    every = timedelta(hours=2)
    expect = 250
    rules = Rules(body=".article_body")
