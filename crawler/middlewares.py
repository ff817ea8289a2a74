"""What stands between spider and gate: robots.txt as RFC 9309 wants it obeyed, and bodies made readable."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from protego import Protego
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest, ResponseDataLossError, StopDownload
from scrapy.http import Headers, Response, TextResponse
from scrapy.http.request import NO_CALLBACK
from scrapy.responsetypes import responsetypes
from scrapy.utils.httpobj import urlparse_cached

from crawler.gate import RefusedAddressError
from crawler.pace import NotNowError
from pipelines.content_encoding import ACCEPTED, CutOffBodyError, TooLargeBodyError, decode
from pipelines.extract.tree import decide_encoding

ASK_ROBOTS_AGAIN = 600.0  # seconds after which the pages of a host without robots.txt are due again


class RobotsRefusedError(IgnoreRequest):
    """robots.txt forbids the page. Raised by ObeyRobots."""


class RobotsUnreachableError(NotNowError):
    """robots.txt cannot be had, so nothing may be fetched now (RFC 9309, 2.3.1.4). Raised by ObeyRobots."""

    def __init__(self, why: str) -> None:
        super().__init__(why, time.time() + ASK_ROBOTS_AGAIN)


@dataclass(frozen=True, slots=True)
class HostRules:
    """What a host's robots.txt says; ``rules`` is None where the file could not be had."""

    rules: Protego | None
    error: Exception | None = None
    text: str = ""


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
        self.received: WeakKeyDictionary[Request, int] = WeakKeyDictionary()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ObeyRobots":
        """Build the middleware as Scrapy does, and let it see bodies as they come in."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.cut_off, signals.bytes_received)
        return middleware

    def cut_off(self, data: bytes, request: Request) -> None:
        """End the download of a robots.txt that is longer than what is read of it (RFC 9309, 2.5)."""
        if request.meta.get("is_robots"):
            self.received[request] = self.received.get(request, 0) + len(data)
            if self.received[request] > self.maxsize:
                raise StopDownload(fail=False)

    async def process_request(self, request: Request) -> None:
        """Let an allowed request pass, with the host's pace; raises RobotsRefusedError, RobotsUnreachableError."""
        if request.meta.get("is_robots"):
            return
        host = await self.rules_for(request)
        if host.rules is None:
            is_refused = isinstance(host.error, RefusedAddressError)
            self.crawler.stats.inc_value("ssrf_blocked" if is_refused else "robots/unreachable")
            if isinstance(host.error, RefusedAddressError | NotNowError):
                raise host.error
            raise RobotsUnreachableError(f"{type(host.error).__name__}: {host.error}") from host.error
        if not host.rules.can_fetch(request.url, self.agent):
            self.crawler.stats.inc_value("robots/refused")
            raise RobotsRefusedError(f"robots.txt forbids {request.url}")
        request.meta["crawl_delay"] = min(float(host.rules.crawl_delay(self.agent) or 0.0), self.delay_max)

    async def rules_for(self, request: Request) -> HostRules:
        """Give the rules of a request's host, fetched at the first request to it."""
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.hosts:
            self.hosts[origin] = asyncio.get_running_loop().create_future()
            self.hosts[origin].set_result(await self._read(origin))
        return await self.hosts[origin]

    async def _read(self, origin: str) -> HostRules:
        meta: dict[str, Any] = {"is_robots": True, "download_maxsize": 0}  # cut_off() is the limit
        request = Request(f"{origin}/robots.txt", callback=NO_CALLBACK, meta=meta, priority=1000, dont_filter=True)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001  # whatever the reason: without robots.txt the host is closed to us
            return HostRules(None, error)
        self.crawler.stats.inc_value(f"robots/status/{response.status}")
        if response.status >= 500 or response.status == 429:
            return HostRules(None, RobotsUnreachableError(f"status {response.status}"))
        text = response.body[: self.maxsize].decode("utf-8", "replace") if response.status < 300 else ""
        return HostRules(Protego.parse(text), text=text)


class Unpack:
    """Takes the Content-Encoding off and settles the encoding of text, both as a replay and extraction do.

    Scrapy's own middleware takes a cut-off body for a whole one, and trusts charsets that are none (``zlib_codec``).
    """

    def __init__(self, maxsize: int) -> None:
        self.maxsize = maxsize

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Unpack":
        """Build the middleware as Scrapy does."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say which encodings we take."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002
        """Give the response with its body unpacked; raises ResponseDataLossError, DownloadCancelledError."""
        headers = Headers(response.headers)
        encodings = b",".join(headers.getlist("Content-Encoding")).decode("latin-1").split(",")
        headers.pop("Content-Encoding", None)
        try:
            body = decode(response.body, encodings, self.maxsize)
        except CutOffBodyError as error:
            raise ResponseDataLossError(str(error)) from error
        except TooLargeBodyError as error:
            raise DownloadCancelledError(str(error)) from error
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        if not issubclass(kind, TextResponse):
            return response.replace(cls=kind, headers=headers, body=body)
        declared = headers.get("Content-Type", b"").decode("latin-1")
        encoding = decide_encoding(body, declared)
        return response.replace(cls=kind, headers=headers, body=body, encoding=encoding)
