"""Checking sources: whether each way in still leads anywhere, with what to do where it does not."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from cli.crawling import progress_bar
from cli.formats import Format, print_rows
from cli.sources import known_names
from cli.workplace import open_database
from crawler.process import all_source_facts
from crawler.scouting.check import checkable
from crawler.scouting.rounds import check_sources
from models import ledger

COLUMNS = ("name", "verdict", "reason", "proposal", "items", "newest_at", "seconds")


def check_now(names: Sequence[str] | None, form: Format) -> None:
    """Check the named sources or all, show what was found, the red ones first; exit 1 when any is red."""
    wanted = checkable(known_names(names) if names else None)
    engine = open_database()
    ledger.register_sources(engine, all_source_facts(wanted), datetime.now(UTC), are_due=False)
    with progress_bar() as progress:
        task = progress.add_task("checking", total=len(wanted), what="")
        drafts = check_sources(engine, wanted, lambda name: progress.update(task, advance=1, what=name))
    rows = sorted(drafts, key=lambda draft: (not draft.is_red, draft.verdict == "alive", draft.name))
    print_rows(rows, form, COLUMNS)
    if any(draft.is_red for draft in drafts):
        sys.exit(1)
