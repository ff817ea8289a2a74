"""The Straits Times."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class StraitsTimesSpider(FeedSpider):
    """Reads the feed of the world section; some articles are for subscribers."""

    name = "straits_times"
    outlet = Outlet("The Straits Times", "https://www.straitstimes.com/", "SG", ("en",), "newspaper", owner="SPH Media")
    start_urls = ["https://www.straitstimes.com/news/world/rss.xml"]
    every = timedelta(hours=2)
    expect = 250
    rules = Rules(body="[data-testid=article-body-container-test-id]", drop=("[data-testid=newsletter-signup]",))
