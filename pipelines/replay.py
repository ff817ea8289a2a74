"""Reads captures again: the same road as a crawl from extract() on, without the network."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models.article import Article, Revision
from models.crawl import Capture
from models.crawl import Page as PageRow
from models.outlet import Source
from pipelines.captured import DamagedRecordError, content_type, open_capture
from pipelines.frontier import Place
from pipelines.items import Found, Page, Reading, Rules
from pipelines.reader import add_claims, read_page
from pipelines.store import text_sha256
from pipelines.store_parts import has_claims


@dataclass(frozen=True, slots=True)
class Replayed:
    """One capture read again: the reading, or why the capture cannot be read; and what it changes for a reader."""

    url: str
    source: str
    place: Place
    reading: Reading | None
    changes: tuple[str, ...]
    error: str | None = None


def captures_between(
    session: Session, source: str | None, since: datetime | None, until: datetime | None
) -> list[tuple[Capture, PageRow, Source]]:
    """Give the captures that hold a page, the oldest first."""
    query = select(Capture, PageRow, Source).join(PageRow, Capture.page_id == PageRow.id).join(Source)
    query = query.where(Capture.warc_file.is_not(None), Capture.status == 200)
    if source is not None:
        query = query.where(Source.name == source)
    if since is not None:
        query = query.where(Capture.fetched_at >= since)
    if until is not None:
        query = query.where(Capture.fetched_at < until)
    return list(session.execute(query.order_by(Capture.fetched_at, Capture.id)))


class Replay:
    """Reads captures of a data folder again with the rules that each source has now."""

    def __init__(self, folder: Path, maxsize: int) -> None:
        self.folder = folder / "captures"
        self.maxsize = maxsize

    def read(self, capture: Capture, row: PageRow, rules: Rules) -> Reading:
        """Read one capture as the crawl did; raises DamagedRecordError."""
        captured = open_capture(self.folder, capture, self.maxsize)
        received = captured.received
        page = Page(
            url=row.url,
            final_url=capture.final_url,
            status=received.status,
            body=captured.body,
            fetched_at=capture.fetched_at,
            content_type=content_type(received),
            found=Found(row.url, row.found_in, row.title, row.published_raw),
            rules=rules,
            received=received,
            capture=captured.draft,
        )
        return add_claims(read_page(page, capture.fetched_at))


def changed_fields(session: Session, capture: Capture, row: PageRow, reading: Reading) -> tuple[str, ...]:
    """Name what the database would say otherwise after this reading."""
    if row.article_id is None:
        return ("becomes an article",) if reading.is_relevant else ()
    article = session.get(Article, row.article_id)
    revision = session.scalar(select(Revision).where(Revision.capture_id == capture.id))
    if article is None or revision is None or reading.draft is None:
        return ()
    changed = ["text"] if revision.text_sha256 != text_sha256(reading.draft) else []
    if article.current_revision_id == revision.id:
        draft = reading.draft
        pairs = {
            "headline": (article.headline, draft.headline),
            "authors": (article.authors, list(draft.authors)),
            "published": (article.published_at, draft.published.at if draft.published else None),
            "language": (article.language, draft.language),
            "access": (article.access, draft.access),
        }
        changed += [name for name, (old, new) in pairs.items() if old != new]
        changed += [] if has_claims(session, revision.id, reading.claims) else ["claims"]
    return tuple(changed)


def replay(
    engine: Engine, reader: Replay, chosen: list[tuple[Capture, PageRow, Source]], rules: dict[str, Rules]
) -> Iterator[Replayed]:
    """Read the captures again one by one; writing is the caller's, with store_batch()."""
    for capture, row, source in chosen:
        place = Place(source.id, source.outlet_id, capture.crawl_run_id)
        try:
            reading = reader.read(capture, row, rules.get(source.name, Rules()))
        except DamagedRecordError as error:
            yield Replayed(row.url, source.name, place, None, (), str(error))
            continue
        with Session(engine) as session:
            changes = changed_fields(session, capture, row, reading)
        yield Replayed(row.url, source.name, place, reading, changes)
