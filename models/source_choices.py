"""What the operator decides about sources, beside and above what their spider files say."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models.outlet import Source


@dataclass(frozen=True, slots=True)
class Choices:
    """What the operator sets for a source; None leaves it as it is, a name in ``forget`` gives the file its say back.

    ``interval`` and ``delay`` are seconds, ``expect`` articles a week.
    """

    interval: int | None = None
    delay: float | None = None
    expect: int | None = None
    forget: frozenset[str] = frozenset()


def choose(engine: Engine, name: str, choices: Choices, now: datetime) -> None:
    """Keep what the operator decided; a new interval counts from now on. Raises KeyError for an unknown source."""
    with Session(engine) as session, session.begin():
        source = _source(session, name)
        for field in ("interval", "delay", "expect"):
            value = getattr(choices, field)
            if value is not None or field in choices.forget:
                setattr(source, f"operator_{field}", value)
        if choices.interval is not None or "interval" in choices.forget:
            source.adapted_interval = None
            source.next_crawl_at = now


def enable(engine: Engine, name: str, now: datetime) -> None:
    """Let the schedule crawl a source (again), now. Raises KeyError for an unknown source."""
    with Session(engine) as session, session.begin():
        source = _source(session, name)
        if not source.enabled:
            source.enabled, source.state, source.reason, source.next_crawl_at = True, "healthy", None, now


def pause(engine: Engine, name: str, now: datetime) -> None:
    """Let the schedule leave a source alone until it is enabled. Raises KeyError for an unknown source."""
    with Session(engine) as session, session.begin():
        source = _source(session, name)
        source.enabled, source.state = False, "disabled"
        source.reason = f"paused on {now:%Y-%m-%d}"


def delay_of(engine: Engine, name: str) -> float | None:
    """Give the seconds between two requests that the operator set for a source, None where none were set."""
    with Session(engine) as session:
        return session.scalar(select(Source.operator_delay).where(Source.name == name))


def _source(session: Session, name: str) -> Source:
    source = session.scalar(select(Source).where(Source.name == name))
    if source is None:
        raise KeyError(name)
    return source
