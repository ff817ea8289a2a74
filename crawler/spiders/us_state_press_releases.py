"""Press releases of the US State Department."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class UsStatePressReleasesSpider(FeedSpider):
    """Reads all releases; the arms sales notified to Congress have a spider of their own."""

    name = "us_state_press_releases"
    outlet = Outlet(
        "US Department of State", "https://www.state.gov/", "US", ("en",), "government", owner="US Government"
    )
    start_urls = ["https://www.state.gov/rss-feed/press-releases/feed/"]
    every = timedelta(hours=3)
    expect = 120
