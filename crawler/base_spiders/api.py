"""The base of sources that are found through a JSON interface."""

from collections.abc import Iterator
from typing import Any, ClassVar

import scrapy
from scrapy.http import Response

from crawler.base_spiders.api_pages import ApiFields, parse_api_page, with_parameter
from crawler.base_spiders.article import ArticleSpider
from crawler.base_spiders.ways_in import leads_on, report, since_then
from pipelines.items import Found


class ApiSpider(ArticleSpider):
    """For outlets and authorities with a JSON interface.

    1. Put the first page into ``start_urls``.
    2. ``fields`` says where a page holds what, as dotted paths: the list of items, and in an item its URL, title, date.
    3. The next page is the one ``fields.next`` names, or, with ``page_parameter``, the same address with that
       parameter one higher (beginning at ``first_page``). Pages are read on until one holds nothing new, something
       before ``since``, or ``max_pages`` is reached.
    """

    fields: ClassVar[ApiFields] = ApiFields()
    page_parameter: ClassVar[str | None] = None
    first_page: ClassVar[int] = 1
    max_pages: ClassVar[int] = 3

    def parse_way_in(self, response: Response, page: int = 1, **_: Any) -> Iterator[Found | scrapy.Request]:
        """Yield what the page names, and its next page."""
        content_type = response.headers.to_unicode_dict().get("Content-Type")
        result = parse_api_page(response.body, response.url, content_type, self.fields)
        report(self, "api", response.url, result)
        kept = since_then(self, "api", result.found)
        following = result.next_url
        if following is None and self.page_parameter:
            following = with_parameter(response.url, self.page_parameter, self.first_page + page)
        goes_on = following is not None and page < self.max_pages and leads_on(self, result.found, kept)
        yield from kept
        if goes_on:
            yield scrapy.Request(following, callback=self.parse_way_in, cb_kwargs={"page": page + 1})
