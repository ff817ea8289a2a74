"""Small Arms Survey."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class SmallArmsSurveySpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "small_arms_survey"
    outlet = Outlet(
        "Small Arms Survey",
        homepage="https://www.smallarmssurvey.org/",
        country="CH",
        languages=("en",),
        kind="think tank",
        owner="Geneva Graduate Institute",
    )
    start_urls = ["https://www.smallarmssurvey.org/rss.xml"]
    every = timedelta(hours=12)
    expect = 3
