"""Writes the rows of a table as CSV, JSON Lines, Parquet or a sheet: the same rows give the same bytes."""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from exports.cells import plain, safe_cell
from exports.resources import Field, Resource

LONGEST_SHEET = 1_048_575  # rows below the heading, a limit of the format
LONGEST_CELL = 32_767  # characters, likewise
BATCH = 10_000  # rows of Parquet written at a time
_ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "datetime": pa.timestamp("us", tz="UTC"),
    "date": pa.date32(),
    "array": pa.list_(pa.string()),
}
Rows = Iterator[tuple[Any, ...]]


class TooManyRowsError(Exception):
    """A workbook's sheet cannot hold so many rows. Raised when a workbook is written; the message is one line."""


def write_csv(path: Path, fields: Sequence[Field], rows: Rows) -> None:
    """Write UTF-8 with a heading; arrays are JSON texts, unknown is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields])
        writer.writerows([safe_cell(value) for value in row] for row in rows)


def write_jsonl(path: Path, fields: Sequence[Field], rows: Rows) -> None:
    """Write an object a line."""
    names = [field.name for field in fields]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            record = dict(zip(names, row, strict=True))
            file.write(json.dumps(record, ensure_ascii=False, default=plain) + "\n")


def write_parquet(path: Path, fields: Sequence[Field], rows: Rows) -> None:
    """Write typed columns."""
    schema = pa.schema([(field.name, _ARROW[field.type]) for field in fields])
    with pq.ParquetWriter(path, schema) as writer:
        while batch := list(islice(rows, BATCH)):
            columns = zip(*batch, strict=True)
            arrays = [pa.array(column, each.type) for column, each in zip(columns, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


WRITERS: dict[str, Callable[[Path, Sequence[Field], Rows], None]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
}


def write_workbook(path: Path, tables: Sequence[Resource], rows_of: Callable[[Resource], Rows], made: datetime) -> None:
    """Write a workbook with a sheet a table; texts stay texts. Raises TooManyRowsError."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": made.replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, [field.name for field in table.fields], bold)
            for number, row in enumerate(rows_of(table), 1):
                if number > LONGEST_SHEET:
                    raise TooManyRowsError(f"{table.name} has more rows than a sheet holds; use csv or parquet")
                for column, value in enumerate(row):
                    _write_cell(sheet, (number, column), value)


def _write_cell(sheet: Any, place: tuple[int, int], value: Any) -> None:
    if isinstance(value, list | tuple):
        value = json.dumps(value, ensure_ascii=False)
    value = plain(value)
    if isinstance(value, bool):
        sheet.write_boolean(*place, value)
    elif isinstance(value, int | float):
        sheet.write_number(*place, value)
    elif value is not None:
        sheet.write_string(*place, str(value)[:LONGEST_CELL])
