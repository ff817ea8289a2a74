"""How listings are printed: a table for people, json, jsonl and csv for programs, parquet for notebooks."""

import csv
import dataclasses
import enum
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.mistakes import UserMistakeError
from exports.cells import safe_cell

PIPE_WIDTH = 180  # characters, where no terminal says how wide it is


class Format(enum.StrEnum):
    """The formats every listing knows."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def print_rows(rows: Sequence[Any], form: Format, columns: Sequence[str] | None = None, title: str = "") -> None:
    """Print dataclass rows; ``columns`` are those shown in the table for people, other formats give all."""
    records = [row if isinstance(row, dict) else dataclasses.asdict(row) for row in rows]
    if form is Format.TABLE:
        _print_table(records, list(columns or (records[0] if records else [])), title)
    elif form is Format.JSON:
        print_json(records)
    elif form is Format.JSONL:
        for record in records:
            sys.stdout.write(json.dumps(record, ensure_ascii=False, default=_plain) + "\n")
    elif form is Format.CSV:
        _print_csv(records)
    else:
        _print_parquet(records)


def print_json(value: Any) -> None:
    """Print any value as JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n")


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def cell(value: Any) -> str:
    """Give a value as short text for people; control characters cannot reach the terminal."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:g}"
    if isinstance(value, dict):
        return ", ".join(f"{name} {number}" for name, number in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return "".join(char if char.isprintable() else " " for char in str(value))


def _print_table(records: list[dict[str, Any]], columns: list[str], title: str) -> None:
    table = Table(title=title or None, title_justify="left", box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in columns:
        table.add_column(name.replace("_", " "), overflow="fold")
    for record in records:
        table.add_row(*(Text(cell(record.get(name))) for name in columns))
    console = Console()
    if not console.is_terminal:
        console = Console(width=PIPE_WIDTH)
    console.print(table if records else Text("nothing"))


def _print_csv(records: list[dict[str, Any]]) -> None:
    writer = csv.writer(sys.stdout)
    if records:
        writer.writerow(records[0])
    writer.writerows([safe_cell(value) for value in record.values()] for record in records)


def _print_parquet(records: list[dict[str, Any]]) -> None:
    import pyarrow as pa  # noqa: PLC0415  # half a second, that no other format needs
    import pyarrow.parquet as pq  # noqa: PLC0415

    if sys.stdout.isatty():
        raise UserMistakeError("parquet is not for a terminal: send it to a file")
    flat = [
        {
            name: json.dumps(value, default=_plain) if isinstance(value, dict | list | tuple) else value
            for name, value in record.items()
        }
        for record in records
    ]
    pq.write_table(pa.Table.from_pylist(flat), pa.PythonFile(sys.stdout.buffer, mode="w"))
