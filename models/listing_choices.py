"""What filters can be set to."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.claim import STATUSES
from models.outlet import Outlet, Source


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of each filter, in order."""

    outlets: tuple[str, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    statuses: tuple[str, ...]
    accesses: tuple[str, ...] = ("full", "teaser", "login", "consent wall", "soft 404", "unknown")


def filter_choices(session: Session) -> Choices:
    """Give what filters can be set to, as outlets and sources say: small tables, however many articles there are."""
    outlets = session.scalars(select(Outlet).order_by(Outlet.name)).all()
    return Choices(
        outlets=tuple(outlet.name for outlet in outlets),
        countries=tuple(sorted({outlet.country for outlet in outlets if outlet.country})),
        languages=tuple(sorted({language for outlet in outlets for language in outlet.languages})),
        sources=tuple(session.scalars(select(Source.name).order_by(Source.name))),
        statuses=STATUSES,
    )
