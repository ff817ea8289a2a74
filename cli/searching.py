"""Searches, as listings and as counts."""

import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import typer
from sqlalchemy.orm import Session

from cli.formats import Format, cell, print_rows
from cli.mistakes import UserMistakeError
from cli.workplace import INDEX_FOLDER, open_database, read_filters
from models.article_search import SearchQuestion, search_articles
from models.facets import find_facets
from models.search_index import QuerySyntaxError, SearchIndex


def read_question(given: Mapping[str, Any]) -> SearchQuestion:
    """Make a question of the command's arguments by their names."""
    return SearchQuestion(given["query"], read_filters(given), given["order"])


@contextmanager
def _searching() -> Iterator[tuple[Session, SearchIndex]]:
    """Give the database and the index, brought up to it."""
    engine, index = open_database(reads_only=True), SearchIndex(INDEX_FOLDER)
    index.update(engine)
    try:
        with Session(engine) as session:
            yield session, index
    except QuerySyntaxError as error:
        raise UserMistakeError(str(error)) from error


def show_found(question: SearchQuestion, limit: int, form: Format) -> None:
    """List the articles that match, the best first."""
    with _searching() as (session, index):
        found = search_articles(session, index, question, limit=limit)
    rows = [
        {
            "id": each.article.id,
            "published": each.article.published_at,
            "outlet": each.article.outlet,
            "language": each.article.language,
            "headline": each.article.headline,
            "url": each.article.url,
            "score": round(each.score, 3),
            "snippet": "".join(part.text for part in each.snippet),
        }
        for each in found.rows
    ]
    print_rows(rows, form, ("id", "published", "outlet", "headline"))
    if form is Format.TABLE and found.total > len(rows):
        typer.echo(f"{len(rows)} of {found.total}; --limit shows more")
    for each in found.suggestions:
        option = "" if each.name == "words" else f"--{each.name.replace('_', '-')} "
        number = f"{each.count} article{'' if each.count == 1 else 's'}"
        typer.echo(f"did you mean {option}{shlex.quote(each.value)} ({cell(each.label)}, {number})?", err=True)


def show_facets(question: SearchQuestion, form: Format) -> None:
    """Count the articles that match by the values of each filter."""
    with _searching() as (session, index):
        facets = find_facets(session, index, question)
    rows = [{"facet": name, **asdict(each)} for name in facets.__dataclass_fields__ for each in getattr(facets, name)]
    print_rows(rows, form)
