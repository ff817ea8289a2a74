"""A round of checks over sources: in parallel, written to the history."""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from crawler.scouting.check import Check
from crawler.scouting.scout import Unfinished, run_errands
from models.outlet import Source
from models.source_checks import CheckDraft, known_articles, store_checks
from models.source_health import usual_per_week

ROUND_LEAST, ROUND_EACH = 620.0, 10.0  # seconds a round may take, and as many more for each source


def check_sources(
    engine: Engine,
    names: Sequence[str],
    on_done: Callable[[str], None] = lambda _: None,
    stopping: threading.Event | None = None,
) -> list[CheckDraft]:
    """Check the named sources and keep what was found; ``on_done`` hears of each that is done."""
    now = datetime.now(UTC)
    known, usual = known_articles(engine, names), _usual(engine, names, now)
    errands = [Check(name, known.get(name), usual.get(name)) for name in names]
    deadline = ROUND_LEAST + ROUND_EACH * len(errands)
    results = run_errands(errands, deadline, lambda number: on_done(names[number]), stopping)
    drafts = [_draft(name, result) for name, result in zip(names, results, strict=True)]
    if stopping is None or not stopping.is_set():
        store_checks(engine, drafts, datetime.now(UTC))
    return drafts


def _draft(name: str, result: CheckDraft | Unfinished) -> CheckDraft:
    return CheckDraft(name, "unreachable", result.reason) if isinstance(result, Unfinished) else result


def _usual(engine: Engine, names: Sequence[str], now: datetime) -> dict[str, float | None]:
    with Session(engine) as session:
        sources = session.scalars(select(Source).where(Source.name.in_(names)))
        return {source.name: usual_per_week(session, source, now) for source in sources}
