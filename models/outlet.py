"""Outlets and the sources that lead to them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, Identity

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
    """A spider and its state: the scheduler's only memory. ``interval`` is in seconds."""

    __tablename__ = "source"
    __table_args__ = (CheckConstraint(f"state IN {SOURCE_STATES}", name="state"),)

    id: Mapped[Identity]
    name: Mapped[str] = mapped_column(unique=True)
    outlet_id: Mapped[int] = mapped_column(BigId, ForeignKey("outlet.id"))
    enabled: Mapped[bool] = mapped_column(default=True)
    interval: Mapped[int]
    expect: Mapped[int | None]
    next_crawl_at: Mapped[datetime | None] = mapped_column(index=True)
    last_success_at: Mapped[datetime | None]
    failures: Mapped[float] = mapped_column(default=0.0)
    state: Mapped[str] = mapped_column(default="healthy")
    reason: Mapped[str | None]

    outlet: Mapped[Outlet] = relationship(lazy="joined")
