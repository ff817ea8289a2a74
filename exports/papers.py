"""What stands beside the data of a package: the descriptor with the dictionary, how to read and how to cite it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from string import Template
from typing import Any

from exports.cells import plain
from exports.resources import RESOURCES, Field, Resource
from exports.scope import Scope
from web.dictionary import data_dictionary
from web.documents import plain_text, read_document

TEMPLATES = Path(__file__).parent / "templates"
WORKBOOK = "armswatch.xlsx"
MEDIA = {"csv": "text/csv", "jsonl": "application/jsonl", "parquet": "application/vnd.apache.parquet"}
LICENCES: dict[str, tuple[str, str]] = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODbL-1.0": ("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}


@dataclass(frozen=True, slots=True)
class Description:
    """What the package says of itself beside its data; ``licence`` is one of LICENCES."""

    title: str = "International arms transfers as reported"
    author: str = "armswatch"
    licence: str = "CC-BY-4.0"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: ``form`` is csv, jsonl, parquet or xlsx; ``papers`` are further texts by file name."""

    scope: Scope
    form: str = "csv"
    description: Description = Description()
    papers: Mapping[str, str] = field(default_factory=dict)


def papers(folder: Path, order: Order, counts: Mapping[str, int]) -> dict[str, str]:
    """Give what stands beside the data, by file name: descriptor with dictionary, how to read and how to cite it."""
    return {
        "datapackage.json": json.dumps(_descriptor(folder, order), ensure_ascii=False, indent=1) + "\n",
        "CITATION.cff": _filled("CITATION.cff", _facts(order, json.dumps)),
        "README.md": _filled("README.md", _facts(order, str) | _contents(order.scope, counts)),
    }


def _descriptor(folder: Path, order: Order) -> dict[str, Any]:
    scope, form, description = order.scope, order.form, order.description
    name, path = LICENCES[description.licence]
    return {
        "profile": "data-package" if form == "xlsx" else "tabular-data-package",
        "name": "armswatch",
        "title": description.title,
        "version": version("armswatch"),
        "created": plain(scope.as_of),
        "licenses": [{"name": description.licence, "title": name, "path": path}],
        "contributors": [{"title": description.author, "role": "author"}],
        "asOf": plain(scope.as_of),
        "filters": shown_filters(scope),
        "limitations": limitations(),
        "resources": [_resource(folder, form, table) for table in RESOURCES],
    }


def _resource(folder: Path, form: str, table: Resource) -> dict[str, Any]:
    place: dict[str, Any] = {"path": WORKBOOK, "format": "xlsx", "dialect": {"sheet": table.name}}
    if form != "xlsx":
        place = {"path": f"data/{table.name}.{form}", "format": form, "mediatype": MEDIA[form], "encoding": "utf-8"}
    path = folder / place["path"]
    return {
        "name": table.name.replace("_", "-"),
        "title": table.title,
        **place,
        "profile": "tabular-data-resource",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256_of(path)}",
        "schema": {
            "fields": [_field(field) for field in table.fields],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _field(field: Field) -> dict[str, str]:
    return {"name": field.name, "type": field.type, "description": field.meaning or meanings()[field.column]}


def meanings() -> dict[str, str]:
    """Give what each column of the data model means, by "table.column"."""
    return {
        f"{table.name}.{column.name}": plain_text(column.meaning)
        for table in data_dictionary()
        for column in table.columns
    }


def limitations() -> list[str]:
    """Give what the documentation says that the data cannot do."""
    part = next(part for part in read_document("how-it-works.md") if part.title == "Limits")
    return [plain_text(item) for item in part.items]


def shown_filters(scope: Scope) -> dict[str, Any]:
    """Give the filters that ask something."""
    names = scope.filters.__dataclass_fields__
    return {name: plain(value) for name in names if (value := getattr(scope.filters, name)) is not None}


def _filled(name: str, values: Mapping[str, str]) -> str:
    return Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(values)


def _facts(order: Order, quoted: Callable[[str], str]) -> dict[str, str]:
    return {
        "title": quoted(order.description.title),
        "author": quoted(order.description.author),
        "licence": order.description.licence,
        "version": version("armswatch"),
        "as_of": plain(order.scope.as_of),
        "day": f"{order.scope.as_of:%Y-%m-%d}",
    }


def _contents(scope: Scope, counts: Mapping[str, int]) -> dict[str, str]:
    filters = ", ".join(f"{name} {value}" for name, value in shown_filters(scope).items())
    return {
        "filters": filters or "none",
        "tables": "\n".join(f"| `{table.name}` | {counts[table.name]} | {table.title} |" for table in RESOURCES),
        "limitations": "\n".join(f"- {each}" for each in limitations()),
    }


def sha256_of(path: Path) -> str:
    """Give the digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
