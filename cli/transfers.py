"""Transfers as listings: as they are joined now or as of a day, against registers, and as a register of their own."""

import csv
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cli.formats import Format, cell, print_json, print_rows
from cli.mistakes import UserMistakeError
from cli.workplace import open_database, parse_day
from exports.cells import safe_cell, span
from models.listing_transfers import (
    TransferDetail,
    TransferFilters,
    TransferPage,
    TransferRow,
    list_transfers,
    state_code,
    transfer_detail,
)
from models.register import REGISTERS
from models.transfer import level_words
from pipelines.as_of import list_transfers_as_of, transfer_detail_as_of
from pipelines.register_draft import COLUMNS, draft_line, is_in_register
from pipelines.register_lines import UnreadableRegisterError
from pipelines.store_registers import RegisterFile, compare_with_stored_register, store_register
from pipelines.store_transfers import rebuild_transfers

EVERYTHING = 1_000_000


def show_transfers(given: dict[str, Any], as_of: str | None, limit: int, form: Format) -> None:
    """List transfers; ``given`` holds the filters as the user wrote them."""
    filters, moment = _filters(given), parse_day("as-of", as_of)
    with Session(open_database(reads_only=True)) as session:
        page = _page(session, filters, moment, limit)
    if form is not Format.TABLE:
        print_rows(page.rows, form)
        return
    print_rows([_line(row) for row in page.rows], form)
    if page.total > len(page.rows):
        typer.echo(f"{len(page.rows)} of {page.total}; --limit shows more")


def _page(session: Session, filters: TransferFilters, moment: datetime | None, limit: int) -> TransferPage:
    if moment is None:
        return list_transfers(session, filters, limit)
    return list_transfers_as_of(session, filters, moment, limit)


def _filters(given: dict[str, Any]) -> TransferFilters:
    values: dict[str, Any] = dict(given)
    for name in ("supplier", "recipient"):
        values[name] = state_code(given.get(name))
    for name in ("since", "until"):
        values[name] = parse_day(name, given.get(name))
    return TransferFilters(**values)


def _line(row: TransferRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "supplier": row.supplier or "unknown",
        "recipient": row.recipient or "unknown",
        "item": row.weapon or ", ".join(row.items) or row.category,
        "status": ", ".join((row.status, *(each for each in row.beside if each != row.status))),
        "years": span(row.year_min, row.year_max),
        "number": span(row.quantity_min, row.quantity_max),
        "value": f"{span(row.value_min, row.value_max)} {row.currency or ''}".strip(),
        "origins": row.independent_origins,
        "level": level_words(row.level),
        "contradictions": ", ".join(each["field"] for each in row.contradictions),
    }


def show_transfer(number: int, as_of: str | None, form: Format) -> None:
    """Show one transfer whole: its ladder, numbers, origins, contradictions, and every claim with its words."""
    moment = parse_day("as-of", as_of)
    with Session(open_database(reads_only=True)) as session:
        detail = transfer_detail(session, number) if moment is None else transfer_detail_as_of(session, number, moment)
    if detail is None:
        raise UserMistakeError(f"there is no transfer {number}" + (f" as of {as_of}" if as_of else ""))
    if form is Format.TABLE:
        _print_transfer(detail)
    elif form is Format.JSON:
        print_json(detail)
    else:
        print_rows([detail], form)


def _print_transfer(detail: TransferDetail) -> None:
    row = detail.transfer
    typer.echo(f"{cell(row.key)}\n")
    for name, value in _line(row).items():
        if value not in {None, ""}:
            typer.echo(f"{name:>14}  {cell(value)}")
    typer.echo()
    rungs = [
        {**rung, "published": (rung["published_at"] or "")[:16], "seen": (rung["first_seen_at"] or "")[:16]}
        for rung in row.rungs
    ]
    print_rows(
        rungs,
        Format.TABLE,
        ("status", "level", "origins", "claims", "plans", "denials", "happened", "published", "seen"),
        "Ladder",
    )
    for title, figures in (("Numbers", row.quantities), ("Values", row.amounts)):
        shown = [{**each, "said": span(each["low"], each["high"])} for each in figures]
        if shown:
            columns = ("status", "said", "kind", "currency", "level", "origins", "outlets", "claims")
            print_rows(
                shown, Format.TABLE, columns if title == "Values" else (*columns[:2], *columns[4:]), f"\n{title}"
            )
    _print_levels(row)
    print_rows(row.origins, Format.TABLE, ("outlets", "shared", "claims"), "\nIndependent origins")
    _print_comparisons("Contradictions", row.contradictions)
    _print_comparisons("Agreements", row.agreements)
    columns = (
        "id",
        "outlet",
        "published_at",
        "status",
        "modality",
        "quantity",
        "value_min",
        "currency",
        "year",
        "quote",
    )
    print_rows(detail.claims, Format.TABLE, columns, "\nClaims")


def _print_levels(row: TransferRow) -> None:
    """Say of each stage and figure how strong it is and why: whole sentences, which no table has room for."""
    typer.echo("\nHow strong")
    for part in (*row.rungs, *row.quantities, *row.amounts):
        said = "" if "low" not in part else f" {span(part['low'], part['high'])} {part['currency'] or ''}".rstrip()
        why = cell(part["explanation"] or "not joined since there are levels")
        typer.echo(f"  {part['status']}{said}: {level_words(part['level'])}: {why}")


def _print_comparisons(title: str, comparisons: Iterable[dict[str, Any]]) -> None:
    rows = [
        {
            **side,
            "field": each["field"],
            "note": each["note"],
            "said": span(side["low"], side["high"]) or side["status"],
        }
        for each in comparisons
        for side in each["sides"]
    ]
    if rows:
        print_rows(rows, Format.TABLE, ("field", "note", "said", "level", "origins", "outlets", "claims"), f"\n{title}")


def import_register(path: Path, kind: str, supplier: str | None) -> None:
    """Import a register file and say how many rows it has."""
    _check_kind(kind)
    file = RegisterFile(path.name, path.read_bytes(), kind, state_code(supplier))
    try:
        count, is_new = store_register(open_database(), file, datetime.now(UTC))
    except UnreadableRegisterError as error:
        raise UserMistakeError(f"{path}: {error}") from error
    typer.echo(f"{count} rows of {path.name}" + ("" if is_new else ", imported before"))


def show_against(kind: str, form: Format) -> None:
    """Hold the transfers against the register of a kind that was imported last."""
    _check_kind(kind)
    with Session(open_database(reads_only=True)) as session:
        found = compare_with_stored_register(session, kind)
    if found is None:
        raise UserMistakeError(f"no {kind} register was imported: armswatch import-register FILE --kind {kind}")
    print_rows(found, form)


def _check_kind(kind: str) -> None:
    if kind not in REGISTERS:
        raise UserMistakeError(f"{kind!r} is no register we know: {', '.join(REGISTERS)}")


def export_register_draft(path: Path) -> None:
    """Write a register in SIPRI's form: brackets for uncertain, "unknown" where unknown, the outlets by each cell."""
    engine = open_database(reads_only=True)
    lines = [[safe_cell(text) for text in line] for line in _draft_lines(engine)]
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *lines])
    except OSError as error:
        raise UserMistakeError(f"cannot write {path}: {error.strerror}") from error
    typer.echo(f"{len(lines)} transfers in {path}")


def _draft_lines(engine: Engine) -> list[list[str]]:
    with Session(engine) as session:
        rows = list_transfers(session, TransferFilters(), EVERYTHING).rows
        details = [transfer_detail(session, row.id) for row in rows if row.id is not None and is_in_register(row)]
    return [draft_line(each) for each in details if each is not None]


def rebuild_all_transfers() -> None:
    """Join all claims anew and say how many transfers there are."""
    typer.echo(f"{rebuild_transfers(open_database())} transfers")
