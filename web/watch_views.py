"""What the pages about outlets, sources, crawls, coverage, captures and revisions show, and their JSON twins too."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from fastapi import HTTPException
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.article import Article
from models.listing_captures import CaptureDetail, capture_detail
from models.listing_coverage import Coverage, LedgerPart, coverage_ledger
from models.listing_crawls import CrawlDetail, CrawlFilters, CrawlPage, crawl_detail, list_crawls
from models.listing_detail import RevisionRow, revision_rows
from models.listing_outlets import OutletDetail, outlet_detail
from models.listing_revisions import Comparison, compare_revisions
from models.source_detail import SourceDetail, daily_volumes, source_detail
from pipelines.captured import CapturedPage, DamagedRecordError, open_capture
from web.remembered import Remembered, RememberedEach
from web.watch_questions import OUTLETS_SHOWN, PAGE_SIZE, ChangesQuestion, CoverageQuestion, CrawlQuestion

SPARK_DAYS = 14
MOST_BYTES = 12 * 1024 * 1024  # of an unpacked body; the crawler keeps none that is larger
Row = TypeVar("Row")


def found(row: Row | None, what: str) -> Row:
    """Give what was found; raises HTTPException 404, which says what there is not."""
    if row is None:
        raise HTTPException(404, f"there is no {what}")
    return row


class WatchReader:
    """What these views read from: the database, and the archive's folder ``captures``.

    What is not there raises HTTPException 404. What takes long to count may be older than the rest.
    """

    def __init__(self, engine: Engine, captures: Path) -> None:
        self.engine, self.captures = engine, captures
        self._volumes = Remembered(self._find_volumes)
        self._coverage = RememberedEach(self._find_coverage)

    def outlet(self, outlet_id: int, now: datetime) -> OutletDetail:
        """Gather one outlet."""
        with Session(self.engine) as session:
            return found(outlet_detail(session, outlet_id, now), f"outlet {outlet_id}")

    def volumes(self, now: datetime) -> dict[str, tuple[int, ...]]:
        """Count what each source brought on each of the last days."""
        return self._volumes.get(now)

    def _find_volumes(self, now: datetime) -> dict[str, tuple[int, ...]]:
        with Session(self.engine) as session:
            return daily_volumes(session, now, SPARK_DAYS)

    def source(self, name: str, now: datetime) -> SourceDetail:
        """Gather one source."""
        with Session(self.engine) as session:
            return found(source_detail(session, name, now), f"source {name}")

    def crawls(self, question: CrawlQuestion, now: datetime) -> CrawlPage:
        """Gather one page of crawls."""
        filters = CrawlFilters(question.source, question.outcome)
        with Session(self.engine) as session:
            return list_crawls(session, now, filters, PAGE_SIZE, question.offset)

    def crawl(self, crawl_id: int, now: datetime) -> CrawlDetail:
        """Gather one crawl."""
        with Session(self.engine) as session:
            return found(crawl_detail(session, crawl_id, now), f"crawl {crawl_id}")

    def coverage(self, question: CoverageQuestion, now: datetime) -> Coverage:
        """Gather the ledger of coverage."""
        return self._coverage.get((question, now.date()))

    def _find_coverage(self, asked: tuple[CoverageQuestion, date]) -> Coverage:
        question, today = asked
        last = question.until - timedelta(days=1) if question.until else today
        with Session(self.engine) as session:
            part = LedgerPart(last, question.weeks, question.outlet, OUTLETS_SHOWN, question.offset)
            return coverage_ledger(session, today, part)

    def changes(self, article_id: int, question: ChangesQuestion) -> tuple[Comparison, tuple[RevisionRow, ...]]:
        """Compare two revisions of an article; also give all there are to choose from."""
        with Session(self.engine) as session:
            article = found(session.get(Article, article_id), f"article {article_id}")
            revisions = revision_rows(session, article)
            newest = [row.id for row in revisions[:2]] or [0]
            before, after = question.before or newest[-1], question.after or newest[0]
            pair = f"pair of revisions {before} and {after} of article {article_id}"
            return found(compare_revisions(session, article_id, before, after), pair), revisions

    def capture(self, capture_id: int) -> CaptureDetail:
        """Gather one capture."""
        with Session(self.engine) as session:
            return found(capture_detail(session, capture_id), f"capture {capture_id}")

    def captured(self, capture: CaptureDetail) -> CapturedPage | str:
        """Read a capture out of the archive, or say why it cannot be read."""
        try:
            return open_capture(self.captures, capture, MOST_BYTES)
        except DamagedRecordError as error:
            return str(error)
