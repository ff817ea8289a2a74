"""Pages that need JavaScript: Chromium renders them, and every byte it asks for goes through our own gate.

The browser itself can connect to nothing (its proxy is a closed port): each request of a page is answered by Scrapy's
engine, with robots.txt, the host's pace and the address guard, or it is refused. Needs the extra ``browser``.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from weakref import WeakKeyDictionary

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Route, WebSocketRoute
from playwright.async_api import Request as PartRequest
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from pipelines.content_encoding import CutOffBodyError, TooLargeBodyError, decode
from pipelines.extract.urls import is_same_site

PARTS = {"script", "xhr", "fetch"}  # what text can come from; no pictures, fonts, style, media
MAX_PARTS = 60  # requests of one page
SETTLED = 8_000  # milliseconds that a page may take to come to rest once its document is there
_OF_THE_WIRE = {"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"}
# What a part that cannot be had ends with; a page goes on without it.
_NOT_HAD = (
    IgnoreRequest, CannotResolveHostError, DownloadCancelledError, DownloadConnectionRefusedError, DownloadFailedError,
    DownloadTimeoutError, NotSupported, ResponseDataLossError, UnsupportedURLSchemeError, OSError, ValueError,
)  # fmt: skip


_browsers: "WeakKeyDictionary[Crawler, Browser]" = WeakKeyDictionary()


class Browser:
    """Renders documents that were fetched already."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawl = crawler
        self._handler = ScrapyPlaywrightDownloadHandler(crawler)
        self._maxsize = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._timeout = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")

    @classmethod
    def of(cls, crawler: Crawler) -> "Browser":
        """Give the crawl's browser: the handlers of http and https share one."""
        if crawler not in _browsers:
            _browsers[crawler] = cls(crawler)
        return _browsers[crawler]

    async def close(self) -> None:
        """End the browser, once."""
        if _browsers.pop(self._crawl, None) is not None:
            await self._handler.close()

    async def render(self, request: Request, document: Response) -> Response:
        """Give the response with its document as it stands once its scripts have run.

        Raises DownloadTimeoutError after DOWNLOAD_TIMEOUT seconds, DownloadFailedError where the browser fails.
        """
        document = self._unpacked(document)
        meta = {
            "playwright": True,
            "playwright_page_init_callback": partial(self._guard, document),
            "playwright_page_methods": [PageMethod(_settle, request.meta.get("browser_wait_for"))],
            "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
        }
        try:
            rendering = self._handler.download_request(Request(document.url, meta=meta, dont_filter=True))
            rendered = await asyncio.wait_for(rendering, self._timeout)
        except TimeoutError as error:
            raise DownloadTimeoutError(f"browser: {document.url} took longer than {self._timeout} s") from error
        except PlaywrightError as error:
            raise DownloadFailedError(f"browser: {error.message.splitlines()[0]}") from error
        # The archive holds what the browser made of it, and says so.
        headers = document.headers.copy()
        headers.pop("Content-Length", None)
        headers["X-Rendered-By"] = "chromium"
        return rendered.replace(url=document.url, headers=headers, request=request)

    def _unpacked(self, document: Response) -> Response:
        encodings = b",".join(document.headers.getlist("Content-Encoding")).decode("latin-1").split(",")
        try:
            body = decode(document.body, encodings, self._maxsize)
        except (CutOffBodyError, TooLargeBodyError) as error:
            raise DownloadFailedError(str(error)) from error
        headers = document.headers.copy()
        headers.pop("Content-Encoding", None)
        return document.replace(body=body, headers=headers)

    async def _guard(self, document: Response, page: Page, _request: Request) -> None:
        """Answer everything the page asks for; registered last, so asked before scrapy-playwright's own handler."""
        await page.route("**/*", partial(self._answer, _Visit(document)))
        await page.route_web_socket("**/*", _refuse_socket)

    async def _answer(self, visit: "_Visit", route: Route, asked: PartRequest) -> None:
        if not visit.is_open:  # the first request is the page's own, however Chromium spells its address
            visit.is_open = True
            await _fulfill(route, visit.document)
            return
        response = None
        if visit.parts_left and _may_ask(asked, visit.document.url):
            visit.parts_left -= 1
            response = await self._fetch(asked)
        self._crawl.stats.inc_value(f"browser/parts/{'refused' if response is None else 'fetched'}")
        if response is None:
            await route.abort("blockedbyclient")
        else:
            await _fulfill(route, response)

    async def _fetch(self, asked: PartRequest) -> Response | None:
        headers = {name: value for name, value in asked.headers.items() if name in ("accept", "content-type")}
        # A slot of its own: the page's slot is taken by the page, the host's turn is waited for in either.
        meta = {"download_slot": "browser"}
        engine = self._crawl.engine
        assert engine is not None
        try:
            return await engine.download_async(
                Request(
                    asked.url,
                    method=asked.method,
                    body=asked.post_data_buffer,
                    headers=headers,
                    callback=NO_CALLBACK,
                    meta=meta,
                    dont_filter=True,
                )
            )
        except _NOT_HAD as error:
            self._crawl.stats.inc_value(f"browser/parts/failed/{type(error).__name__}")
            return None


@dataclass(slots=True)
class _Visit:
    """One page under way: its document, whether that was handed over, and how many more requests it may make."""

    document: Response
    is_open: bool = False
    parts_left: int = MAX_PARTS


def _may_ask(asked: PartRequest, url: str) -> bool:
    """Tell whether a page may ask for it: text or script, of its own site, and not for another page."""
    return asked.resource_type in PARTS and not asked.is_navigation_request() and is_same_site(asked.url, url)


async def _fulfill(route: Route, response: Response) -> None:
    given = response.headers.to_unicode_dict()
    headers = {name: value for name, value in given.items() if name.lower() not in _OF_THE_WIRE}
    await route.fulfill(status=response.status, headers=headers, body=response.body)


async def _refuse_socket(socket: WebSocketRoute) -> None:
    await socket.close()


async def _settle(page: Page, selector: str | None) -> None:
    """Wait until what the source waits for is there, else until the page is at rest, or takes too long."""
    with suppress(PlaywrightTimeoutError):
        if selector:
            await page.wait_for_selector(selector, state="attached", timeout=SETTLED)
        else:
            await page.wait_for_load_state("networkidle", timeout=SETTLED)
