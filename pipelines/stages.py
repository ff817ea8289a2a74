"""Adapters to Scrapy, a few lines each: what each item goes through, in the order of setting ITEM_PIPELINES."""

import asyncio
import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from scrapy.crawler import Crawler
from sqlalchemy.orm import Session

from models import queries
from models.crawl import Page as PageRow
from pipelines.archive import ArchiveWriter
from pipelines.claims.faq import mark_faq
from pipelines.claims.proposals import without_known
from pipelines.crawl_report import CrawlReport
from pipelines.extract.urls import canonical_or_none
from pipelines.frontier import make_young_due, store_found
from pipelines.guarded_reader import read_guarded
from pipelines.items import ClaimDraft, Found, Missed, Page, Reading
from pipelines.patience import patiently
from pipelines.proposer import Model, Proposed, propose_claims
from pipelines.reader import add_claims
from pipelines.store import store_batch

logger = logging.getLogger(__name__)

Stage = TypeVar("Stage")

FOUND_BATCH = 500

__all__ = ["CrawlReport", "Extract", "FindClaims", "Frontier", "KeepPage", "Store"]


class Frontier:
    """Writes found URLs to the frontier before anything is fetched, and gives out those that are due."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.report = CrawlReport.of(crawler)
        self.found: list[Found] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Frontier":
        """Build the stage as Scrapy does."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Let young articles be looked at again where the run asks for it (spider argument ``again``)."""
        if getattr(self.crawler.spider, "again", False):
            with Session(self.report.engine) as session, session.begin():
                make_young_due(session, self.report.place.source_id, self.report.started_at)

    def process_item(self, item: Any) -> Any:
        """Collect what was found."""
        if isinstance(item, Found):
            self.found.append(item)
            if len(self.found) >= FOUND_BATCH:
                self.flush()
        return item

    def close_spider(self) -> None:
        """Write the rest."""
        self.flush()

    def flush(self) -> None:
        """Commit what was found so far."""
        found, self.found = self.found, []
        if not found:
            return
        new = patiently(self._store, found)
        self.crawler.stats.inc_value("found/urls", len(found))
        self.crawler.stats.inc_value("found/new", new)

    def _store(self, found: list[Found]) -> int:
        with Session(self.report.engine) as session, session.begin():
            return store_found(session, self.report.place, found, self.report.started_at)

    def is_known(self, url: str) -> bool:
        """Tell whether the frontier has the URL."""
        canonical = canonical_or_none(url)
        with Session(self.report.reading_engine) as session:
            return canonical is not None and queries.is_known(session, canonical)

    def due_pages(self, limit: int, without: Collection[int]) -> list[PageRow]:
        """Give the pages to fetch next, after everything found and read so far is committed."""
        self.flush()
        _stage(self.crawler, Store).flush()
        now = datetime.now(UTC)
        with Session(self.report.reading_engine) as session:
            return queries.due_pages(session, self.report.place.source_id, now, limit, without)

    def sample_pages(self, size: int) -> list[PageRow]:
        """Give a sample of what is due, after everything found so far is committed."""
        self.flush()
        with Session(self.report.reading_engine) as session:
            return queries.sample_pages(session, self.report.place.source_id, datetime.now(UTC), size)


class KeepPage:
    """Puts each answer into the archive as received, before anything else looks at it."""

    def __init__(self, crawler: Crawler) -> None:
        self.report = CrawlReport.of(crawler)
        self.folder = crawler.settings["DATA_DIR"] / "captures"
        self.archive: ArchiveWriter | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "KeepPage":
        """Build the stage as Scrapy does."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Give a page the place of its capture."""
        if not isinstance(item, Page) or item.received is None or item.status == 304:
            return item
        if self.archive is None:
            self.archive = self._open()
        return replace(item, capture=self.archive.append(item.received, item.url))

    def _open(self) -> ArchiveWriter:
        name = f"{self.report.source_name}/{self.report.started_at:%Y-%m-%d}.warc.gz"
        with Session(self.report.reading_engine) as session:
            return ArchiveWriter(self.folder, name, queries.archive_end(session, name))

    def sync(self) -> None:
        """Bring the archive to the disk, before rows that point into it are committed."""
        if self.archive is not None:
            self.archive.sync()

    def close(self) -> None:
        """Close the archive; Store calls this after its last batch."""
        if self.archive is not None:
            self.archive.close()


class Extract:
    """Makes a Reading of each page."""

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Extract":
        """Build the stage as Scrapy does."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Read a page."""
        if not isinstance(item, Page):
            return item
        reading = read_guarded(item)
        if reading.error:
            self.stats.inc_value(f"extract/error/{reading.error.rpartition(' ')[2]}")
        self._count(reading)
        return reading

    def _count(self, reading: Reading) -> None:
        if reading.draft is None:
            return
        self.stats.inc_value("extract/read")
        for field in ("headline", "published", "authors", "language", "paragraphs"):
            if not getattr(reading.draft, field):
                self.stats.inc_value(f"extract/{field}/missing")
        for problem in reading.draft.problems:
            self.stats.inc_value(f"extract/problem/{problem.split(':')[0][:60]}")


class FindClaims:
    """Finds the claims of relevant readings; a language model may propose more where the operator names one."""

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        url, key = crawler.settings["MODEL_URL"], crawler.settings["MODEL_KEY"]
        name = crawler.settings["MODEL_NAME"]
        self.model = Model(url, name, key.get_secret_value() if key else None) if url and name else None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "FindClaims":
        """Build the stage as Scrapy does."""
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """Add claims to a reading."""
        if not isinstance(item, Reading):
            return item
        reading = add_claims(item)
        self._count_unknown(reading.claims)
        draft = reading.draft
        if self.model is None or draft is None or not reading.is_relevant:
            return reading
        proposed = await asyncio.to_thread(propose_claims, draft.paragraphs, self.model, draft.language)
        self._count(proposed)
        new = mark_faq(draft, without_known(proposed.checked.accepted, reading.claims))
        return replace(reading, claims=(*reading.claims, *new))

    def _count_unknown(self, claims: Sequence[ClaimDraft]) -> None:
        """Count the goods no listed design stands for, and the parties no state's code does."""
        unknown = {
            "weapon": sum(claim.weapon is None for claim in claims),
            "party": sum(len(party or "ISO") != 3 for claim in claims for party in (claim.supplier, claim.recipient)),
        }
        for what, number in unknown.items():
            if number:
                self.stats.inc_value(f"claims/unknown/{what}", number)

    def _count(self, proposed: Proposed) -> None:
        self.stats.inc_value("claims/proposed/accepted", len(proposed.checked.accepted))
        for refusal in proposed.checked.refused:
            self.stats.inc_value(f"claims/proposed/refused/{refusal.reason}")
        if proposed.failure:
            self.stats.inc_value(f"claims/proposed/failed/{proposed.failure}")


class Store:
    """Writes readings in batches, each one transaction, with the archive brought to the disk before."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.report = CrawlReport.of(crawler)
        self.most = crawler.settings.getint("STORE_BATCH")
        self.seconds = crawler.settings.getfloat("STORE_SECONDS")
        self.batch: list[Reading | Missed] = []
        self.since = datetime.now(UTC)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Store":
        """Build the stage as Scrapy does."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Collect a reading; write the batch when it is full or old."""
        if not isinstance(item, Reading | Missed):
            return item
        if not self.batch:
            self.since = datetime.now(UTC)
        self.batch.append(item)
        if len(self.batch) >= self.most or (datetime.now(UTC) - self.since).total_seconds() >= self.seconds:
            self.flush()
        return item

    def flush(self) -> None:
        """Commit what was read so far."""
        batch, self.batch = self.batch, []
        if not batch:
            return
        _stage(self.crawler, KeepPage).sync()
        counts = patiently(store_batch, self.report.engine, self.report.place, batch, datetime.now(UTC))
        for name, number in counts.items():
            self.crawler.stats.inc_value(name, number)

    def close_spider(self) -> None:
        """Write the rest."""
        self.flush()
        _stage(self.crawler, KeepPage).close()


def _stage(crawler: Crawler, kind: type[Stage]) -> Stage:
    """Give another stage of the same crawl."""
    stage = crawler.get_item_pipeline(kind)
    assert stage is not None
    return stage
