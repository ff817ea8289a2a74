"""The base of sources that are found through a feed."""

from collections.abc import Iterator
from typing import Any, ClassVar

import scrapy
from scrapy.http import Response

from crawler.base_spiders.article import ArticleSpider
from crawler.base_spiders.feed_formats import parse_feed
from crawler.base_spiders.ways_in import leads_on, report, since_then
from pipelines.items import Found


class FeedSpider(ArticleSpider):
    """For outlets with RSS, Atom or JSON Feed.

    1. Put the feeds into ``start_urls``; several feeds of one outlet may name the same article.
    2. A feed that names its next page is read on until a page holds nothing new, something before ``since``, or
       ``max_pages`` is reached.
    3. How long the feed asks to be left alone is kept in the stat ``found/feed/ttl_minutes``.
    """

    conditional = True
    max_pages: ClassVar[int] = 3

    def parse_way_in(self, response: Response, page: int = 1, **_: Any) -> Iterator[Found | scrapy.Request]:
        """Yield what the feed names, and its next page."""
        content_type = response.headers.to_unicode_dict().get("Content-Type")
        result = parse_feed(response.body, response.url, content_type)
        report(self, "feed", response.url, result)
        if result.ttl:
            self.crawler.stats.max_value("found/feed/ttl_minutes", result.ttl.total_seconds() // 60)
        kept = since_then(self, "feed", result.found)
        goes_on = result.next_url is not None and page < self.max_pages and leads_on(self, result.found, kept)
        yield from kept
        if goes_on:
            yield scrapy.Request(result.next_url, callback=self.parse_way_in, cb_kwargs={"page": page + 1})
