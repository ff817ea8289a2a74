"""The base of sources that are found through a JSON interface."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar

import scrapy
from scrapy.http import Response

from crawler.base_spiders.api_pages import ApiFields, ApiResult, parse_api_page
from crawler.base_spiders.article import ArticleSpider
from crawler.base_spiders.ways_in import leads_on, report, since_then
from crawler.environment import KEY_PREFIX
from pipelines.extract.urls import with_parameter, without_parameter
from pipelines.items import Found

Window = tuple[date, date]


class ApiSpider(ArticleSpider):
    """For outlets and authorities with a JSON interface.

    1. Put the first page into ``start_urls``.
    2. ``fields`` says where a page holds what, as dotted paths: the list of items, and in an item its URL, title, date.
    3. The next page is the one ``fields.next`` names: an address, or with ``cursor_parameter`` a cursor. With
       ``page_parameter`` it is the same address with that parameter higher by ``page_step`` (beginning at
       ``first_page``; an offset has a step of many). Pages are read on until one holds nothing new, something before
       ``since``, or ``max_pages`` is reached.
    4. ``window_parameters`` name the first and the last day asked for (``window_format``). The span is ``since`` or
       ``window_span`` until today; where it holds more than ``most_results``, which is all that the interface gives
       out (by ``fields.total``, or by their number), it is halved until its parts do not.
    5. A key that ``ARMSWATCH_KEY_NAME`` holds (NAME is the source's, in capitals) is sent as ``key_parameter``, or as
       ``key_header`` behind ``key_prefix``; to the origins of ``start_urls`` only. Without the key nothing is asked.
    """

    fields: ClassVar[ApiFields] = ApiFields()
    page_parameter: ClassVar[str | None] = None
    first_page: ClassVar[int] = 1
    page_step: ClassVar[int] = 1
    cursor_parameter: ClassVar[str | None] = None
    max_pages: ClassVar[int] = 3
    window_parameters: ClassVar[tuple[str, str] | None] = None
    window_format: ClassVar[str] = "%Y-%m-%d"
    window_span: ClassVar[timedelta] = timedelta(days=30)
    most_results: ClassVar[int] = 10_000
    key_parameter: ClassVar[str | None] = None
    key_header: ClassVar[str | None] = None
    key_prefix: ClassVar[str] = ""

    def ways_in(self) -> Iterator[scrapy.Request]:
        """Request the first page of each of ``start_urls``, for the whole span where there is one."""
        if (self.key_parameter or self.key_header) and self.name not in self.settings.getdict("KEYS"):
            for url in self.start_urls:
                self.way_in_failed(url, f"no key in {KEY_PREFIX}{self.name.upper()}")
            return
        for request in super().ways_in():
            yield self._for_window(request, self._span()) if self.window_parameters else request

    def parse_way_in(
        self, response: Response, page: int = 1, window: Window | None = None, **_: Any
    ) -> Iterator[Found | scrapy.Request]:
        """Yield what the page names, and its next page; of a span that holds too much its halves instead."""
        content_type = response.headers.to_unicode_dict().get("Content-Type")
        result = parse_api_page(response.body, response.url, content_type, self.fields)
        report(self, "api", response.url, result)
        if window and self._is_capped(result):
            if window[0] < window[1]:
                yield from (self._for_window(response.request, half) for half in halves(window))
                return
            self.count("found/api/left_out", max(1, (result.total or 0) - self.most_results))
        kept = since_then(self, "api", result.found)
        following = self._next(response.url, result, page)
        goes_on = following is not None and page < self.max_pages and leads_on(self, result.found, kept)
        yield from kept
        if goes_on:
            arguments = {"page": page + 1, "window": window}
            yield scrapy.Request(following, callback=self.parse_way_in, cb_kwargs=arguments)

    def _is_capped(self, result: ApiResult) -> bool:
        if self.fields.total is None:  # an interface that does not say gives all it gives
            return len(result.found) >= self.most_results
        return (result.total or 0) > self.most_results

    def _next(self, url: str, result: ApiResult, page: int) -> str | None:
        if self.cursor_parameter:
            return with_parameter(url, self.cursor_parameter, result.cursor) if result.cursor else None
        if result.next_url:  # may repeat the key, which no log is to hold
            return without_parameter(result.next_url, self.key_parameter)
        if self.page_parameter:
            return with_parameter(url, self.page_parameter, self.first_page + page * self.page_step)
        return None

    def _span(self) -> Window:
        today = datetime.now(UTC)
        return (self.since or today - self.window_span).date(), today.date()

    def _for_window(self, request: scrapy.Request, window: Window) -> scrapy.Request:
        assert self.window_parameters is not None
        url = request.url
        span = (datetime.combine(window[0], time.min), datetime.combine(window[1], time.max))
        for name, instant in zip(self.window_parameters, span, strict=True):
            url = with_parameter(url, name, instant.strftime(self.window_format))
        return scrapy.Request(url, callback=self.read_way_in, cb_kwargs={"window": window}, dont_filter=True)


def halves(window: Window) -> tuple[Window, Window]:
    """Part a span of days in two, the later one first."""
    first, last = window
    middle = first + (last - first) // 2
    return (middle + timedelta(days=1), last), (first, middle)
