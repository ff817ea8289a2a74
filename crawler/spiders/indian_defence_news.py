"""Indian Defence News."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class IndianDefenceNewsSpider(FeedSpider):
    """Reads the blog's feed; it copies agencies and newspapers word by word."""

    name = "indian_defence_news"
    outlet = Outlet(
        "Indian Defence News",
        homepage="https://www.indiandefensenews.in/",
        country="IN",
        languages=("en",),
        kind="aggregator",
        owner="Indian Defence News",
    )
    start_urls = ["https://www.indiandefensenews.in/feeds/posts/default?alt=rss"]
    every = timedelta(hours=3)
    expect = 90
    rules = Rules(published="abbr.published")
