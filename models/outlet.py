"""Outlets and the sources that lead to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, Identity

# What a check of a way in may find; the names up to "wall" ask for no mending.
CHECK_VERDICTS = (
    "alive", "moved", "undated", "wall",
    "blocked", "robots", "changed", "replaced", "empty", "stale", "gone", "certificate", "DNS", "unreachable",
)  # fmt: skip
GOOD_VERDICTS = CHECK_VERDICTS[:4]
SOURCE_STATES = ("healthy", "late", "failing", "blocked", "silent", "disabled")


class Outlet(Base):
    """A publisher; ``owner`` is the publisher family that corroboration counts."""

    __tablename__ = "outlet"

    id: Mapped[Identity]
    name: Mapped[str] = mapped_column(unique=True)
    homepage: Mapped[str | None]
    country: Mapped[str | None]
    languages: Mapped[list[str]]
    kind: Mapped[str | None]
    owner: Mapped[str | None]


class Source(Base):
    """A spider and its state: the scheduler's only memory. Intervals and delays are in seconds.

    ``interval`` and ``expect`` are what the spider file says; the ``operator_`` columns win over them.
    """

    __tablename__ = "source"
    __table_args__ = (CheckConstraint(f"state IN {SOURCE_STATES}", name="state"),)

    id: Mapped[Identity]
    name: Mapped[str] = mapped_column(unique=True)
    outlet_id: Mapped[int] = mapped_column(BigId, ForeignKey("outlet.id"))
    enabled: Mapped[bool] = mapped_column(default=True)
    interval: Mapped[int]
    expect: Mapped[int | None]
    operator_interval: Mapped[int | None]
    operator_expect: Mapped[int | None]
    operator_delay: Mapped[float | None]
    adapted_interval: Mapped[int | None]
    validators: Mapped[dict[str, Any] | None]
    next_crawl_at: Mapped[datetime | None] = mapped_column(index=True)
    last_success_at: Mapped[datetime | None]
    failures: Mapped[float] = mapped_column(default=0.0)
    state: Mapped[str] = mapped_column(default="healthy")
    reason: Mapped[str | None]

    outlet: Mapped[Outlet] = relationship(lazy="joined")

    @property
    def asked_interval(self) -> int:
        """The seconds between two crawls as asked for: by the operator, else by the spider file."""
        return self.operator_interval or self.interval

    @property
    def current_interval(self) -> int:
        """The seconds between two crawls as they are now: adapted to what the outlet publishes."""
        return self.adapted_interval or self.asked_interval

    @property
    def expected(self) -> int | None:
        """Articles a week as expected: by the operator, else by the spider file."""
        return self.operator_expect if self.operator_expect is not None else self.expect


class SourceCheck(Base):
    """What one check of a source's ways in found."""

    __tablename__ = "source_check"
    __table_args__ = (
        CheckConstraint(f"verdict IN {CHECK_VERDICTS}", name="verdict"),
        Index("ix_source_check_source_id_checked_at", "source_id", "checked_at"),
    )

    id: Mapped[Identity]
    source_id: Mapped[int] = mapped_column(BigId, ForeignKey("source.id"))
    checked_at: Mapped[datetime]
    verdict: Mapped[str]
    reason: Mapped[str | None]
    proposal: Mapped[str | None]
    moved_to: Mapped[str | None]
    items: Mapped[int]
    newest_at: Mapped[datetime | None]
    seconds: Mapped[float]

    source: Mapped[Source] = relationship()
