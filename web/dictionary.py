"""The data dictionary: tables and columns as the models have them, in the words of the documentation."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import JSON

from models import Base
from models.base import UtcDateTime
from web.documents import Grid, Line, read_document


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """One column; ``leads_to`` is the table and column that a foreign key names."""

    name: str
    type: str
    may_be_empty: bool
    is_unique: bool
    leads_to: str | None
    meaning: Line


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One table; ``grids`` are further tables of its description, such as the states of a page."""

    name: str
    meaning: tuple[Line, ...]
    columns: tuple[ColumnEntry, ...]
    grids: tuple[Grid, ...]


@cache
def data_dictionary() -> tuple[TableEntry, ...]:
    """Give every table in the order of the documentation, which describes each column."""
    return tuple(
        _table(part.title, part.paragraphs, part.grids)
        for part in read_document("data-model.md")
        if part.title in Base.metadata.tables
    )


def _table(name: str, meaning: tuple[Line, ...], grids: tuple[Grid, ...]) -> TableEntry:
    described = {row[0][0].text: row[1] for row in grids[0].rows}
    table = Base.metadata.tables[name]
    columns = tuple(_column(column, described.get(column.name, ())) for column in table.columns)
    return TableEntry(name, meaning, columns, grids[1:])


def _column(column: Any, meaning: Line) -> ColumnEntry:
    return ColumnEntry(
        name=column.name,
        type=_type_name(column.type),
        may_be_empty=bool(column.nullable),
        is_unique=bool(column.primary_key or column.unique),
        leads_to=next((key.target_fullname for key in column.foreign_keys), None),
        meaning=meaning,
    )


# What people call the types, by the Python type that a value has.
_TYPES = {
    "int": "whole number",
    "float": "number",
    "str": "text",
    "bool": "yes or no",
    "date": "day",
    "bytes": "bytes",
}


def _type_name(kind: Any) -> str:
    """Name a column's type as people do."""
    if isinstance(kind, JSON):
        return "JSON"
    if isinstance(kind, UtcDateTime):
        return "instant, UTC"
    return _TYPES.get(kind.python_type.__name__, str(kind))
