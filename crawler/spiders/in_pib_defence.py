"""Releases of India's Ministry of Defence."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class InPibDefenceSpider(FeedSpider):
    """Reads the Press Information Bureau's feed for the ministry; its items have no dates."""

    name = "in_pib_defence"
    outlet = Outlet(
        "Press Information Bureau", "https://pib.gov.in/", "IN", ("en",), "government", owner="Indian Government"
    )
    start_urls = ["https://pib.gov.in/RssMain.aspx?ModId=6"]
    every = timedelta(hours=3)
    expect = 60
    rules = Rules(zone="Asia/Kolkata")
