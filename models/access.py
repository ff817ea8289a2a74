"""Accounts, logins and tokens: made, checked and ended. Instants are UTC; secrets are stored as digests alone."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Engine, delete, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.account import Account, ApiToken, LoginSession

IDLE = timedelta(hours=12)  # a login ends when it was not used for so long
LONGEST = timedelta(days=7)  # and in any case after so long
NOTED_EVERY = timedelta(minutes=10)  # how exactly the last use is known: reading a page should rarely write
TOKEN_START = "aw_"  # noqa: S105  # tells scanners for leaked secrets whose it is

# argon2id with the second choice of RFC 9106, section 4: 64 MiB a login.
_hasher = PasswordHasher()


class AccessMistakeError(Exception):
    """An account or token cannot be made, changed or removed as asked; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: an account, a token, or whoever sits at this machine."""

    name: str
    role: str

    @property
    def is_operator(self) -> bool:
        """Tell whether this one may change things."""
        return self.role == "operator"


def has_accounts(engine: Engine) -> bool:
    """Tell whether anybody could log in."""
    with Session(engine) as session:
        return session.scalar(select(Account.id).limit(1)) is not None


def list_accounts(engine: Engine) -> Sequence[Account]:
    """Give the accounts by name."""
    with Session(engine) as session:
        return session.scalars(select(Account).order_by(Account.name)).all()


def list_tokens(engine: Engine) -> Sequence[ApiToken]:
    """Give the tokens by name."""
    with Session(engine) as session:
        return session.scalars(select(ApiToken).order_by(ApiToken.name)).all()


def add_account(engine: Engine, name: str, role: str, password: str, now: datetime) -> None:
    """Make an account. Raises AccessMistakeError where the name is taken."""
    with Session(engine) as session, session.begin():
        if _account(session, name) is not None:
            raise AccessMistakeError(f"there is an account {name} already")
        session.add(Account(name=name, role=role, password_hash=_hasher.hash(password), created_at=now))


def set_password(engine: Engine, name: str, password: str) -> None:
    """Give an account another password and end its logins. Raises AccessMistakeError."""
    with Session(engine) as session, session.begin():
        account = _known_account(session, name)
        account.password_hash = _hasher.hash(password)
        session.execute(delete(LoginSession).where(LoginSession.account_id == account.id))


def remove_account(engine: Engine, name: str) -> None:
    """Remove an account and end its logins. Raises AccessMistakeError."""
    with Session(engine) as session, session.begin():
        account = _known_account(session, name)
        session.execute(delete(LoginSession).where(LoginSession.account_id == account.id))
        session.delete(account)


def log_in(engine: Engine, name: str, password: str, now: datetime, old_key: str | None = None) -> str | None:
    """Give a new key for the browser's cookie, or None for a wrong name or password; ``old_key`` ends.

    A hash made with weaker parameters than today's is made anew. Logins that ran out are removed.
    """
    with Session(engine) as session:  # hashing takes its time: nobody else waits for the write lock meanwhile
        account = _account(session, name)
    if not _is_right(account.password_hash if account else _nobodys_hash(), password) or account is None:
        return None
    better = _hasher.hash(password) if _hasher.check_needs_rehash(account.password_hash) else None
    key = secrets.token_urlsafe(32)
    with Session(engine) as session, session.begin():
        known = session.get(Account, account.id)
        if known is None or known.password_hash != account.password_hash:
            return None
        known.last_login_at, known.password_hash = now, better or known.password_hash
        _remove_ended(session, now, old_key)
        session.add(LoginSession(account_id=known.id, key_sha256=_digest(key), began_at=now, seen_at=now))
    return key


def log_out(engine: Engine, key: str) -> None:
    """End a login."""
    with Session(engine) as session, session.begin():
        session.execute(delete(LoginSession).where(LoginSession.key_sha256 == _digest(key)))


def visitor_by_key(engine: Engine, key: str, now: datetime) -> Visitor | None:
    """Give whose login a cookie's key is, or None where it is unknown or has run out."""
    query = (
        select(LoginSession).where(LoginSession.key_sha256 == _digest(key)).options(joinedload(LoginSession.account))
    )
    with Session(engine) as session:
        login = session.scalar(query)
        if login is None or login.seen_at < now - IDLE or login.began_at < now - LONGEST:
            return None
        visitor = Visitor(login.account.name, login.account.role)
        if login.seen_at < now - NOTED_EVERY:
            login.seen_at = now
            session.commit()
        return visitor


def add_token(engine: Engine, name: str, now: datetime) -> str:
    """Make a token and give it, this once. Raises AccessMistakeError where the name is taken."""
    token = TOKEN_START + secrets.token_urlsafe(32)
    with Session(engine) as session, session.begin():
        if session.scalar(select(ApiToken.id).where(ApiToken.name == name)) is not None:
            raise AccessMistakeError(f"there is a token {name} already")
        session.add(ApiToken(name=name, token_sha256=_digest(token), created_at=now))
    return token


def remove_token(engine: Engine, name: str) -> None:
    """Revoke a token. Raises AccessMistakeError."""
    with Session(engine) as session, session.begin():
        token = session.scalar(select(ApiToken).where(ApiToken.name == name))
        if token is None:
            raise AccessMistakeError(f"there is no token {name}")
        session.delete(token)


def visitor_by_token(engine: Engine, token: str, now: datetime) -> Visitor | None:
    """Give whose token this is, or None."""
    with Session(engine) as session:
        known = session.scalar(select(ApiToken).where(ApiToken.token_sha256 == _digest(token)))
        if known is None:
            return None
        visitor = Visitor(f"token {known.name}", "reader")
        if known.used_at is None or known.used_at < now - NOTED_EVERY:
            known.used_at = now
            session.commit()
        return visitor


def _account(session: Session, name: str) -> Account | None:
    return session.scalar(select(Account).where(func.lower(Account.name) == name.lower()))


def _known_account(session: Session, name: str) -> Account:
    account = _account(session, name)
    if account is None:
        raise AccessMistakeError(f"there is no account {name}")
    return account


@cache
def _nobodys_hash() -> str:
    """Give a hash to check where there is no account, so that an unknown name takes as long as a wrong password."""
    return _hasher.hash(secrets.token_urlsafe())


def _is_right(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _remove_ended(session: Session, now: datetime, old_key: str | None) -> None:
    ended = or_(LoginSession.seen_at < now - IDLE, LoginSession.began_at < now - LONGEST)
    if old_key is not None:
        ended = or_(ended, LoginSession.key_sha256 == _digest(old_key))
    session.execute(delete(LoginSession).where(ended))


def _digest(secret: str) -> str:
    """Digest a random secret; 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
