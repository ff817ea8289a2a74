"""Writes the rows of alerts and deliveries: what was found, what was sent, what is tried again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from alerts.finding import Item, find_items
from alerts.questions import Question, as_json, from_json
from models.alert import Alert, Delivery
from models.search_index import SearchIndex

LOOK_BACK = 200  # changes looked at once more: PostgreSQL hands out their numbers before they are committed
GIVE_UP_AFTER = 8  # attempts; with the waits below that is about a day and a half
FIRST_WAIT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """A new alert as it is wanted: ``every`` is the seconds between two messages, 0 for each item at once."""

    name: str
    question: Question
    channel: str
    target: str | None = None
    template: str | None = None
    every: int = 0


def add_alert(session: Session, index: SearchIndex, wish: Wish, now: datetime) -> Alert:
    """Write an alert that tells of what comes from now on: what is there already is known."""
    alert = Alert(
        name=wish.name,
        query=as_json(wish.question),
        channel=wish.channel,
        target=wish.target,
        template=wish.template,
        every=wish.every,
        created_at=now,
        seen_change=index.last_change(),
        next_send_at=now + timedelta(seconds=wish.every),
    )
    session.add(alert)
    session.flush()
    _record(session, alert, find_items(session, index, wish.question, alert.seen_change - LOOK_BACK), now, "known")
    return alert


def remove_alert(session: Session, alert: Alert) -> None:
    """Remove an alert with all that was recorded of it."""
    session.execute(delete(Delivery).where(Delivery.alert_id == alert.id))
    session.delete(alert)


def find_new(session: Session, index: SearchIndex, alert: Alert, now: datetime) -> int:
    """Record what is new for an alert as waiting, and give how many items that are; a feed has them at once."""
    last = index.last_change()  # before the search: what comes meanwhile is looked at again
    found = find_items(session, index, from_json(alert.query), alert.seen_change - LOOK_BACK)
    state = "sent" if alert.channel == "feed" else "waiting"
    count = _record(session, alert, found, now, state)
    alert.seen_change, alert.last_run_at = last, now
    return count


def _record(session: Session, alert: Alert, items: Iterable[Item], now: datetime, state: str) -> int:
    known = set(session.scalars(select(Delivery.item).where(Delivery.alert_id == alert.id)))
    new = {item.name: item for item in items if item.name not in known}
    for item in new.values():
        row = Delivery(alert_id=alert.id, item=item.name, subject=item.thing, facts=item.facts)
        row.found_at, row.state, row.sent_at = now, state, now if state == "sent" else None
        session.add(row)
    session.flush()
    return len(new)


def waiting(session: Session, alert: Alert) -> Sequence[Delivery]:
    """Give what is to be sent for an alert, the oldest first."""
    query = select(Delivery).where(Delivery.alert_id == alert.id, Delivery.state == "waiting")
    return session.scalars(query.order_by(Delivery.id)).all()


def earlier_facts(session: Session, delivery: Delivery) -> Delivery | None:
    """Give what was told, or known, of the same article or transfer before."""
    query = select(Delivery).where(Delivery.alert_id == delivery.alert_id, Delivery.subject == delivery.subject)
    return session.scalars(query.where(Delivery.id < delivery.id).order_by(Delivery.id.desc()).limit(1)).first()


def note_sent(alert: Alert, deliveries: Sequence[Delivery], now: datetime) -> None:
    """Note that a message with these items was taken."""
    for each in deliveries:
        each.state, each.sent_at, each.outcome, each.attempts = "sent", now, None, each.attempts + 1
    alert.next_send_at = now + timedelta(seconds=alert.every)


def note_failed(alert: Alert, deliveries: Sequence[Delivery], reason: str, now: datetime) -> None:
    """Note that a message was not taken: it is tried again later, four times as long each time, then given up."""
    for each in deliveries:
        each.attempts += 1
        each.outcome = reason
        if each.attempts >= GIVE_UP_AFTER:
            each.state = "failed"
    most = max((each.attempts for each in deliveries), default=1)
    alert.next_send_at = now + FIRST_WAIT * 4 ** min(most - 1, 6)
