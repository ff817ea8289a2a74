"""ANSA, the Italian agency owned by newspapers, in English."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AnsaSpider(FeedSpider):
    """Reads the feed of the English desk."""

    name = "ansa"
    outlet = Outlet("ANSA", "https://www.ansa.it/english/", "IT", ("en",), "agency", owner="ANSA")
    start_urls = ["https://www.ansa.it/english/news/english_nr_rss.xml"]
    every = timedelta(hours=2)
    expect = 150
