"""Data packages and dossiers: what was known at a moment, written so that others can use, cite and check it."""

import filecmp
import json
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy.orm import Session

from cli.mistakes import UserMistakeError
from cli.workplace import open_database, parse_day
from exports.dossier import dossier_papers
from exports.files import WRITERS, TooManyRowsError
from exports.package import UnusableTargetError, files_of, write_package
from exports.papers import LICENCES, Description, Order
from exports.question import Question, UnclearQuestionError, read_question
from exports.scope import Scope
from models.filters import ArticleFilters


def export_package(
    target: Path, given: Mapping[str, str | None], as_of: str | None, form: str, description: Description
) -> None:
    """Write a data package; ``given`` holds the filters as the user wrote them."""
    if form not in (*WRITERS, "xlsx"):
        raise UserMistakeError(f"--format {form!r} is none of {', '.join((*WRITERS, 'xlsx'))}")
    if description.licence not in LICENCES:
        raise UserMistakeError(f"--licence {description.licence!r} is none of {', '.join(LICENCES)}")
    days = {name: parse_day(name, given.get(name)) for name in ("since", "until")}
    scope = Scope(_moment(as_of), ArticleFilters(**{**given, **days}))
    counts = _write(target, Order(scope, form, description))
    typer.echo(f"{', '.join(f'{number} {name}' for name, number in counts.items())} in {target}")


def write_dossier(text: str, target: Path, as_of: str | None) -> None:
    """Write a dossier on a question and say how it was read."""
    question = _question(text)
    counts = _write_dossier(question, target, _moment(as_of))
    asked = ", ".join(
        f"{name} {value:%Y-%m-%d}" if isinstance(value, datetime) else f"{name} {value}"
        for name in question.filters.__dataclass_fields__
        if (value := getattr(question.filters, name)) is not None
    )
    typer.echo(f"read as: {asked}")
    typer.echo(f"{counts['transfers']} transfers, {counts['claims']} claims, {counts['articles']} articles in {target}")


def check_dossier(folder: Path) -> None:
    """Make a dossier again from what it says of itself; exit 1 where a byte differs."""
    try:
        asked = json.loads((folder / "dossier.json").read_text(encoding="utf-8"))
        text, as_of = asked["question"], asked["as_of"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserMistakeError(f"{folder} holds no dossier: {error}") from error
    with tempfile.TemporaryDirectory() as place:
        again = Path(place) / "again"
        _write_dossier(_question(text), again, _moment(as_of))
        differing = _differing(folder, again)
    if differing:
        typer.echo(f"differs: {', '.join(differing)}", err=True)
        sys.exit(1)
    typer.echo(f"every byte of {folder} is the same")


def _differing(one: Path, other: Path) -> list[str]:
    names = {path.relative_to(folder).as_posix() for folder in (one, other) for path in files_of(folder)}
    _, changed, missing = filecmp.cmpfiles(one, other, names, shallow=False)
    return sorted((*changed, *missing))


def _question(text: str) -> Question:
    try:
        return read_question(text)
    except UnclearQuestionError as error:
        raise UserMistakeError(str(error)) from error


def _moment(as_of: str | None) -> datetime:
    """Give the moment asked for, or now, to the second: what is not written cannot be repeated."""
    return parse_day("as-of", as_of) or datetime.now(UTC).replace(microsecond=0)


def _write_dossier(question: Question, target: Path, as_of: datetime) -> dict[str, int]:
    scope = Scope(as_of, question.filters)
    with Session(open_database(reads_only=True)) as session:
        papers = dossier_papers(session, question, scope)
    return _write(target, Order(scope, description=Description(title=question.text), papers=papers))


def _write(target: Path, order: Order) -> dict[str, int]:
    try:
        with Session(open_database(reads_only=True)) as session:
            return write_package(session, target, order)
    except (UnusableTargetError, TooManyRowsError) as error:
        raise UserMistakeError(str(error)) from error
