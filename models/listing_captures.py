"""One capture: what was asked for and answered, for which article, and which claims rest on it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.article import Article, Revision
from models.claim import Claim
from models.crawl import Capture, Page
from models.outlet import Source


@dataclass(frozen=True, slots=True)
class QuotedRow:
    """A quote of a claim that rests on a capture; ``number`` counts the revision's claims from 1."""

    number: int
    quote: str
    is_from_table: bool


@dataclass(frozen=True, slots=True)
class CaptureDetail:
    """One fetch of a page, where its bytes lie, and what was made of it.

    ``quotes`` are of the revision that the capture became; where it read as before it became none.
    """

    id: int
    page_url: str
    page_state: str
    page_reason: str | None
    final_url: str
    fetched_at: datetime
    status: int | None
    sha256: str | None
    bytes: int | None
    warc_file: str | None
    warc_offset: int | None
    warc_length: int | None
    error: str | None
    crawl_id: int | None
    source: str
    outlet: str
    outlet_id: int
    outlet_kind: str | None
    article_id: int | None
    headline: str | None
    language: str | None
    is_current: bool
    quotes: tuple[QuotedRow, ...]


def capture_detail(session: Session, capture_id: int) -> CaptureDetail | None:
    """Give one capture, or None."""
    query = select(Capture, Page, Source).join(Page, Page.id == Capture.page_id).join(Source)
    found = session.execute(query.where(Capture.id == capture_id)).one_or_none()
    if found is None:
        return None
    capture, page, source = found
    article = session.get(Article, page.article_id) if page.article_id is not None else None
    revision_id = session.scalar(select(Revision.id).where(Revision.capture_id == capture_id))
    return CaptureDetail(
        id=capture.id,
        page_url=page.url,
        page_state=page.state,
        page_reason=page.reason,
        final_url=capture.final_url,
        fetched_at=capture.fetched_at,
        status=capture.status,
        sha256=capture.sha256,
        bytes=capture.bytes,
        warc_file=capture.warc_file,
        warc_offset=capture.warc_offset,
        warc_length=capture.warc_length,
        error=capture.error,
        crawl_id=capture.crawl_run_id,
        source=source.name,
        outlet=source.outlet.name,
        outlet_id=source.outlet_id,
        outlet_kind=source.outlet.kind,
        article_id=page.article_id,
        headline=article.headline if article else None,
        language=article.language if article else None,
        is_current=article is not None and revision_id is not None and article.current_revision_id == revision_id,
        quotes=_quotes(session, revision_id),
    )


def _quotes(session: Session, revision_id: int | None) -> tuple[QuotedRow, ...]:
    query = select(Claim.quote, Claim.table).where(Claim.revision_id == revision_id).order_by(Claim.position)
    rows = session.execute(query)
    return tuple(QuotedRow(number, quote, table is not None) for number, (quote, table) in enumerate(rows, 1))
