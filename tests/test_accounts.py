from collections.abc import Callable
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from cli import serving
from cli.app import app
from cli.mistakes import UserMistakeError, known_mistakes
from crawler import settings
from models import access
from models.account import Account, ApiToken, LoginSession
from models.connection import connect, is_too_slow
from tests.sample_rows import NOW, new_database

PASSWORD = "correct horse battery"
WEAK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_hasher", WEAK)


def test_logins_are_keys_that_end(engine: Engine) -> None:
    access.add_account(engine, "Ann", "operator", PASSWORD, NOW)
    key = access.log_in(engine, "ann", PASSWORD, NOW)
    assert key is not None
    assert access.visitor_by_key(engine, key, NOW) == access.Visitor("Ann", "operator")
    assert access.visitor_by_key(engine, key + "x", NOW) is None
    access.log_out(engine, key)
    assert access.visitor_by_key(engine, key, NOW) is None


@pytest.mark.parametrize(("name", "password"), [("ann", "wrong"), ("bob", PASSWORD), ("", ""), ("ann", "a" * 1000)])
def test_who_is_wrong_stays_outside(tmp_path, name: str, password: str) -> None:
    engine = new_database(tmp_path)
    access.add_account(engine, "ann", "reader", PASSWORD, NOW)
    assert access.log_in(engine, name, password, NOW) is None


def test_a_login_ends_when_idle_and_in_any_case(tmp_path) -> None:
    engine = new_database(tmp_path)
    access.add_account(engine, "ann", "reader", PASSWORD, NOW)
    idle, used = access.log_in(engine, "ann", PASSWORD, NOW), access.log_in(engine, "ann", PASSWORD, NOW)
    assert idle is not None
    assert used is not None
    at = NOW
    while at < NOW + access.LONGEST - timedelta(hours=6):
        at += timedelta(hours=6)
        assert access.visitor_by_key(engine, used, at) is not None
    assert access.visitor_by_key(engine, used, at + timedelta(hours=7)) is None
    assert access.visitor_by_key(engine, idle, NOW + access.IDLE + timedelta(seconds=1)) is None
    access.log_in(engine, "ann", PASSWORD, at + timedelta(hours=7))
    with Session(engine) as session:
        assert len(session.scalars(select(LoginSession)).all()) == 1


def test_logging_in_again_ends_the_old_key(tmp_path) -> None:
    engine = new_database(tmp_path)
    access.add_account(engine, "ann", "reader", PASSWORD, NOW)
    old = access.log_in(engine, "ann", PASSWORD, NOW)
    new = access.log_in(engine, "ann", PASSWORD, NOW, old)
    assert old is not None
    assert new is not None
    assert old != new
    assert access.visitor_by_key(engine, old, NOW) is None


@pytest.mark.parametrize(
    "end", [lambda e: access.remove_account(e, "ann"), lambda e: access.set_password(e, "ann", "n" * 12)]
)
def test_another_password_or_none_ends_the_logins(tmp_path, end: Callable[[Engine], None]) -> None:
    engine = new_database(tmp_path)
    access.add_account(engine, "ann", "reader", PASSWORD, NOW)
    key = access.log_in(engine, "ann", PASSWORD, NOW)
    end(engine)
    assert key is not None
    assert access.visitor_by_key(engine, key, NOW) is None
    assert access.log_in(engine, "ann", PASSWORD, NOW) is None


def test_secrets_are_not_kept_and_weak_hashes_are_made_anew(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = new_database(tmp_path)
    access.add_account(engine, "ann", "reader", PASSWORD, NOW)
    monkeypatch.setattr(access, "_hasher", PasswordHasher())
    key, token = access.log_in(engine, "ann", PASSWORD, NOW), access.add_token(engine, "bot", NOW)
    with Session(engine) as session:
        stored = session.scalars(select(Account.password_hash)).one()
        kept = [*session.scalars(select(LoginSession.key_sha256)), *session.scalars(select(ApiToken.token_sha256))]
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert not {key, token} & set(kept)
    assert all(len(each) == 64 for each in kept)


def test_tokens_read_until_they_are_revoked(engine: Engine) -> None:
    token = access.add_token(engine, "bot", NOW)
    visitor = access.visitor_by_token(engine, token, NOW)
    assert visitor is not None
    assert not visitor.is_operator
    assert access.list_tokens(engine)[0].used_at == NOW
    with pytest.raises(access.AccessMistakeError, match="already"):
        access.add_token(engine, "bot", NOW)
    access.remove_token(engine, "bot")
    assert access.visitor_by_token(engine, token, NOW) is None


@pytest.fixture
def command(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command in this process, on a database of its own."""
    engine = new_database(tmp_path)
    monkeypatch.setattr(settings, "DATABASE_URL", str(engine.url))
    engine.dispose()
    return lambda *words, password="": CliRunner().invoke(app, words, input=f"{password}\n")


def test_commands(command: Callable[..., Result]) -> None:
    added = command("accounts", "add", "ann", "--role", "operator", password=PASSWORD)
    assert added.output == "account ann is made: operator\n"
    assert "operator" in command("accounts", "list").output
    assert command("accounts", "passwd", "ann", password="another password").exit_code == 0
    engine = connect(settings.DATABASE_URL)
    assert access.log_in(engine, "ann", "another password", NOW) is not None
    token = command("tokens", "add", "bot").stdout.strip()
    assert access.visitor_by_token(engine, token, NOW) is not None
    assert "bot" in command("tokens", "list").output
    assert command("tokens", "remove", "bot").exit_code == 0
    assert command("accounts", "remove", "ann").exit_code == 0
    assert not access.has_accounts(engine)
    engine.dispose()


WRONG = {
    "short password": (("accounts", "add", "bob"), "eleven sign", "12 signs"),
    "no name": (("accounts", "add", "no name"), PASSWORD, "is no name"),
    "taken name": (("accounts", "add", "Ann"), PASSWORD, "already"),
    "unknown account": (("accounts", "passwd", "bob"), PASSWORD, "no account bob"),
    "unknown token": (("tokens", "remove", "bot"), "", "no token bot"),
}


@pytest.mark.parametrize(("words", "password", "message"), WRONG.values(), ids=WRONG)
def test_mistakes(command: Callable[..., Result], words: tuple[str, ...], password: str, message: str) -> None:
    command("accounts", "add", "ann", password=PASSWORD)
    error = command(*words, password=password).exception
    assert isinstance(error, known_mistakes())
    assert message in str(error)


def test_nothing_is_served_elsewhere_without_an_account(command: Callable[..., Result], monkeypatch) -> None:
    def refusal(host: str | None = None) -> str:
        try:
            serving.place_of_settings(host, 0)
        except UserMistakeError as error:
            return str(error)
        return ""

    assert refusal() == ""
    assert "accounts add" in refusal("0.0.0.0")
    assert "accounts add" in refusal("192.0.2.1")
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ("watch.example",))
    assert "accounts add" in refusal()
    command("accounts", "add", "ann", password=PASSWORD)
    assert refusal() == refusal("0.0.0.0") == ""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ())
    assert "ARMSWATCH_ALLOWED_HOSTS" in refusal("::")
    assert refusal("192.0.2.1") == ""


SLOW = """
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 1000000000) SELECT count(*) FROM t
"""


def test_readers_write_nothing_and_what_is_slow_ends(engine: Engine) -> None:
    reading = connect(engine.url.render_as_string(hide_password=False), reads_only=True, most_seconds=0.2)
    with reading.connect() as connection:
        with pytest.raises(DBAPIError) as slow:
            connection.exec_driver_sql(SLOW)
        connection.rollback()
        with pytest.raises(DBAPIError) as writing:
            connection.exec_driver_sql("INSERT INTO lease (name) VALUES ('x')")
        connection.rollback()
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    assert (is_too_slow(slow.value), is_too_slow(writing.value)) == (True, False)
    assert "read" in str(writing.value)
    reading.dispose()
