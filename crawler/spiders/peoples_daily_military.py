"""The military channel of People's Daily Online."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class PeoplesDailyMilitarySpider(FeedSpider):
    """Reads the channel's feed; the outlet serves it without TLS, and its pages are written in GB2312."""

    name = "peoples_daily_military"
    outlet = Outlet(
        "人民网军事频道",
        homepage="http://military.people.com.cn/",
        country="CN",
        languages=("zh",),
        kind="state media",
        owner="Chinese Communist Party and State",
    )
    start_urls = ["http://www.people.com.cn/rss/military.xml"]
    every = timedelta(hours=3)
    expect = 100
