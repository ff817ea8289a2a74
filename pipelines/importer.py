"""Pages that others fetched take the road of our own: first look, archive, extraction, claims, rows."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models import queries
from pipelines.archive import ArchiveWriter
from pipelines.extract.urls import canonical_or_none, site_of
from pipelines.first_look import may_be_relevant
from pipelines.frontier import Place, store_irrelevant
from pipelines.guarded_reader import read_guarded
from pipelines.items import Found, Page, Reading, Rules
from pipelines.patience import patiently
from pipelines.reader import add_claims, can_be_read
from pipelines.store import store_batch
from pipelines.warc_input import NotRead

BATCH = 200  # pages in one transaction
NO_ARMS = "no word for arms"

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Owner:
    """Where the pages of one registered domain belong, and how its source reads them."""

    place: Place
    rules: Rules


class Importer:
    """Writes pages with the instant of their own fetch; what is known by URL and instant is skipped.

    So a file may be read again after a kill, or by mistake: the same input changes nothing. A page that names no arms
    is written as irrelevant and left in the file it came from; any other gets a capture in our archive.
    """

    def __init__(self, engine: Engine, captures: Path, anybody: Owner, owners: Mapping[str, Owner]) -> None:
        self.engine, self.captures, self.anybody, self.owners = engine, captures, anybody, owners
        self.counts: Counter[str] = Counter()

    def read(self, name: str, items: Iterable[tuple[Page | NotRead, int]]) -> Iterator[int]:
        """Write all pages of one input; yield after each batch how far into it that is."""
        archive_name = f"{name}.warc.gz"
        with Session(self.engine) as session:
            archive = ArchiveWriter(self.captures, archive_name, queries.archive_end(session, archive_name))
        try:
            for batch in _batches(items, BATCH):
                self._read_batch([item for item, _ in batch], archive)
                yield batch[-1][1]
        finally:
            archive.close()

    def _read_batch(self, items: list[Page | NotRead], archive: ArchiveWriter) -> None:
        self.counts["records"] += len(items)
        self.counts.update(f"not read: {item.reason}" for item in items if isinstance(item, NotRead))
        pages = list(self._new_pages([item for item in items if isinstance(item, Page)]))
        promising = [page for page in pages if may_be_relevant(page)]
        ids = {id(page) for page in promising}
        others = [page.found for page in pages if id(page) not in ids and page.found]
        readings = [self._read(page, archive) for page in promising]
        archive.sync()
        patiently(self._store, readings, others)

    def _new_pages(self, pages: list[Page]) -> Iterator[Page]:
        by_url = [(canonical_or_none(page.url), page) for page in pages]
        with Session(self.engine) as session:
            known = queries.known_captures(session, {url for url, _ in by_url if url})
        for url, page in by_url:
            if url is None:
                self.counts["not read: unusable address"] += 1
            elif (url, page.fetched_at) in known:
                self.counts["known"] += 1
            elif not can_be_read(page):
                self.counts["not read: no page"] += 1
            else:
                yield page

    def _owner(self, url: str) -> Owner:
        return self.owners.get(site_of(canonical_or_none(url) or url), self.anybody)

    def _read(self, page: Page, archive: ArchiveWriter) -> Reading:
        assert page.received is not None
        capture = archive.append(page.received, page.url)
        return add_claims(read_guarded(replace(page, capture=capture, rules=self._owner(page.url).rules)))

    def _store(self, readings: list[Reading], others: list[Found]) -> None:
        now = datetime.now(UTC)
        for place, batch in self._by_place(readings, lambda reading: reading.page.url):
            self.counts.update(store_batch(self.engine, place, batch, now))
        with Session(self.engine) as session, session.begin():
            for place, found in self._by_place(others, lambda each: each.url):
                new = store_irrelevant(session, place, found, NO_ARMS, now)
                self.counts.update({"page/irrelevant": new, "known": len(found) - new})

    def _by_place(self, items: Iterable[Item], url: Callable[[Item], str]) -> Iterable[tuple[Place, list[Item]]]:
        by_place: dict[Place, list[Item]] = defaultdict(list)
        for item in items:
            by_place[self._owner(url(item)).place].append(item)
        return by_place.items()


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
