"""CGTN, the foreign service of China's state television."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class CgtnSpider(FeedSpider):
    """Reads the feed of the China section."""

    name = "cgtn"
    outlet = Outlet(
        "CGTN", "https://www.cgtn.com/", "CN", ("en",), "state media", owner="Chinese Communist Party and State"
    )
    start_urls = ["https://www.cgtn.com/subscribe/rss/section/china.xml"]
    every = timedelta(hours=2)
    expect = 150
    rules = Rules(zone="Asia/Shanghai")
