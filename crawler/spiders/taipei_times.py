"""Taipei Times."""

from datetime import timedelta

from crawler.base_spiders import SitemapSpider
from pipelines.items import Outlet


class TaipeiTimesSpider(SitemapSpider):
    """Reads the sitemap, the articles in it alone."""

    name = "taipei_times"
    outlet = Outlet(
        "Taipei Times", "https://www.taipeitimes.com/", "TW", ("en",), "newspaper", owner="Liberty Times Group"
    )
    start_urls = ["https://www.taipeitimes.com/sitemap/sitemap.xml"]
    every = timedelta(hours=2)
    expect = 250

    def is_article(self, url: str) -> bool:
        """Keep articles: the sitemap also names sections and service pages."""
        return "/archives/" in url
