"""The Washington Times."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class TheWashingtonTimesSpider(FeedSpider):
    """Reads the feed of the world section."""

    name = "the_washington_times"
    outlet = Outlet(
        "The Washington Times",
        homepage="https://www.washingtontimes.com/",
        country="US",
        languages=("en",),
        kind="newspaper",
        owner="Operations Holdings",
    )
    start_urls = ["https://www.washingtontimes.com/rss/headlines/news/world/"]
    every = timedelta(hours=2)
    expect = 80
    rules = Rules(body=".bigtext", drop=(".story-footer",))
