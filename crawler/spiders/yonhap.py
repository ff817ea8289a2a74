"""Yonhap News Agency."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class YonhapSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "yonhap"
    outlet = Outlet("Yonhap News Agency", "https://en.yna.co.kr/", "KR", ("en",), "agency", owner="Yonhap News Agency")
    start_urls = ["https://en.yna.co.kr/RSS/news.xml"]
    every = timedelta(hours=1)
    expect = 500
