"""The Associated Press."""

from datetime import timedelta

from crawler.base_spiders import SitemapSpider
from pipelines.items import Outlet


class ApNewsSpider(SitemapSpider):
    """Reads the news sitemap: the agency has no free feed."""

    name = "ap_news"
    outlet = Outlet(
        "Associated Press",
        homepage="https://apnews.com/",
        country="US",
        languages=("en",),
        kind="agency",
        owner="Associated Press",
    )
    start_urls = ["https://apnews.com/news-sitemap-content.xml"]
    every = timedelta(hours=1)
    expect = 700
    languages = ("en",)

    def is_article(self, url: str) -> bool:
        """Leave out videos, galleries and hubs."""
        return "/article/" in url
