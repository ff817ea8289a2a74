"""Deutsche Welle in Turkish."""

import re
from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DeutscheWelleTurkishSpider(FeedSpider):
    """Reads the feed of all sections, which also names videos."""

    name = "deutsche_welle_turkish"
    outlet = Outlet("DW Türkçe", "https://www.dw.com/tr/", "DE", ("tr",), "broadcaster", owner="Deutsche Welle")
    start_urls = ["https://rss.dw.com/xml/rss-tur-all"]
    every = timedelta(hours=2)
    expect = 80

    def is_article(self, url: str) -> bool:
        """Leave out videos and pictures."""
        return re.search(r"/a-\d+$", url) is not None
