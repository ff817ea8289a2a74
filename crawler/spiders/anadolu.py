"""Anadolu, the Turkish state agency."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class AnadoluSpider(FeedSpider):
    """Reads the general feed; none for defence alone is known."""

    name = "anadolu"
    outlet = Outlet("Anadolu Ajansı", "https://www.aa.com.tr/", "TR", ("tr",), "state media", owner="Turkish State")
    start_urls = ["https://www.aa.com.tr/tr/rss/default?cat=guncel"]
    every = timedelta(hours=1)
    expect = 900
    rules = Rules(body="div[dir]")
