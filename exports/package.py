"""A data package: the data, what each column means, and how to cite it (https://datapackage.org, Frictionless v1)."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from exports.files import WRITERS, write_workbook
from exports.papers import WORKBOOK, Order, papers, sha256_of
from exports.resources import RESOURCES, Resource

ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # no clock in the bytes


class UnusableTargetError(Exception):
    """A package cannot be written there; the message says why in one line. Raised by write_package()."""


def write_package(session: Session, target: Path, order: Order) -> dict[str, int]:
    """Write a package into a folder, or a .zip file, and give the number of rows of each table.

    Raises UnusableTargetError, TooManyRowsError.
    """
    _refuse_foreign(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Written beside the target, so that no half of a package ever stands at its place.
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as place:
            folder = Path(place) / "package"
            folder.mkdir()
            counts = _write_all(session, folder, order)
            _put_in_place(folder, target)
    except OSError as error:
        raise UnusableTargetError(f"cannot write {target}: {error.strerror}") from error
    return counts


def _refuse_foreign(target: Path) -> None:
    """Raise UnusableTargetError for what would be written over and is no data package."""
    if target.suffix == ".zip":
        return
    if target.exists() and not target.is_dir():
        raise UnusableTargetError(f"{target} is a file; name a folder or a .zip file")
    if target.is_dir() and any(target.iterdir()) and not (target / "datapackage.json").is_file():
        raise UnusableTargetError(f"{target} has something in it that is no data package")


def _write_all(session: Session, folder: Path, order: Order) -> dict[str, int]:
    counts = _write_data(session, folder, order)
    for name, text in {**papers(folder, order, counts), **order.papers}.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    sums = (f"{sha256_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in files_of(folder))
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")
    return counts


def _write_data(session: Session, folder: Path, order: Order) -> dict[str, int]:
    counts: dict[str, int] = {}

    def rows_of(table: Resource) -> Iterator[tuple[Any, ...]]:
        counts[table.name] = 0
        for row in table.rows(session, order.scope):
            counts[table.name] += 1
            yield row

    if order.form == "xlsx":
        write_workbook(folder / WORKBOOK, RESOURCES, rows_of, order.scope.as_of)
        return counts
    (folder / "data").mkdir()
    for table in RESOURCES:
        WRITERS[order.form](folder / "data" / f"{table.name}.{order.form}", table.fields, rows_of(table))
    return counts


def _put_in_place(folder: Path, target: Path) -> None:
    if target.suffix == ".zip":
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in files_of(folder):
                name = path.relative_to(folder).as_posix()
                entry = zipfile.ZipInfo(name, ZIP_TIME)
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
        return
    if target.exists():
        shutil.rmtree(target)
    folder.rename(target)


def files_of(folder: Path) -> list[Path]:
    """Give the files below a folder in an order that stays."""
    return sorted(path for path in folder.rglob("*") if path.is_file())
