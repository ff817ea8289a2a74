"""Lists of alerts and of what was found for them; secrets in addresses are left out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.alert import Alert, Delivery


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert; ``target`` shows where it sends without what would let others send there."""

    id: int
    name: str
    query: dict[str, Any]
    asks: str
    channel: str
    target: str | None
    every: int
    enabled: bool
    waiting: int
    sent: int
    failed: int
    created_at: datetime
    last_run_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One item found for an alert."""

    item: str
    subject: str
    facts: dict[str, Any]
    found_at: datetime
    state: str
    attempts: int
    sent_at: datetime | None
    outcome: str | None


def list_alerts(session: Session) -> tuple[AlertRow, ...]:
    """List the alerts by name."""
    counted = select(Delivery.alert_id, Delivery.state, func.count()).group_by(Delivery.alert_id, Delivery.state)
    counts = {(number, state): count for number, state, count in session.execute(counted)}
    return tuple(_row(alert, counts) for alert in session.scalars(select(Alert).order_by(Alert.name)))


def _row(alert: Alert, counts: dict[tuple[int, str], int]) -> AlertRow:
    waiting, sent, failed = (counts.get((alert.id, state), 0) for state in ("waiting", "sent", "failed"))
    return AlertRow(
        id=alert.id,
        name=alert.name,
        query=alert.query,
        asks=in_words(alert.query),
        channel=alert.channel,
        target=shown_target(alert.channel, alert.target),
        every=alert.every,
        enabled=alert.enabled,
        waiting=waiting,
        sent=sent,
        failed=failed,
        created_at=alert.created_at,
        last_run_at=alert.last_run_at,
    )


def shown_target(channel: str, target: str | None) -> str | None:
    """Give a mail address as it is, of a webhook the service alone: its path and user are keys."""
    return f"{urlsplit(target).scheme}://..." if channel == "webhook" and target is not None else target


def list_deliveries(session: Session, alert_id: int, limit: int = 200) -> tuple[DeliveryRow, ...]:
    """List what was found for an alert after it was saved, the newest first."""
    query = select(Delivery).where(Delivery.alert_id == alert_id, Delivery.state != "known")
    rows = session.scalars(query.order_by(Delivery.id.desc()).limit(limit))
    names = DeliveryRow.__dataclass_fields__
    return tuple(DeliveryRow(**{name: getattr(row, name) for name in names}) for row in rows)


def in_words(query: dict[str, Any]) -> str:
    """Say in a line what a saved question asks."""
    parts = [query["kind"], *([f"“{query['words']}”"] if query.get("words") else [])]
    parts += [f"{name} {value}" for name, value in query["filters"].items()]
    if query.get("stage"):
        parts.append(f"reaching {query['stage']}")
    if query.get("origins", 1) > 1:
        parts.append(f"by {query['origins']} independent origins")
    return ", ".join(parts)
