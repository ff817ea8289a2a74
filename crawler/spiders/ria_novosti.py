"""RIA Novosti, an agency of the Russian state's media holding."""

import re
from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class RiaNovostiSpider(FeedSpider):
    """Reads the feed of all sections, which also names videos and pictures."""

    name = "ria_novosti"
    outlet = Outlet("РИА Новости", "https://ria.ru/", "RU", ("ru",), "state media", owner="Russian Government")
    start_urls = ["https://ria.ru/export/rss2/archive/index.xml"]
    every = timedelta(hours=1)
    expect = 1500

    def is_article(self, url: str) -> bool:
        """Leave out videos and pictures."""
        return not re.search(r"/(?:video|photo)-", url)
