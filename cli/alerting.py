"""Alerts from the command line: saving questions, sending, and what was sent."""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import typer
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from alerts.channels import is_webhook
from alerts.delivering import run_alerts
from alerts.ledger import Wish, add_alert, remove_alert
from alerts.messages import WrongTemplateError, check_template
from alerts.questions import ArticleQuestion, Question, TransferQuestion, read_origins, read_stage
from cli.formats import Format, print_rows
from cli.mistakes import UserMistakeError
from cli.office import open_office
from cli.workplace import open_database
from exports.question import UnclearQuestionError, read_question
from models.alert import Alert
from models.filters import ArticleFilters
from models.listing_alerts import in_words, list_alerts, list_deliveries
from models.listing_transfers import TransferFilters
from models.search_words import QuerySyntaxError, parse_words

PERIODS = {"at once": 0, "hourly": 3600, "daily": 86_400, "weekly": 604_800}
_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")


@dataclass(frozen=True, slots=True)
class Way:
    """Where an alert sends, as the user wrote it; nowhere makes it a feed."""

    mail: str | None
    webhook: str | None
    every: str
    template: str | None


def add_search(name: str, query: str, given: Mapping[str, str | None], way: Way) -> None:
    """Save a search."""
    try:
        parse_words(query)
    except QuerySyntaxError as error:
        raise UserMistakeError(f"the search cannot be understood: {error}") from error
    if not query.strip() and not any(given.values()):
        raise UserMistakeError("an alert needs words or a filter")
    _save(name, ArticleQuestion(query.strip(), ArticleFilters(**given)), way)


def add_watch(name: str, text: str, way: Way) -> None:
    """Save a watch question."""
    try:
        asked = read_question(text).filters
    except UnclearQuestionError as error:
        raise UserMistakeError(str(error)) from error
    filters = TransferFilters(asked.supplier, asked.recipient, asked.weapon or asked.category)
    _save(name, TransferQuestion(filters, asked.status or read_stage(text), read_origins(text)), way)


def _save(name: str, question: Question, way: Way) -> None:
    """Write the alert and say how its question was read."""
    channel, target = _channel(way)
    if way.every not in PERIODS:
        raise UserMistakeError(f"--every {way.every!r} is none of {', '.join(PERIODS)}")
    try:
        check_template(way.template or "")
    except WrongTemplateError as error:
        raise UserMistakeError(str(error)) from error
    wish = Wish(name, question, channel, target, way.template, PERIODS[way.every])
    place = open_office()
    place.index.update(place.engine)
    try:
        with Session(place.engine) as session, session.begin():
            alert = add_alert(session, place.index, wish, datetime.now(UTC))
            typer.echo(f"read as: {in_words(alert.query)}; {_where(alert)}")
    except IntegrityError as error:
        raise UserMistakeError(f"there is an alert called {name!r} already") from error


def _channel(way: Way) -> tuple[str, str | None]:
    if way.mail and way.webhook:
        raise UserMistakeError("an alert sends to --mail or to --webhook, not to both")
    if way.mail:
        if not _MAIL.fullmatch(way.mail):
            raise UserMistakeError(f"--mail {way.mail!r} is no mail address")
        return "mail", way.mail
    if way.webhook:
        if not is_webhook(way.webhook):
            raise UserMistakeError(
                "--webhook is no address that we send to: slack://, msteams://, matrix://, json:// ..."
            )
        return "webhook", way.webhook
    return "feed", None


def _where(alert: Alert) -> str:
    return "a feed" if alert.target is None else f"by {alert.channel}"


@contextmanager
def _alert(name: str) -> Iterator[tuple[Session, Alert]]:
    """Give the alert of a name in a session that commits at the end."""
    with Session(open_database()) as session, session.begin():
        alert = session.scalar(select(Alert).where(Alert.name == name))
        if alert is None:
            raise UserMistakeError(f"no alert is called {name!r}")
        yield session, alert


def remove(name: str) -> None:
    """Remove an alert."""
    with _alert(name) as (session, alert):
        remove_alert(session, alert)


def show_alerts(form: Format) -> None:
    """List alerts."""
    with Session(open_database(reads_only=True)) as session:
        rows = list_alerts(session)
    print_rows(rows, form, ("name", "asks", "channel", "target", "every", "waiting", "sent", "failed", "last_run_at"))


def show_deliveries(name: str, form: Format) -> None:
    """List what was found for an alert."""
    with _alert(name) as (session, alert):
        rows = list_deliveries(session, alert.id)
    print_rows(rows, form, ("found_at", "subject", "state", "attempts", "sent_at", "outcome"))


def run_once() -> None:
    """Run one round and say what it did; exit 1 where something was not taken."""
    done = run_alerts(open_office(), datetime.now(UTC))
    typer.echo(f"{done.found} new, {done.sent} sent, {done.failed} not taken")
    if done.failed:
        sys.exit(1)
