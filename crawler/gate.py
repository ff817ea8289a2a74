"""The one gate for outgoing requests: public addresses only, one request at a time a host, within a deadline."""

import asyncio
import ipaddress
import time
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Response
from twisted.internet.address import IPv4Address as TwistedIPv4Address
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from twisted.protocols.basic import LineReceiver
from zope.interface import implementer

from crawler.addresses import Network, literal_address, may_reach
from crawler.keys import SourceKey
from crawler.pace import BrowserMissingError, HostPace, NotNowError, retry_after
from pipelines.items import Received

HEADER_LINE_MAX = 1 << 17  # bytes; Twisted's 16 KiB lose pages whose policy headers are longer
STOP_GRACE = 8.0  # seconds that requests under way may take once the crawl is told to stop
STOP_POLL = 0.5
ASK_FOR_BROWSER_AGAIN = 86_400.0  # seconds


class RefusedAddressError(IgnoreRequest):
    """The request leads to an address that is not public. Raised by the gate before anything is sent."""


class UnclearAddressError(RefusedAddressError):
    """The URL is one that programs read in different ways. Raised by the gate before anything is sent."""


class StoppingError(NotNowError):
    """The crawl was told to stop before the answer was there. Raised by GuardedDownloadHandler."""


@implementer(IResolutionReceiver)
class _Sieve:
    """Passes on the addresses that may be reached."""

    def __init__(self, receiver: IResolutionReceiver, resolver: "GuardedResolver", host: str) -> None:
        self.receiver, self.resolver, self.host = receiver, resolver, host
        self.passed = 0
        self.refused = 0

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        if may_reach(ipaddress.ip_address(address.host.split("%")[0]), self.resolver.allowed):
            self.passed += 1
            self.receiver.addressResolved(address)
        else:
            self.refused += 1

    def resolutionComplete(self) -> None:  # noqa: N802
        if self.refused and not self.passed:
            self.resolver.refused_hosts.add(self.host)
        self.receiver.resolutionComplete()


@implementer(IHostResolution)
class _LocalResolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Do nothing: the answer was there at once."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves names to public addresses only, for each connection anew: what is dialled is what was checked.

    Names under ``.localhost`` are loopback everywhere (RFC 6761, 6.3), which the C library may not know.
    """

    def __init__(self, inner: IHostnameResolver, reactor: Any, allowed: Sequence[Network]) -> None:
        self.inner, self.reactor, self.allowed = inner, reactor, allowed
        self.refused_hosts: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "GuardedResolver":
        """Build the resolver that Scrapy installs (setting TWISTED_DNS_RESOLVER)."""
        return cls(reactor.nameResolver, reactor, tuple(crawler.settings["ALLOW_ADDRESSES"]))

    def install_on_reactor(self) -> None:
        """Put the resolver in the way of every connection by name."""
        self.reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Resolve the name, leaving out what may not be reached (IHostnameResolver)."""
        sieve = _Sieve(resolutionReceiver, self, hostName)
        if hostName.rstrip(".").endswith(".localhost"):
            resolution = _LocalResolution(hostName)
            sieve.resolutionBegan(resolution)
            sieve.addressResolved(TwistedIPv4Address("TCP", "127.0.0.1", portNumber))
            sieve.resolutionComplete()
            return resolution
        return self.inner.resolveHostName(sieve, hostName, portNumber, addressTypes, transportSemantics)


def _open_browser(crawler: Crawler) -> Any:
    """Give the crawl's browser, None where the source needs none or the extra is missing."""
    if not getattr(crawler.spidercls, "needs_browser", False) or find_spec("scrapy_playwright") is None:
        return None
    from crawler.browser import Browser  # noqa: PLC0415  # the extra is there only where somebody needs it

    return Browser.of(crawler)


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's handler behind the gate; every request passes here: pages, redirects, robots.txt, feeds.

    Leaves the response as the server sent it in ``request.meta["received"]``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        LineReceiver.MAX_LENGTH = HEADER_LINE_MAX
        self._crawl = crawler
        settings = crawler.settings
        self._allowed = tuple(settings["ALLOW_ADDRESSES"])
        self._pace = HostPace(settings["DATA_DIR"] / "hosts", settings.getfloat("DOWNLOAD_DELAY"))
        self._stats = crawler.stats
        self._browser = _open_browser(crawler)
        self._key = SourceKey(crawler)

    async def close(self) -> None:
        """End the browser where there is one, then what Scrapy holds open."""
        if self._browser is not None:
            await self._browser.close()
        await super().close()

    async def download_request(self, request: Request) -> Response:
        """Check the address, wait for the host's turn, fetch; raises RefusedAddressError, NotNowError."""
        return await self._unless_stopping(self._fetch(self._check(request), request))

    async def _unless_stopping(self, work: Coroutine[Any, Any, Response]) -> Response:
        """Wait for the work; once the engine stops only for so long that all can be put away in time."""
        task = asyncio.ensure_future(work)
        left = STOP_GRACE
        while not (await asyncio.wait({task}, timeout=STOP_POLL))[0]:
            left -= 0.0 if self._crawl.engine.running else STOP_POLL
            if left <= 0:
                task.cancel()
                raise StoppingError("the crawl was told to stop", time.time())
        return task.result()

    async def _fetch(self, host: str, request: Request) -> Response:
        if not self._crawl.engine.running:
            raise StoppingError("the crawl was told to stop", time.time())
        async with self._pace.turn(host, request.meta.get("crawl_delay", 0.0)):
            try:
                with self._key.unsaid():
                    response = await super().download_request(self._key.added_to(request))
            except CannotResolveHostError as error:
                self._raise_if_refused(host, error)
                raise
            response = response.replace(url=request.url)
            pause = retry_after(response.status, response.headers.get("Retry-After"), datetime.now(UTC))
            if pause is not None:
                self._pace.pause(host, pause)
        if request.meta.get("needs_browser") and response.status == 200:
            response = await self._render(request, response)
        request.meta["received"] = Received(
            url=request.url,
            status=response.status,
            headers=tuple((name, value) for name, values in response.headers.items() for value in values),
            body=response.body,
            fetched_at=datetime.now(UTC),
        )
        return response

    async def _render(self, request: Request, response: Response) -> Response:
        """Let the browser run the page's scripts, outside of the host's turn, which each part takes for itself."""
        if self._browser is None:
            raise BrowserMissingError("the extra `browser` is not installed", time.time() + ASK_FOR_BROWSER_AGAIN)
        return await self._browser.render(request, response)

    def _check(self, request: Request) -> str:
        host = urlsplit(request.url).hostname or ""
        if "@" in urlsplit(request.url).netloc or "\\" in request.url:
            raise self._refusal(UnclearAddressError, request.url)
        literal = literal_address(host)
        if literal is not None and not may_reach(literal, self._allowed):
            raise self._refusal(RefusedAddressError, host)
        resolver = self._reactor().nameResolver
        if not isinstance(resolver, GuardedResolver):
            raise TypeError("the address guard is not installed: refusing to fetch anything")
        return host

    def _raise_if_refused(self, host: str, error: Exception) -> None:
        if host in self._reactor().nameResolver.refused_hosts:
            raise self._refusal(RefusedAddressError, host) from error

    def _refusal(self, kind: type[RefusedAddressError], what: str) -> RefusedAddressError:
        self._stats.inc_value("ssrf_blocked")
        return kind(what)

    @staticmethod
    def _reactor() -> Any:
        from twisted.internet import reactor  # noqa: PLC0415  # importing it installs one: only inside a crawl

        return reactor
