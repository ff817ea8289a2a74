"""What every source shares: ways in lead to the frontier, the frontier to pages, pages to the item pipeline."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.base_spiders.way_in_answers import ask_conditionally, note_answer, note_pause
from crawler.failures import name_failure
from crawler.pace import NotNowError
from crawler.scouting.walls import find_blocker
from models.crawl import Page as PageRow
from pipelines.extract.urls import canonical_or_none
from pipelines.items import Found, Missed, Outlet, Page, Rules
from pipelines.stages import CrawlReport, Frontier
from pipelines.traps import find_trap

BATCH = 100  # pages asked of the frontier at a time
TRAPPED = 20  # addresses of one trap that the frontier keeps, as refused; the rest is counted


class UnusableArgumentError(ValueError):
    """A spider argument cannot be read. Raised by ArticleSpider; the message is one line for the user."""


class ArticleSpider(scrapy.Spider):
    """Base of all sources.

    1. ``ways_in()`` requests each of ``start_urls``; ``parse_way_in()`` of the base (feed, sitemap, listing, API)
       yields a ``Found`` for each article URL, and requests for further ways in.
    2. Each ``Found`` is written to the frontier before anything is fetched.
    3. When no request is left, the pages that are due are taken from the frontier, newest first, and fetched.
    4. ``parse_article()`` makes a ``Page`` of each answer; the item pipeline does the rest.

    Attributes of a source: ``name``, ``outlet``, ``start_urls``, ``every`` (time between crawls), ``expect`` (articles
    a week), ``rules`` (only where generic extraction fails). Override ``is_article(url)`` to leave out other pages.
    ``max_age`` leaves out what the way in dates before that (by its publication; a change is only a hint that it is
    younger). ``needs_browser`` has Chromium run the scripts of article pages (and of listings), until what the CSS
    selector ``browser_wait_for`` names is there, else until the page is at rest: only for pages that are empty without.

    Arguments of a run: ``since`` (ISO date: only what is newer, where the way in dates its items), ``limit`` (pages to
    fetch), ``sample`` (fetch so many pages spread over what was found), ``again`` (look at young articles again now).
    """

    outlet: Outlet
    every: ClassVar[timedelta] = timedelta(hours=1)
    expect: ClassVar[int | None] = None
    conditional: ClassVar[bool] = False  # True: the ways in are asked for only if they changed
    is_source: ClassVar[bool] = True  # False: a tool such as saved_pages that no schedule runs
    rules: ClassVar[Rules] = Rules()
    max_age: ClassVar[timedelta | None] = None
    needs_browser: ClassVar[bool] = False
    browser_wait_for: ClassVar[str | None] = None
    handle_httpstatus_list: ClassVar[list[int]] = [304, *range(400, 1000)]  # all but redirects come to our callbacks

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.since = parse_since(kwargs.pop("since", None))
        self.limit = parse_count("limit", kwargs.pop("limit", None))
        self.sample = parse_count("sample", kwargs.pop("sample", None))
        self.again = str(kwargs.pop("again", "")).lower() in {"1", "true", "yes"}
        super().__init__(*args, **kwargs)
        self.asked: set[int] = set()
        self.ways_in_asked = 0
        self.trapped: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "ArticleSpider":
        """Build the spider and let it go to the frontier whenever it would be idle."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.fetch_due_pages, signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Begin with the ways in."""
        for request in self.ways_in():
            request.errback = request.errback or self.way_in_missed
            if self.conditional and self.since is None:
                ask_conditionally(self.report, request)
            yield request

    def ways_in(self) -> Iterable[scrapy.Request]:
        """Request each of ``start_urls``."""
        for url in self.start_urls:
            yield scrapy.Request(url, callback=self.read_way_in, dont_filter=True)

    def read_way_in(self, response: Response, **kwargs: Any) -> Iterator[Any]:
        """Hand a good answer to ``parse_way_in``; count any other as a way in that failed."""
        note_answer(self, response)
        if response.status == 304:
            self.count("way_in/unchanged")
            return
        blocker = find_blocker(response.status, response.headers.to_unicode_dict(), response.body)
        if blocker or response.status >= 400:
            self.way_in_failed(response.url, f"blocked by {blocker}" if blocker else f"status {response.status}")
            return
        for result in self.parse_way_in(response, **kwargs):
            if isinstance(result, scrapy.Request):
                yield from self._further_way_in(result)
            elif not self.is_article(result.url):
                self.count("found/not_an_article")
            elif self._is_worth_keeping(result.url):
                yield result

    def _further_way_in(self, request: scrapy.Request) -> Iterator[scrapy.Request]:
        """Pass a request for a further way in on, as long as the run's budget lasts."""
        self.ways_in_asked += 1
        if self.ways_in_asked > self.settings.getint("WAYS_IN_PER_RUN"):
            self.count("found/ways_in_left_out")
            return
        yield request.replace(callback=self.read_way_in, errback=self.way_in_missed)

    def _is_worth_keeping(self, url: str) -> bool:
        """Count what looks like a spider trap by its pattern; the frontier keeps a few of each as refused."""
        usable = canonical_or_none(url)  # what is not, the frontier refuses
        trap = find_trap(usable, datetime.now(UTC)) if usable else None
        if trap is None:
            return True
        self.trapped[trap] += 1
        self.count(f"found/trap/{trap}")
        return self.trapped[trap] <= TRAPPED

    def parse_way_in(self, response: Response, **kwargs: Any) -> Iterable[Found | scrapy.Request]:
        """Yield what a way in offers: bases implement this."""
        raise NotImplementedError

    def is_article(self, url: str) -> bool:  # noqa: ARG002
        """Tell whether a found URL leads to an article; sources override it."""
        return True

    def way_in_missed(self, failure: Failure) -> None:
        """Count a way in that gave no answer."""
        if isinstance(failure.value, NotNowError):
            note_pause(self, failure.value.until)
        self.way_in_failed(failure.request.url, name_failure(failure))

    def way_in_failed(self, url: str, reason: str) -> None:
        """Note that a way in could not be read; the run's outcome and the source's state will say so."""
        self.logger.warning("way in %s: %s", url, reason)
        self.report.way_in_failed(url, reason)

    @property
    def report(self) -> CrawlReport:
        """The run's entry in the ledger."""
        return CrawlReport.of(self.crawler)

    def count(self, key: str, n: int = 1) -> None:
        """Add to one of the run's counts."""
        self.crawler.stats.inc_value(key, n)

    def is_known(self, url: str) -> bool:
        """Tell whether the frontier has the URL already."""
        return self.crawler.get_item_pipeline(Frontier).is_known(url)

    def fetch_due_pages(self) -> None:
        """Ask the engine for the next pages that are due, if any (signal spider_idle)."""
        wanted = self._next_pages()
        for row in wanted:
            self.asked.add(row.id)
            self.crawler.engine.crawl(self.article_request(row))
        if wanted:
            raise DontCloseSpider

    def _next_pages(self) -> list[PageRow]:
        frontier = self.crawler.get_item_pipeline(Frontier)
        if self.sample is not None:
            return [] if self.asked else frontier.sample_pages(self.sample)
        room = min(BATCH, min(self.limit or 10**9, self.settings.getint("PAGES_PER_RUN")) - len(self.asked))
        return frontier.due_pages(room, self.asked) if room > 0 else []

    def article_request(self, row: PageRow) -> scrapy.Request:
        """Request one page, only if it changed since it was last kept."""
        headers = {"If-None-Match": row.etag, "If-Modified-Since": row.last_modified}
        found = Found(row.url, row.found_in, row.title, row.published_raw)
        return scrapy.Request(
            row.url,
            callback=self.parse_article,
            errback=self.article_missed,
            headers={name: value for name, value in headers.items() if value},
            cb_kwargs={"found": found},
            meta=self.browser_meta(),
            dont_filter=True,
        )

    def browser_meta(self) -> dict[str, Any]:
        """Give the meta of requests to pages that this source has rendered."""
        return {"needs_browser": True, "browser_wait_for": self.browser_wait_for} if self.needs_browser else {}

    def parse_article(self, response: Response, found: Found) -> Iterator[Page]:
        """Make a Page of an answer, whatever its status."""
        content_type = response.headers.get("Content-Type")
        yield Page(
            url=found.url,
            final_url=response.url,
            status=response.status,
            body=response.body,
            fetched_at=datetime.now(UTC),
            content_type=content_type.decode("latin-1") if content_type else None,
            found=found,
            rules=self.rules,
            received=response.meta.get("received"),
        )

    def article_missed(self, failure: Failure) -> Iterator[Missed]:
        """Make a Missed of a page that gave no answer, with its cause."""
        again_at = None
        if isinstance(failure.value, NotNowError):
            again_at = datetime.fromtimestamp(failure.value.until, UTC)
        url = failure.request.cb_kwargs["found"].url
        final = isinstance(failure.value, IgnoreRequest) and again_at is None
        yield Missed(url, name_failure(failure), final=final, again_at=again_at)


def parse_since(text: str | datetime | None) -> datetime | None:
    """Read the argument ``since`` as an instant in UTC; raises UnusableArgumentError."""
    if text is None or isinstance(text, datetime):
        return text
    try:
        since = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnusableArgumentError(f"since={text!r} is not an ISO date such as 2026-01-31") from error
    return since if since.tzinfo else since.replace(tzinfo=UTC)


def parse_count(name: str, text: str | int | None) -> int | None:
    """Read a count given as an argument; raises UnusableArgumentError."""
    if text is None:
        return None
    if not str(text).isdigit() or int(text) == 0:
        raise UnusableArgumentError(f"{name}={text!r} is not a whole number above 0")
    return int(text)
