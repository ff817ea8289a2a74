"""Data tables of articles, and their columns as time series."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, Identity


class ArticleTable(Base):
    """One data table: ``rows`` are the texts as printed, ``cells`` the same cells as typed values."""

    __tablename__ = "article_table"
    __table_args__ = (UniqueConstraint("revision_id", "position"),)

    id: Mapped[Identity]
    revision_id: Mapped[int] = mapped_column(BigId, ForeignKey("revision.id"))
    position: Mapped[int]
    caption: Mapped[str | None]
    columns: Mapped[list[str]]
    rows: Mapped[list[Any]]
    cells: Mapped[list[Any]]
    unit: Mapped[str | None]
    scale: Mapped[float]
    notes: Mapped[list[str]]
    truncated: Mapped[bool]
    paragraph: Mapped[int | None]


class Series(Base):
    """A table's column, a part of it, or a row as data: what, who to whom, in which unit."""

    __tablename__ = "series"
    __table_args__ = (UniqueConstraint("table_id", "position"),)

    id: Mapped[Identity]
    table_id: Mapped[int] = mapped_column(BigId, ForeignKey("article_table.id"))
    position: Mapped[int]
    column: Mapped[int]
    label: Mapped[str]
    supplier: Mapped[str | None]
    recipient: Mapped[str | None]
    measure: Mapped[str | None]
    unit: Mapped[str | None]
    scale: Mapped[float]
    value_kind: Mapped[str | None]

    table: Mapped[ArticleTable] = relationship()
    observations: Mapped[list["Observation"]] = relationship(order_by="Observation.period", back_populates="series")


class Observation(Base):
    """One period of a series; ``missing`` marks a gap, ``value`` has the scale applied."""

    __tablename__ = "observation"
    __table_args__ = (UniqueConstraint("series_id", "position"),)

    id: Mapped[Identity]
    series_id: Mapped[int] = mapped_column(BigId, ForeignKey("series.id"))
    position: Mapped[int]
    period: Mapped[int]
    value: Mapped[float | None]
    raw: Mapped[str | None]
    missing: Mapped[bool]
    row: Mapped[int | None]
    column: Mapped[int | None]

    series: Mapped[Series] = relationship(back_populates="observations")


class TableCheck(Base):
    """A statement of a text held against a cell of the same page: both are claims of the revision, by position."""

    __tablename__ = "table_check"
    __table_args__ = (UniqueConstraint("revision_id", "position"),)

    id: Mapped[Identity]
    revision_id: Mapped[int] = mapped_column(BigId, ForeignKey("revision.id"))
    position: Mapped[int]
    claim: Mapped[int]
    cell: Mapped[int | None]
    agrees: Mapped[bool | None]
    note: Mapped[str]
