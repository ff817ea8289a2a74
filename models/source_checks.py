"""The history of checks: what each found, and when the next round is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models.crawl import CrawlRun, Page
from models.outlet import GOOD_VERDICTS, Source, SourceCheck


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """What a check of one source found; ``newest_at`` is the latest date its ways in give."""

    name: str
    verdict: str
    reason: str | None = None
    proposal: str | None = None
    moved_to: str | None = None
    items: int = 0
    newest_at: datetime | None = None
    seconds: float = 0.0

    @property
    def is_red(self) -> bool:
        """Tell whether somebody should mend something."""
        return self.verdict not in GOOD_VERDICTS


def store_checks(engine: Engine, drafts: Iterable[CheckDraft], now: datetime) -> None:
    """Add a round of checks to the history; a source that no row knows is left out."""
    with Session(engine) as session, session.begin():
        ids = dict(session.execute(select(Source.name, Source.id)).all())
        session.add_all(
            SourceCheck(
                source_id=ids[draft.name],
                checked_at=now,
                verdict=draft.verdict,
                reason=draft.reason,
                proposal=draft.proposal,
                moved_to=draft.moved_to,
                items=draft.items,
                newest_at=draft.newest_at,
                seconds=draft.seconds,
            )
            for draft in drafts
            if draft.name in ids
        )


def last_checks(session: Session, source_ids: Sequence[int]) -> dict[int, SourceCheck]:
    """Give the latest check of each of the sources, by the source's id."""
    newest = (
        select(func.max(SourceCheck.id)).where(SourceCheck.source_id.in_(source_ids)).group_by(SourceCheck.source_id)
    )
    rows = session.scalars(select(SourceCheck).where(SourceCheck.id.in_(newest.scalar_subquery())))
    return {row.source_id: row for row in rows}


def is_check_due(engine: Engine, every: timedelta, now: datetime) -> bool:
    """Tell whether a round of checks is due: so long after the last one, or after the very first crawl."""
    with Session(engine) as session:
        last = session.scalar(select(func.max(SourceCheck.checked_at)))
        last = last or session.scalar(select(func.min(CrawlRun.started_at)))
    return last is not None and last <= now - every


def known_articles(engine: Engine, names: Sequence[str]) -> dict[str, str]:
    """Give for each source an article that was read well: the one found last."""
    newest = (
        select(func.max(Page.id))
        .join(Source)
        .where(Source.name.in_(names), Page.state == "done", Page.article_id.is_not(None))
        .group_by(Page.source_id)
    )
    query = select(Source.name, Page.url).join(Page, Page.source_id == Source.id).where(Page.id.in_(newest))
    with Session(engine) as session:
        return dict(session.execute(query).all())
