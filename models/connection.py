"""How to reach the database: engines set up for SQLite and PostgreSQL, and migrations."""

import logging
import time
from functools import partial
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT = 60_000  # milliseconds a writer waits for another one (faults: a lock of 20 s must lose nothing)
QUERY_CANCELED = "57014"  # PostgreSQL's code
MIGRATION_LOCK = 7_421_337  # any number of our own, the same in every process


class UnusableDatabaseError(Exception):
    """The database cannot be used as it is; the message says why in one line. Raised by connect() and upgrade()."""


def connect(url: str, *, reads_only: bool = False, most_seconds: float | None = None) -> Engine:
    """Give an engine for ``url``; one that ``reads_only`` cannot write and takes no write lock.

    What takes longer than ``most_seconds`` ends with an error that is_too_slow() knows: a transaction on SQLite,
    a statement on PostgreSQL.
    Raises UnusableDatabaseError for an address that SQLAlchemy cannot read or a driver that is not there.
    """
    try:
        address = make_url(url)
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        if address.get_backend_name() == "sqlite":
            engine = _sqlite(address.render_as_string(hide_password=False), reads_only=reads_only)
            if most_seconds is not None:
                event.listen(engine, "begin", partial(_set_deadline, most_seconds))
            return engine
        options = _postgresql_options(reads_only=reads_only, most_seconds=most_seconds)
        return create_engine(address, pool_pre_ping=True, connect_args={"options": options} if options else {})
    except (ArgumentError, ModuleNotFoundError) as error:
        raise UnusableDatabaseError(f"database address {url!r} cannot be used: {error}") from error


def _sqlite(url: str, *, reads_only: bool) -> Engine:
    """SQLite in WAL mode that takes the write lock when a transaction begins, not in its middle.

    A deferred transaction that reads and then writes fails with "database is locked" whatever the busy timeout
    (https://www.sqlite.org/lang_transaction.html#immediate).
    """
    database = make_url(url).database
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    if reads_only:
        event.listen(engine, "connect", _forbid_writes)
    event.listen(engine, "begin", _begin_deferred if reads_only else _begin_immediate)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # NORMAL may lose the last commits when the power fails
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _forbid_writes(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only = ON")
    cursor.close()


def _set_deadline(seconds: float, connection: Connection) -> None:
    """Let SQLite stop by itself: it asks every so many of its steps whether to go on."""
    deadline = time.monotonic() + seconds
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)


def _postgresql_options(*, reads_only: bool, most_seconds: float | None) -> str:
    options = {
        "default_transaction_read_only": "on" if reads_only else None,
        "statement_timeout": None if most_seconds is None else f"{most_seconds * 1000:.0f}",
    }
    return " ".join(f"-c {name}={value}" for name, value in options.items() if value is not None)


def is_too_slow(error: DBAPIError) -> bool:
    """Tell whether the database gave up because of ``most_seconds``."""
    return str(error.orig) == "interrupted" or getattr(error.orig, "sqlstate", None) == QUERY_CANCELED


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _migrations(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> tuple[str | None, str]:
    """Bring the database to this program's revision in one transaction; give the revision before and after.

    Raises UnusableDatabaseError when a newer program has written it.
    """
    quiet = logging.getLogger("alembic")
    quiet.setLevel(logging.WARNING)
    head = ScriptDirectory.from_config(_migrations()).get_current_head()
    assert head is not None
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # two processes that start at once must not both migrate
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        before = MigrationContext.configure(connection).get_current_revision()
        _refuse_newer(before)
        if before != head:
            command.upgrade(_migrations(connection), "head")
    return before, head


def _refuse_newer(revision: str | None) -> None:
    known: set[Any] = {script.revision for script in ScriptDirectory.from_config(_migrations()).walk_revisions()}
    if revision is not None and revision not in known:
        raise UnusableDatabaseError(f"the database is at revision {revision}, which a newer armswatch wrote; upgrade")
