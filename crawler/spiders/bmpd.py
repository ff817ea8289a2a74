"""The blog of Moscow's Centre for Analysis of Strategies and Technologies on Russian arms exports."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class BmpdSpider(FeedSpider):
    """Reads the blog's feed."""

    name = "bmpd"
    outlet = Outlet(
        "bmpd",
        homepage="https://bmpd.livejournal.com/",
        country="RU",
        languages=("ru",),
        kind="specialist press",
        owner="Centre for Analysis of Strategies and Technologies",
    )
    start_urls = ["https://bmpd.livejournal.com/data/rss"]
    every = timedelta(hours=3)
    expect = 20
    rules = Rules(authors=".b-singlepost-author .ljuser")
