"""The full-text index: it follows the database, article by article, and can always be made anew from it."""

import fcntl
import logging
import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Engine
from tantivy import DocAddress, FieldType, Index, Occur, Order, Query, Searcher, SnippetGenerator

from models.search_following import belongs_to, follow, last_change
from models.search_query import (
    IndexFilters,
    SnippetPart,
    marked_terms,
    narrowed,
    snippet,
    snippet_generator,
    whole_query,
    words_query,
)
from models.search_schema import register_analyzers, schema
from models.search_words import QuerySyntaxError, Wanted, parse_words

logger = logging.getLogger(__name__)

MOST_VALUES = 65_000  # of one field are counted: more than there are outlets

__all__ = ["IndexFilters", "QuerySyntaxError", "SearchHit", "SearchIndex", "SearchPage", "SnippetPart"]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One article found; the snippet's parts are plain text, hits marked."""

    article_id: int
    score: float
    snippet: tuple[SnippetPart, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A part of what was found, and how much was found."""

    total: int
    hits: tuple[SearchHit, ...]


class SearchIndex:
    """The index in one folder. Any number may read it; one process at a time writes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._opened: Index | None = None
        self._committed: tuple[int, int] | None = None

    def update(self, engine: Engine) -> int:
        """Take in what the index does not hold yet and give the number of articles; 0 while another one writes.

        An index that cannot be read, is of another kind, or belongs to another database is made anew.
        """
        with self._writing(wait=False) as is_mine:
            if not is_mine:
                return 0
            index = self._usable_index()
            if index is None or not belongs_to(index.searcher(), engine):
                logger.info("the search index in %s is made anew", self.folder)
                index = self._fresh_index()
            return follow(index, engine)

    def rebuild(self, engine: Engine) -> int:
        """Make the index anew and give the number of articles; waits for another one that writes."""
        with self._writing(wait=True):
            return follow(self._fresh_index(), engine)

    def search(
        self,
        words: str,
        filters: IndexFilters | None = None,
        limit: int = 20,
        offset: int = 0,
        order: Literal["relevance", "date"] = "relevance",
    ) -> SearchPage:
        """Find articles, best first or newest first. Raises QuerySyntaxError; finds nothing before the first update."""
        wanted = parse_words(words)
        searcher = self._searcher()
        by_date = order == "date" or wanted is None or not marked_terms(wanted)
        found = searcher.search(
            whole_query(wanted, filters or IndexFilters(), searcher),
            limit=max(limit, 1),
            offset=offset,
            order_by_field="recency" if by_date else None,
            order=Order.Desc,
        )
        hits = [(0.0 if by_date else score, place) for score, place in found.hits[:limit]]
        total = found.count or 0  # type: ignore[attr-defined]
        return SearchPage(total, tuple(_hits(searcher, wanted, hits)))

    def count_values(self, words: str, filters: IndexFilters, fields: Collection[str]) -> dict[str, dict[Any, int]]:
        """Count the articles found by the values of each field. Raises QuerySyntaxError."""
        searcher = self._searcher()
        asked = {field: {"terms": {"field": field, "size": MOST_VALUES}} for field in fields}
        found = searcher.aggregate(whole_query(parse_words(words), filters, searcher), asked)
        return {field: {each["key"]: each["doc_count"] for each in found[field]["buckets"]} for field in fields}

    def count_each(self, words: str, many: Sequence[IndexFilters]) -> list[int]:
        """Count the articles found under each of many filters. Raises QuerySyntaxError."""
        wanted, searcher = parse_words(words), self._searcher()
        asked = None if wanted is None else words_query(wanted, searcher)
        return [_count(searcher, narrowed(asked, each)) for each in many]

    def changed(self, words: str, filters: IndexFilters, after: int) -> list[int]:
        """Give the articles found whose newest change came after that one. Raises QuerySyntaxError."""
        searcher = self._searcher()
        since = Query.range_query(schema(), "change_id", FieldType.Unsigned, max(after, 0), None, include_lower=False)
        asked = [whole_query(parse_words(words), filters, searcher), since]
        query = Query.boolean_query([(Occur.Must, each) for each in asked])
        hits = searcher.search(query, limit=max(searcher.num_docs, 1), count=False, order_by_field="change_id").hits
        return [int(each or 0) for each in searcher.fast_field_values("article_id", [place for _, place in hits])]

    def last_change(self) -> int:
        """Give the newest change of an article that the index holds."""
        return last_change(self._searcher())

    def _searcher(self) -> Searcher:
        """Give what reads the index as last committed; one that finds nothing where there is none."""
        return (self._usable_index() or _empty_index()).searcher()

    def _usable_index(self) -> Index | None:
        """Give the index as last committed, or None where there is none that can be used."""
        try:
            if self._opened is None:
                if not self.folder.is_dir() or not Index.exists(str(self.folder)):
                    return None
                self._opened = Index(schema(), str(self.folder))
                register_analyzers(self._opened)
            self._reload_if_committed(self._opened)
        except (ValueError, OSError) as error:  # tantivy reports damage and other fields alike
            logger.warning("the search index in %s cannot be used: %s", self.folder, error)
            self._opened = self._committed = None
        return self._opened

    def _reload_if_committed(self, index: Index) -> None:
        """Look at what was written since; each commit puts another file of that name in place."""
        status = (self.folder / "meta.json").stat()
        committed = (status.st_ino, status.st_mtime_ns)
        if committed != self._committed:
            index.reload()
            self._committed = committed

    def _fresh_index(self) -> Index:
        """Remove what is there and begin an empty index; the caller holds the lock."""
        self._opened = self._committed = None
        for path in self.folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != "update.lock":
                path.unlink()
        self._opened = Index(schema(), str(self.folder))
        register_analyzers(self._opened)
        return self._opened

    @contextmanager
    def _writing(self, *, wait: bool) -> Iterator[bool]:
        """Hold the lock of the one who writes; the system gives it back when the process ends, however it ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.folder / "update.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            yield _lock(lock, wait=wait)
        finally:
            os.close(lock)


@cache
def _empty_index() -> Index:
    return Index(schema())


def _lock(file: int, *, wait: bool) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _count(searcher: Searcher, query: Query) -> int:
    """Count what is found: an aggregation ranks nothing."""
    return int(searcher.aggregate(query, {"found": {"value_count": {"field": "article_id"}}})["found"]["value"])


def _hits(searcher: Searcher, wanted: Wanted | None, found: Sequence[tuple[float, DocAddress]]) -> Iterator[SearchHit]:
    """Read what was found and cut a snippet of each; one generator serves all articles in a language."""
    generators: dict[str, SnippetGenerator] = {}
    terms = [] if wanted is None else marked_terms(wanted)
    ids = searcher.fast_field_values("article_id", [place for _, place in found])
    for article_id, (score, place) in zip(ids, found, strict=True):
        document = searcher.doc(place)
        language, shown = document.get_first("language") or "", bytes(document.get_first("shown") or b"").decode()
        if language not in generators:
            generators[language] = snippet_generator(terms, language, searcher)
        yield SearchHit(int(article_id or 0), score, snippet(generators[language], language, shown))
