"""The base of sources that are read back from the Internet Archive."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

import scrapy
from scrapy.http import Response

from crawler.base_spiders.article import ArticleSpider
from crawler.base_spiders.documents import read_text
from crawler.base_spiders.json_formats import read_json
from crawler.base_spiders.ways_in import report
from models.crawl import Page as PageRow
from pipelines.extract.urls import canonical_or_none, with_parameter
from pipelines.items import Found, Page

FORMAT = "%Y%m%d%H%M%S"


class WaybackSpider(ArticleSpider):
    """For backfill: what the Wayback Machine kept of an outlet.

    1. ``patterns`` are addresses as its CDX server takes them (``example.com/news/*``); ``first`` and ``last`` are days
       as digits (``20240101``). Give the outlet the name it has in its own source.
    2. Each address is taken once, as it was kept first; the original bytes are fetched (``id_``), and the page has its
       original address and the instant of the capture.
    3. Addresses are listed ``page_size`` at a time, ``max_pages`` a crawl; known ones are not fetched again.
    """

    patterns: ClassVar[tuple[str, ...]] = ()
    first: ClassVar[str] = "1996"
    last: ClassVar[str] = "2100"
    archive: ClassVar[str] = "https://web.archive.org"
    page_size: ClassVar[int] = 2_000
    max_pages: ClassVar[int] = 20

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fixed = [
            ("output", "json"), ("fl", "timestamp,original"), ("filter", "statuscode:200"),
            ("filter", "mimetype:text/html"), ("collapse", "urlkey"), ("from", self.first), ("to", self.last),
            ("limit", str(self.page_size)), ("showResumeKey", "true"),
        ]  # fmt: skip
        asked = (urlencode([("url", pattern), *fixed]) for pattern in self.patterns)
        self.start_urls = [f"{self.archive}/cdx/search/cdx?{query}" for query in asked]

    def parse_way_in(self, response: Response, page: int = 1, **_: Any) -> Iterator[Found | scrapy.Request]:
        """Yield the captures that are listed, and the request for more."""
        result = parse_captures(response.body, self.archive)
        report(self, "captures", response.url, result)
        yield from result.found
        if result.resume_key and page < self.max_pages:
            following = with_parameter(response.url, "resumeKey", result.resume_key)
            yield scrapy.Request(following, callback=self.parse_way_in, cb_kwargs={"page": page + 1})

    def article_request(self, row: PageRow) -> scrapy.Request:
        """Request the capture, which is what the page was found in."""
        return super().article_request(row).replace(url=row.found_in)

    def parse_article(self, response: Response, found: Found) -> Iterator[Page]:
        """Make a page with its own address and the instant at which the archive kept it."""
        at = captured_at(response.url) or captured_at(found.found_in)
        for page in super().parse_article(response, found):
            received = page.received
            if at is None or received is None:
                yield page
                continue
            received = replace(received, url=found.url, fetched_at=at)
            yield replace(page, final_url=found.url, fetched_at=at, received=received)


@dataclass(slots=True)
class CapturesResult:
    """The captures that a page of the CDX server lists, the key to the next page, and what was wrong."""

    found: list[Found] = field(default_factory=list)
    resume_key: str | None = None
    problems: list[str] = field(default_factory=list)
    left_out: int = 0


def parse_captures(body: bytes, archive: str) -> CapturesResult:
    """Return what the CDX server lists; never raises on what a server may send."""
    text, problems = read_text(body, None)
    result = CapturesResult(problems=problems)
    try:
        rows = read_json(text) if text else []
    except ValueError:
        rows = None
    if not isinstance(rows, list):
        problems.append("malformed")
        return result
    for row in rows[1:]:
        texts = [cell for cell in row if isinstance(cell, str)] if isinstance(row, list) else []
        if len(texts) == 1:
            result.resume_key = texts[0]
        elif len(texts) == 2 and (url := canonical_or_none(texts[1])) and texts[0].isdigit():
            result.found.append(Found(url, f"{archive}/web/{texts[0]}id_/{texts[1]}"))
    return result


def captured_at(url: str) -> datetime | None:
    """Return the instant in an address of a capture, in UTC."""
    stamp = url.partition("/web/")[2][:14]
    try:
        return datetime.strptime(stamp, FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None
