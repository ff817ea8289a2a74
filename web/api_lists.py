"""The lists of the API, read on from where the last answer ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel
from sqlalchemy.orm import Session

from models.article_search import FoundArticle, search_articles
from models.listing_articles import articles_after, list_articles
from models.listing_claims import ClaimRow, claims_after, list_claims
from models.listing_series import SeriesRow, list_series, series_after
from models.listing_transfers import TransferRow, list_transfers, transfers_after
from web.api_questions import ArticlesAsked, ClaimsAsked, ReadOn, SeriesAsked, TransfersAsked
from web.cursors import Cursor, read_cursor, write_cursor
from web.views import Reader

LOOK_BEHIND = 50  # rows by which a search may have grown between two answers without one being left out

Row = TypeVar("Row")


class Listed(BaseModel, Generic[Row]):
    """A part of a list: how long it was when it was begun, and the address of the next part, null at the end."""

    total: int
    rows: tuple[Row, ...]
    next: str | None


class _Page(Protocol):
    """A part of a list from its beginning."""

    @property
    def total(self) -> int: ...
    @property
    def rows(self) -> tuple[Any, ...]: ...


@dataclass(frozen=True, slots=True)
class _List:
    """A list in the database: its beginning, what comes behind a place, and the place of a row."""

    begin: Callable[..., _Page]
    after: Callable[..., tuple[Any, ...]]
    place: Callable[[Any], tuple[Any, ...]]


_ARTICLES = _List(list_articles, articles_after, lambda row: (row.published_at, row.id))
_CLAIMS = _List(list_claims, claims_after, lambda row: (row.published_at, row.article_id, row.id))
_SERIES = _List(list_series, series_after, lambda row: (row.published_at, row.article_id, row.table, row.position))
_TRANSFERS = _List(list_transfers, transfers_after, lambda row: (row.first_reported_at, row.key))


@dataclass(frozen=True, slots=True)
class ApiLists:
    """The lists by name; each raises HTTPException 400 for a cursor that does not fit."""

    reader: Reader

    def articles(self, asked: ArticlesAsked) -> Listed[FoundArticle]:
        """List articles that match, searched for where words are asked. Raises QuerySyntaxError."""
        if asked.q:
            return _listed("articles", asked, *self._found(asked))
        total, rows, cursor = self._rows(_ARTICLES, "articles", asked, (asked.page - 1) * asked.limit)
        return _listed("articles", asked, total, tuple(FoundArticle(row, 0.0, ()) for row in rows), cursor)

    def claims(self, asked: ClaimsAsked) -> Listed[ClaimRow]:
        """List claims of articles as they read now."""
        return _listed("claims", asked, *self._rows(_CLAIMS, "claims", asked))

    def series(self, asked: SeriesAsked) -> Listed[SeriesRow]:
        """List tables read as time series."""
        return _listed("series", asked, *self._rows(_SERIES, "series", asked))

    def transfers(self, asked: TransfersAsked) -> Listed[TransferRow]:
        """List transfers as they are joined now."""
        return _listed("transfers", asked, *self._rows(_TRANSFERS, "transfers", asked))

    def _rows(self, kind: _List, name: str, asked: Any, offset: int = 0) -> tuple[int, tuple[Any, ...], Cursor | None]:
        """Give the total, the rows, and where to read on; one row more is read to see whether there is more."""
        with Session(self.reader.engine) as session:
            if asked.cursor is None:
                page = kind.begin(session, asked.filters, limit=asked.limit + 1, offset=offset)
                total, rows = page.total, page.rows
            else:
                start = read_cursor(_question(name, asked), asked.cursor)
                total, rows = start.total, kind.after(session, asked.filters, start.place, asked.limit + 1)
        shown = rows[: asked.limit]
        return total, shown, Cursor(total, kind.place(shown[-1])) if len(rows) > asked.limit else None

    def _found(self, asked: ArticlesAsked) -> tuple[int, tuple[FoundArticle, ...], Cursor | None]:
        """Search. Scores change as articles are added, so a place is a number and the articles shown last before it."""
        start = Cursor(0, ((asked.page - 1) * asked.limit, []))
        if asked.cursor is not None:
            start = read_cursor(_question("articles", asked), asked.cursor)
        offset, shown = start.place
        first = max(0, offset - len(shown))
        size = offset - first + asked.limit + 1 + (LOOK_BEHIND if shown else 0)
        with Session(self.reader.engine) as session:
            found = search_articles(session, self.reader.index, asked.search, size, first)
        begin = _behind(found.rows, shown, offset - first)
        new = [row for row in found.rows[begin:] if row.article.id not in shown]
        rows, total = tuple(new[: asked.limit]), start.total or found.total
        ids = [*shown, *(row.article.id for row in rows)][-LOOK_BEHIND:]
        is_more = len(new) > asked.limit
        return total, rows, Cursor(total, (first + begin + len(rows), ids)) if is_more else None


def _behind(rows: Sequence[FoundArticle], shown: Sequence[int], otherwise: int) -> int:
    """Say where the rows begin that come behind those shown before."""
    return max((at + 1 for at, row in enumerate(rows) if row.article.id in shown), default=otherwise)


def _question(name: str, asked: ReadOn) -> str:
    """Name what a cursor belongs to: everything asked but where and how much."""
    return f"{name}?{urlencode(_asked(asked) | {'limit': ''})}"


def _asked(asked: ReadOn) -> dict[str, Any]:
    given = asked.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return {name: value for name, value in given.items() if name not in {"cursor", "page"}}


def _listed(name: str, asked: ReadOn, total: int, rows: Sequence[Any], cursor: Cursor | None) -> Listed[Any]:
    address = None
    if cursor is not None:
        text = write_cursor(_question(name, asked), cursor)
        address = f"/api/v1/{name}?" + urlencode(_asked(asked) | {"cursor": text})
    return Listed[Any].model_construct(total=total, rows=tuple(rows), next=address)
