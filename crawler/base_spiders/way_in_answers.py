"""What the answer of a way in says about itself: whether it changed, how long it stays fresh, a wish for a pause."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import scrapy
from scrapy.http import Response

from crawler.pace import retry_after
from pipelines.crawl_report import CrawlReport

if TYPE_CHECKING:
    from crawler.base_spiders.article import ArticleSpider

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s{0,5}=\s{0,5}\"?(\d{1,9})", re.IGNORECASE)
_NOT_FRESH = re.compile(r"\b(?:no-cache|no-store)\b", re.IGNORECASE)


def ask_conditionally(report: CrawlReport, request: scrapy.Request) -> None:
    """Let a way in be sent only if it changed since a crawl last read it to its end."""
    etag, modified = report.known_validators.get(request.url, (None, None))
    for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)):
        if value:
            request.headers[name] = value


def note_answer(spider: "ArticleSpider", response: Response) -> None:
    """Note validators, freshness and wish for a pause of a way in's answer; ``since`` may leave out what it names."""
    headers, now = response.headers, datetime.now(UTC)
    asked = response.meta.get("redirect_urls", [response.url])[0]
    report = spider.report
    if response.status == 304:
        report.validators[asked] = report.known_validators.get(asked, [None, None])
    elif response.status < 300 and spider.since is None and asked in spider.start_urls:
        given = [(headers.get(name) or b"").decode("latin-1")[:500] or None for name in ("ETag", "Last-Modified")]
        report.validators[asked] = given
    if response.status < 400:
        spider.crawler.stats.max_value("way_in/fresh_seconds", fresh_seconds(headers.to_unicode_dict(), now))
    elif (pause := retry_after(response.status, headers.get("Retry-After"), now)) is not None:
        note_pause(spider, (now + pause).timestamp())


def note_pause(spider: "ArticleSpider", until: float) -> None:
    """Note until when (seconds since 1970) a way in's host wants to be left alone."""
    spider.crawler.stats.max_value("way_in/pause_seconds", int(max(0.0, until - datetime.now(UTC).timestamp())))


def fresh_seconds(headers: Mapping[str, str], now: datetime) -> int:
    """Give how long an answer says it stays fresh (RFC 9111, 4.2.1): max-age, else Expires; 0 where it does not say."""
    control = headers.get("Cache-Control", "")
    if _NOT_FRESH.search(control):
        return 0
    if match := _MAX_AGE.search(control):
        return int(match[1])
    try:
        expires = parsedate_to_datetime(headers.get("Expires", ""))
        return max(0, int((expires - now).total_seconds()))
    except (ValueError, TypeError):
        return 0
