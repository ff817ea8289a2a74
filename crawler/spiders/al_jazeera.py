"""Al Jazeera in English."""

import re
from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class AlJazeeraSpider(FeedSpider):
    """Reads the feed of all sections, which also names videos, galleries and programmes."""

    name = "al_jazeera"
    outlet = Outlet("Al Jazeera", "https://www.aljazeera.com/", "QA", ("en",), "state media", owner="Qatari State")
    start_urls = ["https://www.aljazeera.com/xml/rss/all.xml"]
    every = timedelta(hours=1)
    expect = 350

    def is_article(self, url: str) -> bool:
        """Leave out videos, galleries, programmes and sport."""
        return not re.search(r"\.com/(?:video|gallery|podcasts|program|sports?)/", url)
