"""Saved questions and what was sent when their answers changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, Identity

CHANNELS = ("mail", "webhook", "feed")
DELIVERY_STATES = ("known", "waiting", "sent", "failed")


class Alert(Base):
    """A saved question, and where its answers go. ``query`` is what alerts.questions writes."""

    __tablename__ = "alert"
    __table_args__ = (CheckConstraint(f"channel IN {CHANNELS}", name="channel"),)

    id: Mapped[Identity]
    name: Mapped[str] = mapped_column(unique=True)
    query: Mapped[dict[str, Any]]
    channel: Mapped[str]
    target: Mapped[str | None]
    template: Mapped[str | None]
    every: Mapped[int]
    enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    seen_change: Mapped[int] = mapped_column(BigId, default=0)
    last_run_at: Mapped[datetime | None]
    next_send_at: Mapped[datetime]


class Delivery(Base):
    """One item found for one alert, never twice, and what became of sending it."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("alert_id", "item"),
        CheckConstraint(f"state IN {DELIVERY_STATES}", name="state"),
    )

    id: Mapped[Identity]
    alert_id: Mapped[int] = mapped_column(BigId, ForeignKey("alert.id"), index=True)
    item: Mapped[str]
    subject: Mapped[str]
    facts: Mapped[dict[str, Any]]
    found_at: Mapped[datetime]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    outcome: Mapped[str | None]

    alert: Mapped[Alert] = relationship()
