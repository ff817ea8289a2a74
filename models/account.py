"""Who may read and change things when the web pages can be reached from elsewhere."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, Identity

ROLES = ("reader", "operator")


class Account(Base):
    """A person; the password is kept as an argon2id hash alone."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint(f"role IN {ROLES}", name="role"),)

    id: Mapped[Identity]
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    last_login_at: Mapped[datetime | None]


class LoginSession(Base):
    """A browser that is logged in; the key in its cookie is kept as a digest alone."""

    __tablename__ = "login_session"

    id: Mapped[Identity]
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    key_sha256: Mapped[str] = mapped_column(unique=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]

    account: Mapped[Account] = relationship()


class ApiToken(Base):
    """A key for a program, which may read; kept as a digest alone."""

    __tablename__ = "api_token"

    id: Mapped[Identity]
    name: Mapped[str] = mapped_column(unique=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
