"""Saved questions and what was sent when their answers changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId, Identity


class Alert(Base):
    """A saved question; ``query`` holds its words and filters."""

    __tablename__ = "alert"
    __table_args__ = (CheckConstraint("channel IN ('mail', 'webhook', 'feed')", name="channel"),)

    id: Mapped[Identity]
    name: Mapped[str] = mapped_column(unique=True)
    query: Mapped[dict[str, Any]]
    channel: Mapped[str]
    last_run_at: Mapped[datetime | None]


class Delivery(Base):
    """One item sent for one alert, never twice."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("alert_id", "item"),)

    id: Mapped[Identity]
    alert_id: Mapped[int] = mapped_column(BigId, ForeignKey("alert.id"))
    item: Mapped[str]
    sent_at: Mapped[datetime]
    outcome: Mapped[str]
