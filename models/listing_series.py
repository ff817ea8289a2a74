"""Data tables of articles and the time series in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from models.article import Article, Revision
from models.claim import Claim
from models.filters import ArticleFilters, article_conditions
from models.keyset import Key, in_order
from models.outlet import Outlet
from models.table import ArticleTable, Series, TableCheck

NEWEST_FIRST = (
    Key(Article.published_at, falls=True),
    Key(Article.id, falls=True),
    Key(ArticleTable.position),
    Key(Series.position),
)


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One period of a series; ``missing`` marks a gap."""

    period: int
    value: float | None
    raw: str | None
    missing: bool
    row: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A column or row of a table read as a time series, with the article it stands in."""

    id: int
    article_id: int
    headline: str | None
    url: str
    outlet: str
    published_at: datetime | None
    caption: str | None
    table: int
    position: int
    column: int
    label: str
    supplier: str | None
    recipient: str | None
    measure: str | None
    unit: str | None
    scale: float
    value_kind: str | None
    observations: tuple[ObservationRow, ...]


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """A part of a list of series, and how long the whole list is."""

    total: int
    rows: tuple[SeriesRow, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One data table as printed, with its series."""

    id: int
    position: int
    caption: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    unit: str | None
    scale: float
    notes: tuple[str, ...]
    truncated: bool
    paragraph: int | None
    series: tuple[SeriesRow, ...]


@dataclass(frozen=True, slots=True)
class TableCheckRow:
    """A statement of the text held against a cell of the same page; ``agrees`` is None where the table has a gap."""

    claim_id: int
    quote: str
    cell_id: int | None
    cell: str | None
    agrees: bool | None
    note: str


_SERIES_FIELDS = (
    "id",
    "position",
    "column",
    "label",
    "supplier",
    "recipient",
    "measure",
    "unit",
    "scale",
    "value_kind",
)


def list_series(session: Session, filters: ArticleFilters, limit: int = 50, offset: int = 0) -> SeriesPage:
    """List the series of articles as they read now, those of the newest articles first.

    Here ``supplier`` and ``recipient`` are the series' own; ``status`` is still that of a claim of the article.
    """
    query = _series(filters)
    total = session.scalar(query.with_only_columns(func.count(Series.id))) or 0
    return SeriesPage(total, _rows(session, in_order(query, NEWEST_FIRST).limit(limit).offset(offset)))


def series_after(
    session: Session, filters: ArticleFilters, after: Sequence[Any], limit: int = 50
) -> tuple[SeriesRow, ...]:
    """List on behind the series with these published_at, article_id, table and position."""
    return _rows(session, in_order(_series(filters), NEWEST_FIRST, after).limit(limit))


def _series(filters: ArticleFilters) -> Select[Any]:
    conditions = article_conditions(replace(filters, supplier=None, recipient=None)) + _pair_conditions(filters)
    return (
        select(Series)
        .join(ArticleTable, ArticleTable.id == Series.table_id)
        .join(Article, Article.current_revision_id == ArticleTable.revision_id)
        .where(*conditions)
    )


def _rows(session: Session, query: Select[Any]) -> tuple[SeriesRow, ...]:
    whole = query.join(Outlet, Outlet.id == Article.outlet_id).add_columns(ArticleTable, Article, Outlet.name)
    found = session.execute(whole.options(selectinload(Series.observations)))
    return tuple(_series_row(*parts) for parts in found)


def series_by_id(session: Session, number: int) -> SeriesRow | None:
    """Give one series, also of a revision that was replaced, or None."""
    query = select(Series, ArticleTable, Article, Outlet.name).join(ArticleTable, ArticleTable.id == Series.table_id)
    query = query.join(Revision, Revision.id == ArticleTable.revision_id)
    query = query.join(Article, Article.id == Revision.article_id).join(Outlet, Outlet.id == Article.outlet_id)
    found = session.execute(query.where(Series.id == number).options(selectinload(Series.observations))).first()
    return _series_row(*found) if found is not None else None


def _pair_conditions(filters: ArticleFilters) -> list[ColumnElement[bool]]:
    pairs = ((Series.supplier, filters.supplier), (Series.recipient, filters.recipient))
    return [column == state.upper() for column, state in pairs if state is not None]


def _series_row(series: Series, table: ArticleTable, article: Article, outlet: str) -> SeriesRow:
    fields: dict[str, Any] = {name: getattr(series, name) for name in _SERIES_FIELDS}
    return SeriesRow(
        article_id=article.id,
        headline=article.headline,
        url=article.canonical_url,
        outlet=outlet,
        published_at=article.published_at,
        caption=table.caption,
        table=table.position,
        observations=tuple(
            ObservationRow(each.period, each.value, each.raw, each.missing, each.row, each.column)
            for each in series.observations
        ),
        **fields,
    )


def tables_of_revision(session: Session, article: Article, revision_id: int) -> tuple[TableRow, ...]:
    """Give the tables of one revision in their order, each with its series."""
    query = select(ArticleTable).where(ArticleTable.revision_id == revision_id).order_by(ArticleTable.position)
    return tuple(_table_row(session, article, table) for table in session.scalars(query))


def table_checks_of_revision(session: Session, revision_id: int) -> tuple[TableCheckRow, ...]:
    """Give how the text of one revision compares with its own tables."""
    printed = aliased(Claim)
    query = select(TableCheck, Claim.id, Claim.quote, printed.id, printed.quote).where(
        TableCheck.revision_id == revision_id
    )
    query = query.join(Claim, (Claim.revision_id == revision_id) & (Claim.position == TableCheck.claim))
    query = query.outerjoin(printed, (printed.revision_id == revision_id) & (printed.position == TableCheck.cell))
    found = session.execute(query.order_by(TableCheck.position))
    return tuple(
        TableCheckRow(claim, quote, cell_id, cell, check.agrees, check.note)
        for check, claim, quote, cell_id, cell in found
    )


def _table_row(session: Session, article: Article, table: ArticleTable) -> TableRow:
    query = select(Series).where(Series.table_id == table.id).options(selectinload(Series.observations))
    found = session.scalars(query.order_by(Series.position))
    return TableRow(
        id=table.id,
        position=table.position,
        caption=table.caption,
        columns=tuple(table.columns),
        rows=tuple(tuple(row) for row in table.rows),
        unit=table.unit,
        scale=table.scale,
        notes=tuple(table.notes),
        truncated=table.truncated,
        paragraph=table.paragraph,
        series=tuple(_series_row(each, table, article, article.outlet.name) for each in found),
    )
