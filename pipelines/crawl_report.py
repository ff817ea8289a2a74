"""One crawl's entry in the run ledger: opened at the start, kept alive, closed with what was counted."""

import logging
import re
import resource
import threading
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from sqlalchemy.exc import OperationalError

from models import ledger
from models.connection import connect, upgrade
from pipelines.frontier import Place
from pipelines.patience import patiently

logger = logging.getLogger(__name__)

OUR_COUNTS = (
    "found/", "way_in/", "page/", "missed/", "article/", "revision/", "extract/", "claims/", "robots/", "ssrf_blocked",
)  # fmt: skip
UNREADABLE = ("extract/error/", "page/kept")
PROBLEM_OF_A_WAY_IN = r"found/\w+/(?!items$|older$|left_out$|ttl_minutes$).+"
SCRAPY_COUNTS = {
    "downloader/request_count": "requests",
    "downloader/response_bytes": "bytes",
    "spider_exceptions/count": "spider_errors",
}


class AlreadyCrawlingError(Exception):
    """Another crawl of the source is under way. Raised by CrawlReport when a crawl starts."""


class CrawlReport:
    """Opens the crawl_run row, says every few seconds that it lives, and closes it (a Scrapy extension)."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.started_at = datetime.now(UTC)
        self.ways_in_failed: dict[str, str] = {}
        self.validators: dict[str, list[str | None]] = {}  # of the ways in as this crawl read them
        self.engine = connect(crawler.settings["DATABASE_URL"])
        self.reading_engine = connect(crawler.settings["DATABASE_URL"], reads_only=True)
        assert crawler.spider is not None
        self.source_name: str = crawler.spider.name
        self.place = self._open_run()
        self.known_validators = ledger.validators_of(self.reading_engine, self.place.source_id)
        self._closed = threading.Event()
        self._heart = threading.Thread(target=self._beat, daemon=True, name="heartbeat")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CrawlReport":
        """Build the extension and connect it to the crawl's begin and end."""
        report = cls(crawler)
        crawler.signals.connect(report._start, signals.spider_opened)
        crawler.signals.connect(report._finish, signals.spider_closed)
        return report

    def _open_run(self) -> Place:
        """Open the run, or take over the one that the scheduler opened (setting CRAWL_RUN_ID)."""
        run_id: int | None = self.crawler.settings.get("CRAWL_RUN_ID")
        if run_id is None:
            upgrade(self.engine)
            ledger.register_sources(self.engine, [source_facts(type(self.crawler.spider))], self.started_at)
            run = patiently(ledger.start_run, self.engine, self.source_name, self.started_at)
            if run is None:
                raise AlreadyCrawlingError(f"{self.source_name} is being crawled already")
            run_id = run.id
        source_id, outlet_id = ledger.place_of_run(self.engine, run_id)
        return Place(source_id, outlet_id, run_id)

    def _start(self) -> None:
        self._heart.start()

    def _beat(self) -> None:
        while not self._closed.wait(ledger.HEARTBEAT.total_seconds()):
            try:
                ledger.beat(self.engine, self._run_id, datetime.now(UTC), self.counts())
            except OperationalError as error:  # the stages wait for the database; the next beat tells again
                logger.warning("heartbeat not written: %s", error.orig)

    @property
    def _run_id(self) -> int:
        assert self.place.run_id is not None
        return self.place.run_id

    def way_in_failed(self, url: str, reason: str) -> None:
        """Note a way in that could not be read."""
        self.ways_in_failed[url] = reason
        self.crawler.stats.inc_value(f"way_in/failed/{reason[:80]}")

    def counts(self) -> dict[str, Any]:
        """Give the counts worth keeping."""
        stats = dict(self.crawler.stats.get_stats())
        ours = {name: value for name, value in stats.items() if name.startswith(OUR_COUNTS)}
        ours |= {name: stats[theirs] for theirs, name in SCRAPY_COUNTS.items() if theirs in stats}
        return ours | {"memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}

    def _finish(self, reason: str) -> None:
        self._closed.set()
        outcome, why = self.judge(reason)
        now = datetime.now(UTC)
        patiently(ledger.beat, self.engine, self._run_id, now, self.counts())
        if outcome == "finished" and self.validators:
            patiently(ledger.keep_validators, self.engine, self.place.source_id, self.validators)
        patiently(ledger.finish_run, self.engine, self._run_id, now, outcome=outcome, reason=why)

    @classmethod
    def of(cls, crawler: Crawler) -> "CrawlReport":
        """Give the crawl's report; every crawl has one (setting EXTENSIONS)."""
        report = crawler.get_extension(cls)
        assert report is not None
        return report

    def judge(self, reason: str) -> tuple[str, str | None]:
        """Judge how the crawl ended: (outcome, reason)."""
        failed = self.ways_in_failed
        first = next((f"{why} ({url})" for url, why in failed.items()), None)
        if failed and len(failed) >= len(getattr(self.crawler.spider, "start_urls", ())):
            return "failed", first
        if reason != "finished":
            return "incomplete", reason
        errors = self.crawler.stats.get_value("spider_exceptions/count", 0)
        if errors:
            return "incomplete", f"{errors} errors in the spider"
        return ("incomplete", first) if failed else ("finished", self._unreadable())

    def _unreadable(self) -> str | None:
        """Say what could not be read in a crawl that came to its end all the same."""
        counts = self.crawler.stats.get_stats()
        kinds = {name: value for name, value in counts.items() if name.startswith(UNREADABLE)}
        kinds |= {name: value for name, value in counts.items() if re.fullmatch(PROBLEM_OF_A_WAY_IN, name)}
        return (
            "; ".join(f"{name.split('/', 1)[1].replace('/', ' ', 1)}: {value}" for name, value in kinds.items()) or None
        )


def source_facts(spider: Any) -> ledger.SourceFacts:
    """Read from a spider class what the ledger keeps of its source."""
    outlet = asdict(spider.outlet)
    outlet["languages"] = list(outlet["languages"])
    return ledger.SourceFacts(spider.name, spider.every, spider.expect, outlet, is_scheduled=spider.is_source)
