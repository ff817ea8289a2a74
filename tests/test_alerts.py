"""Alerts: told once, told again when facts change, sent by a real mail server and a real webhook, tried again."""

import json
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from alerts.channels import Post, is_webhook
from alerts.delivering import Office, Round, run_alerts
from alerts.ledger import GIVE_UP_AFTER, Wish, add_alert, remove_alert
from alerts.messages import News, WrongTemplateError, check_template, write_message
from alerts.questions import ArticleQuestion, Question, TransferQuestion, as_json, from_json, read_origins, read_stage
from models.alert import Alert, Delivery
from models.article import Article
from models.filters import ArticleFilters
from models.listing_alerts import list_alerts, shown_target
from models.listing_transfers import TransferFilters
from models.search_index import SearchIndex
from pipelines.store_transfers import rebuild_transfers
from tests.sample_rows import NOW, add_article, add_claim, add_revision, new_database

LATER = NOW + timedelta(days=1)
JETS = "Egypt signed for 12 Rafale jets."
WORDS = ArticleQuestion("jets", ArticleFilters(recipient="EGY"))


class Letters:
    """Keeps what a mail server takes; refuses as often as it is told to."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.refuse = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuse:
            self.refuse -= 1
            return "451 try again later"
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


@pytest.fixture
def letters() -> Iterator[Letters]:
    """A mail server on loopback."""
    kept = Letters()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    kept.url = f"smtp://127.0.0.1:{port}"
    yield kept
    controller.stop()


@pytest.fixture
def hook() -> Iterator[SimpleNamespace]:
    """A receiver of webhooks on loopback."""
    got: list[dict[str, Any]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(got=got, url=f"json://127.0.0.1:{server.server_port}/in?secret=key")
    server.shutdown()
    server.server_close()


@pytest.fixture
def office(tmp_path: Path, letters: Letters) -> Office:
    return open_office(new_database(tmp_path), tmp_path, letters)


def open_office(engine: Engine, folder: Path, letters: Letters) -> Office:
    return Office(
        engine, SearchIndex(folder / "index"), Post(letters.url, "watch@news.example"), "https://watch.example"
    )


def save(
    office: Office, question: Question, channel: str = "mail", target: str | None = "a@b.example", **more: Any
) -> None:
    office.index.update(office.engine)
    with Session(office.engine) as session, session.begin():
        add_alert(session, office.index, Wish("egypt", question, channel, target, **more), NOW)


def publish(office: Office, slug: str = "jets", text: str = JETS, **fields: Any) -> None:
    with Session(office.engine) as session, session.begin():
        article = add_article(session, slug, text, **fields)
        add_claim(session, article, text, quantity=12, category="aircraft")
    rebuild_transfers(office.engine)


def read_again(office: Office, quantity: int, text: str) -> None:
    """Let the article read otherwise, with a claim of so many."""
    with Session(office.engine) as session, session.begin():
        article = session.scalars(select(Article)).one()
        add_revision(session, article, text)
        add_claim(session, article, text, quantity=quantity, category="aircraft")
    rebuild_transfers(office.engine)


def states(office: Office) -> list[tuple[str, int]]:
    with Session(office.engine) as session:
        return [(row.state, row.attempts) for row in session.scalars(select(Delivery).order_by(Delivery.id))]


def test_an_article_is_told_once_with_its_words(engine: Engine, tmp_path: Path, letters: Letters) -> None:
    office = open_office(engine, tmp_path, letters)
    publish(office, "old")
    save(office, WORDS)
    publish(office, "new", "Egypt signed for more jets.")
    publish(office, "ships", "Egypt signed for ships.")
    assert run_alerts(office, LATER) == Round(found=1, sent=1)
    assert run_alerts(office, LATER) == Round()
    (mail,) = letters.mails
    assert (mail["To"], mail["From"], mail["Subject"]) == ("a@b.example", "watch@news.example", "[egypt] New")
    text = mail.get_content()
    assert "“Egypt signed for more jets.” (FRA to EGY, Rafale, 12, contracted, asserted)" in text
    assert "https://watch.example/articles/2\r\nhttps://harbour.example/new" in text


def test_other_words_are_no_news_and_other_facts_are(office: Office, letters: Letters) -> None:
    save(office, WORDS)
    publish(office)
    run_alerts(office, LATER)
    read_again(office, 12, "Egypt has signed for 12 Rafale jets, at last.")
    assert run_alerts(office, LATER).found == 0
    read_again(office, 10, "Egypt signed for 10 Rafale jets.")
    assert run_alerts(office, LATER) == Round(found=1, sent=1)
    assert "- FRA to EGY, Rafale, 12, contracted" in letters.mails[-1].get_content()
    assert "+ FRA to EGY, Rafale, 10, contracted" in letters.mails[-1].get_content()


def test_a_second_independent_origin_is_told_once(office: Office, letters: Letters) -> None:
    text = "a second independent origin confirms the order"
    question = TransferQuestion(TransferFilters(recipient="EGY"), read_stage(text), read_origins(text))
    save(office, question)
    publish(office)
    assert run_alerts(office, LATER).found == 0
    publish(office, "again", "Cairo has signed for Rafale jets.", source="tidewater")
    assert run_alerts(office, LATER) == Round(found=1, sent=1)
    publish(office, "third", "The jets were signed for by Egypt.", source="llanura")
    assert run_alerts(office, LATER) == Round()
    assert letters.mails[-1]["Subject"] == "[egypt] FRA to EGY: Rafale, contracted"
    assert "contracted (2 independent)" in letters.mails[-1].get_content()


def test_a_digest_waits_and_comes_as_one(office: Office, letters: Letters) -> None:
    save(office, WORDS, every=86_400)
    publish(office, "one")
    publish(office, "two")
    assert run_alerts(office, NOW + timedelta(hours=1)) == Round(found=2)
    assert run_alerts(office, NOW + timedelta(hours=25)) == Round(sent=2)
    assert [mail["Subject"] for mail in letters.mails] == ["[egypt] 2 new: One"]


def test_what_is_not_taken_is_tried_again_with_the_same_identity(office: Office, letters: Letters) -> None:
    save(office, WORDS)
    publish(office)
    letters.refuse = 2
    assert run_alerts(office, LATER) == Round(found=1, failed=1)
    assert run_alerts(office, LATER + timedelta(seconds=30)) == Round(), "not before its time"
    assert run_alerts(office, LATER + timedelta(minutes=2)) == Round(failed=1)
    assert states(office) == [("waiting", 2)]
    assert run_alerts(office, LATER + timedelta(hours=1)) == Round(sent=1)
    assert states(office) == [("sent", 3)]


def test_a_server_that_never_takes_it_is_given_up(office: Office, letters: Letters) -> None:
    save(office, WORDS)
    publish(office)
    letters.refuse = 1000
    for day in range(GIVE_UP_AFTER):
        run_alerts(office, LATER + timedelta(days=3 * day))
    assert states(office) == [("failed", GIVE_UP_AFTER)]
    with Session(office.engine) as session:
        assert "451" in session.scalars(select(Delivery.outcome)).one()


def test_a_webhook_gets_it_only_where_its_address_may_be_reached(office: Office, hook: SimpleNamespace) -> None:
    save(office, WORDS, "webhook", hook.url)
    publish(office)
    assert run_alerts(office, LATER) == Round(found=1, failed=1)
    assert hook.got == []
    with Session(office.engine) as session:
        outcome = session.scalars(select(Delivery.outcome)).one()
    assert "not public" in outcome
    assert "key" not in outcome
    allowed = Office(office.engine, office.index, Post(allowed=(ip_network("127.0.0.0/8"),)))
    assert run_alerts(allowed, LATER + timedelta(hours=1)) == Round(sent=1)
    assert hook.got[0]["title"] == "[egypt] Jets"
    assert JETS in hook.got[0]["message"]


def test_a_feed_has_its_items_at_once(office: Office) -> None:
    save(office, WORDS, "feed", None)
    publish(office)
    assert run_alerts(office, LATER) == Round(found=1)
    assert states(office) == [("sent", 0)]


def test_an_alert_that_fails_costs_itself(office: Office, letters: Letters) -> None:
    save(office, WORDS)
    with Session(office.engine) as session, session.begin():
        add_alert(session, office.index, Wish("hook", WORDS, "webhook", "json://nowhere.invalid/"), NOW)
    publish(office)
    assert run_alerts(office, LATER) == Round(found=2, sent=1, failed=1)
    assert len(letters.mails) == 1


def test_removing_an_alert_removes_its_record(office: Office) -> None:
    save(office, WORDS, "feed", None)
    publish(office)
    run_alerts(office, LATER)
    with Session(office.engine) as session, session.begin():
        remove_alert(session, session.scalars(select(Alert)).one())
    assert states(office) == []


HOSTILE = "Jets\r\nBcc: all@x.example\n\n${url} $url {{7*7}} %(a)s \x1b[31m"


def test_crawled_text_stays_text(office: Office, letters: Letters) -> None:
    save(office, WORDS, template="$headline by $outlet: $quote")
    publish(office, headline=HOSTILE)
    assert run_alerts(office, LATER) == Round(found=1, sent=1)
    (mail,) = letters.mails
    assert "Bcc" not in mail
    assert mail["Subject"].startswith("[egypt] Jets Bcc: all@x.example ${url} $url {{7*7}}")
    assert "${url} $url {{7*7}} %(a)s" in mail.get_content()
    assert "\x1b" not in mail.get_content()


@pytest.mark.parametrize("template", ["$headlines", "${headline.__class__}", "costs $5"])
def test_a_template_has_known_fields_only(template: str) -> None:
    with pytest.raises(WrongTemplateError):
        check_template(template)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("json://h.example/a", True),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general", True),
        ("slack://", False),
        ("dbus://", False),
        ("syslog://", False),
        ("file:///etc/passwd", False),
        ("mailto://a:b@c.example", False),
        ("https://h.example/", False),
    ],
)
def test_only_services_elsewhere_are_webhooks(target: str, expected: bool) -> None:
    assert is_webhook(target) is expected


def test_secrets_are_not_shown(office: Office) -> None:
    save(office, WORDS, "webhook", "json://user:pass@h.example/hook/abcdef")
    with Session(office.engine) as session:
        assert [row.target for row in list_alerts(session)] == ["json://..."]
    assert shown_target("mail", "a@b.example") == "a@b.example"


def test_a_long_digest_names_how_many_are_left_out() -> None:
    facts = {"kind": "article", "id": 1, "headline": "H", "outlet": "O", "outlet_kind": None, "published_at": None,
             "url": "https://o.example/", "claims": []}  # fmt: skip
    message = write_message("many", [News(str(number), facts) for number in range(130)], None, "https://w.example")
    assert message.subject == "[many] 130 new: H"
    assert message.text.endswith("and 30 more\n")


@pytest.mark.parametrize(
    "question",
    [
        WORDS,
        ArticleQuestion("", ArticleFilters(since=NOW)),
        TransferQuestion(TransferFilters(supplier="USA"), "delivered", 2),
    ],
)
def test_a_question_is_kept_whole(question: Question) -> None:
    assert from_json(json.loads(json.dumps(as_json(question)))) == question


@pytest.mark.parametrize(
    ("text", "stage", "origins"),
    [
        ("a second independent origin confirms delivery to Poland", "delivered", 2),
        ("three independent sources say the order was cancelled", "contracted", 3),
        ("anything new from France", None, 1),
        ("2 independent outlets on an embargo, suspended", "suspended", 2),
    ],
)
def test_a_watch_question_is_read(text: str, stage: str | None, origins: int) -> None:
    assert (read_stage(text), read_origins(text)) == (stage, origins)
