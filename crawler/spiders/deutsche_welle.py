"""Deutsche Welle in English."""

import re
from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DeutscheWelleSpider(FeedSpider):
    """Reads the feed of all sections, which also names videos."""

    name = "deutsche_welle"
    outlet = Outlet("Deutsche Welle", "https://www.dw.com/en/", "DE", ("en",), "broadcaster", owner="Deutsche Welle")
    start_urls = ["https://rss.dw.com/xml/rss-en-all"]
    every = timedelta(hours=1)
    expect = 250

    def is_article(self, url: str) -> bool:
        """Leave out videos, pictures and live blogs."""
        return re.search(r"/a-\d+$", url) is not None
