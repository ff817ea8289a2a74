"""Lists that are read on from a row: what comes behind it stays the same whatever was added before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, false, or_
from sqlalchemy.orm import InstrumentedAttribute

Query = TypeVar("Query", bound=Select[Any])


@dataclass(frozen=True, slots=True)
class Key:
    """A column that a list is sorted by; unknown values come last either way."""

    column: InstrumentedAttribute[Any]
    falls: bool = False


def in_order(query: Query, keys: Sequence[Key], after: Sequence[Any] | None = None) -> Query:
    """Sort a query; with ``after``, the values of a row in the order of the keys, begin behind that row."""
    order = ((key.column.desc() if key.falls else key.column.asc()).nulls_last() for key in keys)
    ordered = query.order_by(*order)
    return ordered if after is None else ordered.where(_behind(keys, after))


def _behind(keys: Sequence[Key], after: Sequence[Any]) -> ColumnElement[bool]:
    (key, *keys), (value, *after) = keys, after
    further, same = _further(key, value), key.column.is_(None) if value is None else key.column == value
    return or_(further, and_(same, _behind(keys, after))) if keys else further


def _further(key: Key, value: Any) -> ColumnElement[bool]:
    if value is None:
        return false()
    return or_(key.column < value if key.falls else key.column > value, key.column.is_(None))
