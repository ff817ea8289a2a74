"""Looking after the database: migrations, proof of the promises, the index."""

import sys

import typer
from sqlalchemy.orm import Session

from cli.workplace import INDEX_FOLDER, open_database
from crawler import settings
from models.connection import connect, upgrade
from models.crawl import Capture
from models.promises import broken_promises
from models.search_index import SearchIndex
from pipelines.archive import DamagedRecordError, read_capture
from pipelines.items import CaptureDraft

SHOWN = 5


def upgrade_database() -> None:
    """Migrate, and say from where to where."""
    before, after = upgrade(connect(settings.DATABASE_URL))
    typer.echo(
        f"{settings.DATABASE_URL} is at revision {after}" + ("" if before == after else f", was {before or 'empty'}")
    )


def check_database() -> None:
    """Show each promise and whether it holds; exit 1 when one is broken."""
    engine = open_database(reads_only=True)
    is_whole = True
    for promise, broken in [
        *broken_promises(engine),
        ("Every capture reads back as it was fetched", _damaged_captures()),
    ]:
        is_whole = is_whole and not broken
        verdict = "holds" if not broken else f"BROKEN by {len(broken)}: {', '.join(broken[:SHOWN])}"
        typer.echo(f"{promise}: {verdict}")
    if not is_whole:
        sys.exit(1)


def _damaged_captures() -> list[str]:
    damaged = []
    with Session(open_database(reads_only=True)) as session:
        for capture in session.query(Capture).where(Capture.warc_file.is_not(None)).yield_per(500):
            place = (capture.warc_file, capture.warc_offset, capture.warc_length, capture.sha256, capture.bytes)
            try:
                read_capture(settings.DATA_DIR / "captures", CaptureDraft(*place))
            except DamagedRecordError as error:
                damaged.append(str(error))
    return damaged


def rebuild_index() -> None:
    """Make the index anew from the database."""
    count = SearchIndex(INDEX_FOLDER).rebuild(open_database(reads_only=True))
    typer.echo(f"{count} articles indexed in {INDEX_FOLDER}")
