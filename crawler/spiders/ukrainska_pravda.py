"""Ukrainska Pravda in English."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class UkrainskaPravdaSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "ukrainska_pravda"
    outlet = Outlet(
        "Ukrainska Pravda", "https://www.pravda.com.ua/eng/", "UA", ("en",), "newspaper", owner="Ukrainska Pravda"
    )
    start_urls = ["https://www.pravda.com.ua/eng/rss/"]
    every = timedelta(hours=1)
    expect = 350
    rules = Rules(drop=(".post_news_support",))
