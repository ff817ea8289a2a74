"""The Times of Israel."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class TimesOfIsraelSpider(FeedSpider):
    """Reads the feed of all sections, which also names live blog entries."""

    name = "times_of_israel"
    outlet = Outlet(
        "The Times of Israel", "https://www.timesofisrael.com/", "IL", ("en",), "newspaper", owner="The Times of Israel"
    )
    start_urls = ["https://www.timesofisrael.com/feed/"]
    every = timedelta(hours=1)
    expect = 400
    rules = Rules(drop=(".toic-block", ".toi-newsletter-widget"))

    def is_article(self, url: str) -> bool:
        """Leave out live blogs."""
        return "/liveblog" not in url
