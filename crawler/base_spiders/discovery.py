"""The bases of sources that publish nothing and only lead to other outlets' articles: GDELT and news searches."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

import scrapy
from scrapy.http import Response

from crawler.base_spiders.api import ApiSpider
from crawler.base_spiders.api_pages import ApiFields
from crawler.base_spiders.feed import FeedSpider
from crawler.base_spiders.own_addresses import own_address
from pipelines.extract.urls import is_same_site
from pipelines.items import Found, Missed, Page


class GdeltSpider(ApiSpider):
    """For questions to GDELT's DOC API, whose answers are articles of outlets all over the world.

    1. ``questions`` are queries as GDELT writes them; each is asked for the days since ``since``, or ``window_span``.
    2. A span with as many answers as GDELT gives out (250) is halved, down to a day.
    3. Give the outlet the kind ``discovery``: then an article belongs to the outlet of its own domain. When GDELT saw
       an article is no date of publication; it only puts what was found in order.
    """

    questions: ClassVar[tuple[str, ...]] = ()
    endpoint: ClassVar[str] = "https://api.gdeltproject.org/api/v2/doc/doc"
    fields = ApiFields(items="articles", modified=("seendate",), language=("language",))
    window_parameters = ("startdatetime", "enddatetime")
    window_format = "%Y%m%d%H%M%S"
    window_span = timedelta(days=3)
    most_results = 250

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fixed = {"mode": "ArtList", "format": "json", "sort": "DateDesc", "maxrecords": self.most_results}
        self.start_urls = [f"{self.endpoint}?{urlencode({'query': each, **fixed})}" for each in self.questions]


class NewsSearchSpider(FeedSpider):
    """For the feeds of news searches (Google News, Bing News).

    1. Put the searches' feeds into ``start_urls``, and give the outlet the kind ``discovery``: then an article belongs
       to the outlet of its own domain.
    2. The outlet's own address is read from the link where it stands there. Where it does not, the link is followed;
       one that leads to no other site is recorded as refused, ``unresolved``.
    """

    def parse_way_in(self, response: Response, page: int = 1, **_: Any) -> Iterator[Found | scrapy.Request]:
        """Yield what was found at the outlets' own addresses."""
        for each in super().parse_way_in(response, page):
            if isinstance(each, Found):
                address = own_address(each.url)
                self.count(f"found/search/{'resolved' if address else 'to_follow'}")
                yield replace(each, url=address) if address else each
            else:
                yield each

    def parse_article(self, response: Response, found: Found) -> Iterator[Page | Missed]:
        """Make a page of an outlet's answer; one of the search's own site leads nowhere."""
        if any(is_same_site(response.url, url) for url in self.start_urls):
            yield Missed(found.url, "unresolved", final=True)
        else:
            yield from super().parse_article(response, found)
