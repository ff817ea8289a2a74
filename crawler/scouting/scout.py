"""Runs errands, small conversations with a site, through the one gate: a Scrapy process without the item pipeline."""

import asyncio
import multiprocessing
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from typing import Any, Protocol

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Headers, Response
from twisted.python.failure import Failure

from crawler.failures import name_failure
from crawler.middlewares import HostRules, ObeyRobots
from crawler.process import end_with_parent, fork_server, project_settings
from pipelines.items import Page, Rules

AT_A_TIME = 128  # errands; hosts are asked one request at a time whatever this says
ERRAND_SECONDS = 600.0
STOP_GRACE = 10.0  # seconds between SIGTERM and SIGKILL
PERMANENT = (301, 308)
# Errands write no rows and keep no captures; one retry, for somebody waits for the answer.
SETTINGS = {
    "ITEM_PIPELINES": {},
    "EXTENSIONS": {},
    "CONCURRENT_REQUESTS": 64,
    "RETRY_TIMES": 1,
    "DOWNLOAD_TIMEOUT": 25,
    "LOG_LEVEL": "ERROR",
}


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What stands for the result of an errand that came to no end: why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request led to: a response, or none and the ``cause`` class why.

    ``hops`` are the redirects on the way: (status, address it led to).
    """

    url: str
    response: Response | None = None
    cause: str | None = None
    hops: tuple[tuple[int, str], ...] = ()

    @property
    def status(self) -> int | None:
        """The HTTP status, None where there was no answer."""
        return self.response.status if self.response is not None else None

    @property
    def final_url(self) -> str:
        """The address that answered."""
        return self.response.url if self.response is not None else self.url

    @property
    def body(self) -> bytes:
        """The body, unpacked."""
        return self.response.body if self.response is not None else b""

    @property
    def content_type(self) -> str | None:
        """The declared content type."""
        return self.header("Content-Type") or None

    @property
    def is_good(self) -> bool:
        """Tell whether there is a body to read."""
        return self.status is not None and self.status < 300

    @property
    def moved_to(self) -> str | None:
        """Where the address has moved for good: every redirect on the way is a permanent one."""
        is_moved = self.is_good and self.hops and all(status in PERMANENT for status, _ in self.hops)
        return self.final_url if is_moved else None

    def header(self, name: str) -> str:
        """Give a header as text, several of one name joined by commas, "" where there is none."""
        headers = self.response.headers if self.response is not None else Headers()
        return ", ".join(value.decode("latin-1") for value in headers.getlist(name))

    def page(self, rules: Rules | None = None) -> Page:
        """Give the answer as extraction takes it."""
        now = datetime.now(UTC)
        status = self.status or 0
        return Page(self.url, self.final_url, status, self.body, now, self.content_type, rules=rules or Rules())


class Scout:
    """What an errand asks through: every request passes robots.txt, pace and gate as those of a crawl do."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler

    async def fetch(self, request: str | scrapy.Request) -> Answer:
        """Ask for an address; whatever goes wrong becomes the answer's cause."""
        url = request if isinstance(request, str) else request.url
        try:
            asked = scrapy.Request(request, dont_filter=True) if isinstance(request, str) else request
            response = await self.crawler.engine.download_async(asked)
        except Exception as error:  # noqa: BLE001  # every failure has a cause class, a stranger's too
            return Answer(url, cause=name_failure(Failure(error)))
        meta = response.request.meta if response.request is not None else {}
        urls = [*meta.get("redirect_urls", ()), response.url][1:]
        reasons = [each if isinstance(each, int) else 0 for each in meta.get("redirect_reasons", ())]
        return Answer(url, response, hops=tuple(zip(reasons, urls, strict=False)))

    async def robots(self, url: str) -> HostRules:
        """Give what the robots.txt of an address' host says; it is fetched once a process."""
        middleware = self.crawler.get_downloader_middleware(ObeyRobots)
        assert middleware is not None
        return await middleware.rules_for(scrapy.Request(url))

    @property
    def agent(self) -> str:
        """The name we answer to in robots.txt."""
        return str(self.crawler.settings["ROBOTSTXT_USER_AGENT"])


class Errand(Protocol):
    """Something to find out; what it gives must be picklable."""

    async def run(self, scout: Scout) -> Any:
        """Find it out."""


class ScoutSpider(scrapy.Spider):
    """Runs the errands it is given, so many at a time, and sends each result as (number, result)."""

    name = "scout"

    def __init__(self, errands: Sequence[Errand], send: Callable[[tuple[int, Any]], None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.errands, self.send = errands, send
        self.places = asyncio.Semaphore(AT_A_TIME)

    async def start(self) -> AsyncIterator[Any]:
        """Run all errands; there are no requests of the spider's own."""
        scout = Scout(self.crawler)
        await asyncio.gather(*(self._run(number, errand, scout) for number, errand in enumerate(self.errands)))
        return
        yield

    async def _run(self, number: int, errand: Errand, scout: Scout) -> None:
        async with self.places:
            try:
                result = await asyncio.wait_for(errand.run(scout), ERRAND_SECONDS)
            except TimeoutError:
                result = Unfinished(f"not done in {ERRAND_SECONDS:.0f} s")
            except Exception as error:
                self.logger.exception("errand %s", errand)
                result = Unfinished(f"our code failed: {type(error).__name__}: {error}"[:200])
            self.send((number, result))


def run_errands(
    errands: Sequence[Errand],
    deadline: float,
    on_done: Callable[[int], None] = lambda _: None,
    stopping: threading.Event | None = None,
) -> list[Any]:
    """Run errands in a process of their own and give their results in order, an Unfinished for what has none.

    ``deadline`` is in seconds; ``on_done`` hears the number of each errand that ended; ``stopping`` ends all early.
    """
    if not errands:
        return []
    receiving, sending = multiprocessing.Pipe(duplex=False)
    process = fork_server().Process(target=_run_all, args=(tuple(errands), sending), name="scout")
    process.start()
    sending.close()
    results: dict[int, Any] = {}
    try:
        for number, result in _receive(receiving, time.monotonic() + deadline, stopping or threading.Event()):
            results[number] = result
            on_done(number)
    finally:
        _end(process)
    return [results.get(number, Unfinished("its process ended before it")) for number in range(len(errands))]


def _receive(connection: Connection, deadline: float, stopping: threading.Event) -> Iterator[tuple[int, Any]]:
    """Yield what comes until the other side closes, the deadline passes, or all is to stop."""
    with connection:
        while time.monotonic() < deadline and not stopping.is_set():
            if connection.poll(0.2):
                try:
                    yield connection.recv()
                except EOFError:
                    return


def _end(process: Any) -> None:
    if process.is_alive():
        process.join(STOP_GRACE / 10)
    if process.is_alive():
        process.terminate()
        process.join(STOP_GRACE)
    if process.is_alive():
        process.kill()
        process.join()
    process.close()


def _run_all(errands: Sequence[Errand], connection: Connection) -> None:
    """Run errands to their end in this process."""
    threading.Thread(target=end_with_parent, daemon=True, name="parent-watch").start()
    settings = project_settings()
    settings.setdict(SETTINGS, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    outcome = process.crawl(ScoutSpider, errands=errands, send=connection.send)
    process.start()
    connection.close()
    outcome.result()
