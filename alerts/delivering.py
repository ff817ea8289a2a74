"""One round of all alerts: what is new is recorded first, then sent; what was not taken is tried again later."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from alerts.channels import NotDeliveredError, Post, send
from alerts.ledger import earlier_facts, find_new, note_failed, note_sent, waiting
from alerts.messages import Message, News, write_message
from models.alert import Alert, Delivery
from models.listing_alerts import shown_target
from models.search_index import SearchIndex

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Office:
    """What a round works with; ``address`` is where our own pages are read."""

    engine: Engine
    index: SearchIndex
    post: Post = field(default_factory=Post)
    address: str = "http://127.0.0.1:8378"


@dataclass(slots=True)
class Round:
    """What a round did."""

    found: int = 0
    sent: int = 0
    failed: int = 0


def run_alerts(office: Office, now: datetime) -> Round:
    """Look for what is new and send what is due; an alert that fails costs itself."""
    office.index.update(office.engine)
    done = Round()
    with Session(office.engine) as session:
        ids = session.scalars(select(Alert.id).where(Alert.enabled).order_by(Alert.id)).all()
    for number in ids:
        with Session(office.engine) as session, session.begin():
            alert = session.get(Alert, number)
            done.found += find_new(session, office.index, alert, now) if alert else 0
        _send_due(office, number, now, done)
    return done


def _send_due(office: Office, number: int, now: datetime, done: Round) -> None:
    """Send what waits, each item at once or all in a digest; no transaction is open while the network is used."""
    with Session(office.engine) as session:
        alert = session.get(Alert, number)
        if alert is None or alert.target is None or alert.next_send_at > now:
            return
        rows = waiting(session, alert)
        parts = [rows] if alert.every and rows else [[row] for row in rows]
        letters = [(_letter(office, session, alert, part), [row.id for row in part]) for part in parts]
        channel, target = alert.channel, alert.target
    for message, ids in letters:
        reason = None
        try:
            send(channel, target, message, office.post, now)
        except NotDeliveredError as error:
            reason = str(error)
            logger.warning("alert %s to %s: %s", number, shown_target(channel, target), reason)
        _note(office, number, ids, reason, now)
        done.sent += len(ids) if reason is None else 0
        done.failed += len(ids) if reason is not None else 0
        if reason is not None:
            return  # the same server would refuse the rest too


def _letter(office: Office, session: Session, alert: Alert, rows: Sequence[Delivery]) -> Message:
    news = []
    for row in rows:
        before = earlier_facts(session, row)
        news.append(News(row.item, row.facts, before.facts if before else None))
    return write_message(alert.name, news, alert.template, office.address)


def _note(office: Office, number: int, ids: Sequence[int], reason: str | None, now: datetime) -> None:
    with Session(office.engine) as session, session.begin():
        alert = session.get(Alert, number)
        if alert is None:
            return
        rows = session.scalars(select(Delivery).where(Delivery.id.in_(ids))).all()
        if reason is None:
            note_sent(alert, rows, now)
        else:
            note_failed(alert, rows, reason, now)
