"""The base of sources that have no feed, only pages that list articles."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urljoin

import scrapy
from scrapy.http import Response

from crawler.base_spiders.article import ArticleSpider
from crawler.base_spiders.listing_links import NEXT_PAGE, ListingRules, parse_listing
from crawler.base_spiders.load_more import read_fragment
from crawler.base_spiders.ways_in import leads_on, report, since_then
from pipelines.items import Found


class ListingSpider(ArticleSpider):
    """For outlets whose articles are linked from a section or archive page.

    1. Put the listing pages into ``start_urls``.
    2. ``links`` says which links are articles: a CSS selector, an XPath (begins with ``/``, ``./`` or ``(``), or
       ``re.compile(...)`` searched in whole URLs. Without it, links with headline-like text or article-like path are
       taken, outside of navigation. Of a link only http(s) on the same site, or on ``allowed_domains``, is followed.
    3. ``next_page`` selects the link to the next page. The listing is read on until a page holds nothing new,
       something before ``since``, or ``max_pages`` is reached.
    4. Where no link leads on, ``page_url`` says how the pages are numbered, relative to the listing:
       ``"?page={page}"``, ``"page/{page}/"``, or ``"?offset={offset}"`` with ``page_size`` articles a page.
    5. A listing that answers in JSON ("load more") is read too: ``fragment`` is the dotted path to the HTML in it;
       without it the longest text with links is taken. JSON that has items instead of HTML is ``ApiSpider``'s.
    """

    links: ClassVar[str | re.Pattern[str] | None] = None
    next_page: ClassVar[str] = NEXT_PAGE
    max_pages: ClassVar[int] = 3
    page_url: ClassVar[str | None] = None
    first_page: ClassVar[int] = 1
    page_size: ClassVar[int] = 10
    fragment: ClassVar[str | None] = None

    def ways_in(self) -> Iterator[scrapy.Request]:
        """Request the listings, rendered where the source needs it."""
        for request in super().ways_in():
            yield request.replace(meta=self.browser_meta())

    def parse_way_in(
        self, response: Response, page: int = 1, first_url: str | None = None, **_: Any
    ) -> Iterator[Found | scrapy.Request]:
        """Yield what the listing links to, and its next page."""
        first_url = first_url or response.url
        domains = tuple(getattr(self, "allowed_domains", None) or ())
        rules = ListingRules(self.links, self.next_page, domains)
        content_type = response.headers.to_unicode_dict().get("Content-Type")
        result = parse_listing(read_fragment(response.body, self.fragment), response.url, content_type, rules)
        report(self, "listing", response.url, result)
        kept = since_then(self, "listing", result.found)
        following = result.next_url or self._numbered(first_url, page)
        goes_on = following is not None and page < self.max_pages and leads_on(self, result.found, kept)
        yield from kept
        if goes_on:
            arguments = {"page": page + 1, "first_url": first_url}
            yield scrapy.Request(following, callback=self.parse_way_in, cb_kwargs=arguments, meta=self.browser_meta())

    def _numbered(self, first_url: str, page: int) -> str | None:
        """Give the address of the page after this one, counted from 1."""
        if self.page_url is None:
            return None
        numbered = self.page_url.format(page=self.first_page + page, offset=page * self.page_size)
        return urljoin(first_url, numbered)
