"""Defence Blog."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefenceBlogSpider(FeedSpider):
    """Reads the feed of all sections; much of it is taken from social media."""

    name = "defence_blog"
    outlet = Outlet(
        "Defence Blog", "https://defence-blog.com/", "UA", ("en",), "specialist press", owner="Defence Blog"
    )
    start_urls = ["https://defence-blog.com/feed/"]
    every = timedelta(hours=2)
    expect = 90
