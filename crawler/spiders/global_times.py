"""Global Times, a paper of the People's Daily group."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class GlobalTimesSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "global_times"
    outlet = Outlet(
        "Global Times",
        homepage="https://www.globaltimes.cn/",
        country="CN",
        languages=("en",),
        kind="state media",
        owner="Chinese Communist Party and State",
    )
    start_urls = ["https://www.globaltimes.cn/rss/outbrain.xml"]
    every = timedelta(hours=2)
    expect = 250
    rules = Rules(zone="Asia/Shanghai")
