"""Questions to the database and the index, as listings."""

import sys
from datetime import UTC, datetime
from typing import Any

import typer
from sqlalchemy.orm import Session

from cli.formats import Format, cell, print_json, print_rows
from cli.mistakes import UserMistakeError
from cli.workplace import open_database, read_filters
from models.listing_series import TableRow
from models.listings import ArticleDetail, article_detail, list_claims, list_series, list_sources


def show_status(form: Format) -> None:
    """List the sources with how they do; exit 1 when one is overdue."""
    with Session(open_database(reads_only=True)) as session:
        rows = list_sources(session, datetime.now(UTC))
    columns = (
        "name",
        "state",
        "last_outcome",
        "last_run_at",
        "next_crawl_at",
        "articles",
        "pages",
        "check",
        "checked_at",
        "reason",
    )
    print_rows(rows, form, columns)
    overdue = [row.name for row in rows if row.is_overdue]
    if overdue:
        typer.echo(f"overdue: {', '.join(overdue)}", err=True)
        sys.exit(1)


def show_claims(given: dict[str, Any], limit: int, form: Format) -> None:
    """List claims; ``given`` holds the filters as the user wrote them."""
    filters = read_filters(given)
    with Session(open_database(reads_only=True)) as session:
        page = list_claims(session, filters, limit=limit)
    columns = (
        "article_id",
        "supplier",
        "recipient",
        "weapon_raw",
        "quantity",
        "value_min",
        "value_max",
        "currency",
        "year",
        "status",
        "quote",
    )
    print_rows(page.rows, form, columns)
    if form is Format.TABLE and page.total > len(page.rows):
        typer.echo(f"{len(page.rows)} of {page.total}; --limit shows more")


def show_series(given: dict[str, Any], limit: int, form: Format) -> None:
    """List series; the table for people shows values by period."""
    filters = read_filters(given)
    with Session(open_database(reads_only=True)) as session:
        page = list_series(session, filters, limit=limit)
    if form is not Format.TABLE:
        print_rows(page.rows, form)
        return
    rows = [
        {
            "article_id": row.article_id,
            "supplier": row.supplier,
            "recipient": row.recipient,
            "label": row.label,
            "unit": row.unit,
            "values": ", ".join(
                f"{each.period}: {'missing' if each.missing else cell(each.value)}" for each in row.observations
            ),
        }
        for row in page.rows
    ]
    print_rows(rows, form)


def show_article(article: str, form: Format) -> None:
    """Show one article whole."""
    with Session(open_database(reads_only=True)) as session:
        detail = article_detail(session, int(article) if article.isdigit() else article)
    if detail is None:
        raise UserMistakeError(f"no article is called {article!r}")
    if form is Format.TABLE:
        _print_article(detail)
    elif form is Format.JSON:
        print_json(detail)
    else:
        print_rows([detail], form)


def _print_article(detail: ArticleDetail) -> None:
    typer.echo(f"{cell(detail.article.headline)}\n{detail.article.url}\n")
    for field in detail.fields:
        if field.value not in (None, (), ""):
            notes = [cell(note) for note in (field.origin, field.precision, field.flag) if note]
            typer.echo(f"{field.name:>14}  {cell(field.value)}" + (f"  ({', '.join(notes)})" if notes else ""))
    typer.echo()
    for paragraph in detail.paragraphs:
        typer.echo(f"{paragraph.number:>4}  {cell(paragraph.text)}")
    for table in detail.tables:
        _print_table(table)
    if detail.claims:
        print_rows(
            detail.claims,
            Format.TABLE,
            ("supplier", "recipient", "year", "value_min", "status", "rule", "quote"),
            "Claims",
        )
    if detail.table_checks:
        print_rows(detail.table_checks, Format.TABLE, ("agrees", "note", "cell", "quote"), "Text against tables")
    print_rows(
        detail.structured_data, Format.TABLE, ("position", "type", "found_in", "repairs", "error"), "Structured data"
    )
    print_rows(detail.revisions, Format.TABLE, ("id", "seen_at", "headline", "is_current"), "Revisions")
    print_rows(detail.captures, Format.TABLE, ("fetched_at", "status", "warc_file", "warc_offset", "error"), "Captures")


def _print_table(table: TableRow) -> None:
    names = [name or f"column {number}" for number, name in enumerate(table.columns)]
    rows: list[dict[str, Any]] = [dict(zip(names, row, strict=False)) for row in table.rows]
    print_rows(rows, Format.TABLE, names, f"\nTable {table.position}: {table.caption or ''}")
    for series in table.series:
        gaps = [str(each.period) for each in series.observations if each.missing]
        missing = f", missing {', '.join(gaps)}" if gaps else ""
        typer.echo(f"      series: {series.supplier} to {series.recipient}, {series.unit} x {series.scale:g}{missing}")
