"""What stands between spider and gate: robots.txt as RFC 9309 wants it obeyed."""

import asyncio
from dataclasses import dataclass
from typing import Any

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.gate import RefusedAddressError


class RobotsRefusedError(IgnoreRequest):
    """robots.txt forbids the page. Raised by ObeyRobots."""


class RobotsUnreachableError(Exception):
    """robots.txt cannot be had, so nothing may be fetched now (RFC 9309, 2.3.1.4). Raised by ObeyRobots."""


@dataclass(frozen=True, slots=True)
class HostRules:
    """What a host's robots.txt says; ``rules`` is None where the file could not be had."""

    rules: Protego | None
    error: Exception | None = None


class ObeyRobots:
    """Fetches each host's robots.txt once a run and obeys it, its Crawl-delay too.

    A 4xx answer allows everything, an unreachable or failing server nothing (RFC 9309, 2.3.1.3 and 2.3.1.4); Scrapy's
    own middleware allows everything then.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self.maxsize = crawler.settings.getint("ROBOTS_MAXSIZE")
        self.delay_max = crawler.settings.getfloat("CRAWL_DELAY_MAX")
        self.hosts: dict[str, asyncio.Future[HostRules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ObeyRobots":
        """Build the middleware as Scrapy does."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let an allowed request pass, with the host's pace; raises RobotsRefusedError, RobotsUnreachableError."""
        if request.meta.get("is_robots"):
            return
        host = await self._rules_for(request)
        if isinstance(host.error, RefusedAddressError):
            raise host.error
        if host.rules is None:
            self.crawler.stats.inc_value("robots/unreachable")
            raise RobotsUnreachableError(f"{type(host.error).__name__}: {host.error}")
        if not host.rules.can_fetch(request.url, self.agent):
            self.crawler.stats.inc_value("robots/refused")
            raise RobotsRefusedError(f"robots.txt forbids {request.url}")
        delay = host.rules.crawl_delay(self.agent)
        if delay:
            request.meta["crawl_delay"] = min(float(delay), self.delay_max)

    async def _rules_for(self, request: Request) -> HostRules:
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.hosts:
            self.hosts[origin] = asyncio.get_running_loop().create_future()
            self.hosts[origin].set_result(await self._read(origin))
        return await self.hosts[origin]

    async def _read(self, origin: str) -> HostRules:
        meta: dict[str, Any] = {"is_robots": True, "download_maxsize": 16 * self.maxsize}
        request = Request(f"{origin}/robots.txt", callback=NO_CALLBACK, meta=meta, priority=1000, dont_filter=True)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001  # whatever the reason: without robots.txt the host is closed to us
            return HostRules(None, error)
        self.crawler.stats.inc_value(f"robots/status/{response.status}")
        if response.status >= 500 or response.status == 429:
            return HostRules(None, RobotsUnreachableError(f"status {response.status}"))
        text = response.body[: self.maxsize].decode("utf-8", "replace") if response.status < 300 else ""
        return HostRules(Protego.parse(text))
