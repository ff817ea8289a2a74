"""How messages leave: by mail (SMTP), or through Apprise to chat services and webhooks, behind the address gate."""

import ipaddress
import logging
import multiprocessing
import smtplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from alerts.messages import Message
from crawler.addresses import Network, may_reach
from models.listing_alerts import shown_target

TIMEOUT = 30.0  # seconds for one message
# Of Apprise's services those that speak HTTP to somebody else; others act on this machine (dbus, syslog, windows).
SERVICES = {
    "json", "jsons", "form", "forms", "xml", "xmls", "slack", "msteams", "workflow", "workflows", "matrix", "matrixs",
    "mmost", "mmosts", "discord", "gchat", "rocket", "rockets", "tgram", "ntfy", "ntfys", "gotify", "gotifys",
    "zulip", "wxteams", "signal", "signals", "pover",
}  # fmt: skip
_NO_ADDRESS = "leads to an address that is not public"


class NotDeliveredError(Exception):
    """A message was not taken; the text says why in one line, without secrets. Raised by send()."""


@dataclass(frozen=True, slots=True)
class Post:
    """How this installation sends: the SMTP server's address, the sender, non-public networks that may be reached."""

    smtp_url: str | None = None
    mail_from: str = "armswatch@localhost"
    allowed: Sequence[Network] = ()


def send(channel: str, target: str, message: Message, post: Post, now: datetime) -> None:
    """Send a message to a mail address or an Apprise address. Raises NotDeliveredError."""
    if channel == "mail":
        _send_mail(target, message, post, now)
    else:
        _send_webhook(target, message, post)


def _send_mail(target: str, message: Message, post: Post, now: datetime) -> None:
    if post.smtp_url is None:
        raise NotDeliveredError("no mail server is set: ARMSWATCH_SMTP_URL")
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = message.subject, post.mail_from, target
    mail["Date"], mail["Message-ID"] = format_datetime(now), f"<{message.identity}@armswatch>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    mail.set_content(message.text)
    try:
        with _server(post.smtp_url) as server:
            server.send_message(mail)
    except (OSError, smtplib.SMTPException) as error:
        raise NotDeliveredError(f"mail server: {type(error).__name__}: {str(error)[:200]}") from error


@contextmanager
def _server(url: str) -> Iterator[smtplib.SMTP]:
    """Connect to smtp://, smtps:// or smtp+starttls://[user:password@]host[:port]."""
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port or 0
    context = ssl.create_default_context()
    secure = parts.scheme == "smtps"
    server = (
        smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
        if secure
        else smtplib.SMTP(host, port, timeout=TIMEOUT)
    )
    with server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def is_webhook(target: str) -> bool:
    """Tell whether an address is one of SERVICES and complete."""
    import apprise  # noqa: PLC0415  # a hundred services: only when one is used

    scheme = target.partition("://")[0].lower()
    return scheme in SERVICES and apprise.Apprise.instantiate(target, suppress_exceptions=True) is not None


def _send_webhook(target: str, message: Message, post: Post) -> None:
    """Send in a process of its own, which may reach public addresses only and is ended when it takes too long."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    allowed = [str(network) for network in post.allowed]
    child = context.Process(target=notify, args=(theirs, target, message, allowed), daemon=True)
    child.start()
    theirs.close()
    try:
        reason = ours.recv() if ours.poll(TIMEOUT) else f"no answer within {TIMEOUT:.0f} s"
    except EOFError:
        reason = "the sending process ended without a word"
    finally:
        child.kill()
        child.join()
    if reason is not None:
        raise NotDeliveredError(f"{shown_target('webhook', target)}: {reason}")


def notify(pipe: Any, target: str, message: Message, allowed: Sequence[str]) -> None:
    """Send one message through Apprise, and say through the pipe why it was not taken, or None."""
    import apprise  # noqa: PLC0415  # as above

    refused = _guard_this_process([ipaddress.ip_network(text) for text in allowed])
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("apprise").addHandler(handler)
    service = apprise.Apprise()
    is_sent = bool(service.add(target) and service.notify(body=message.text, title=message.subject))
    pipe.send(None if is_sent else _NO_ADDRESS if refused else (lines or ["not taken"])[-1][:200])


def _guard_this_process(allowed: Sequence[Network]) -> list[str]:
    """Let this process resolve names to addresses it may reach alone; what is dialled is what was checked.

    Gives a list that the refused hosts are added to.
    """
    resolve, refused = socket.getaddrinfo, list[str]()

    def resolve_guarded(host: Any, *rest: Any, **more: Any) -> list[Any]:
        found = resolve(host, *rest, **more)
        kept = [each for each in found if may_reach(ipaddress.ip_address(str(each[4][0]).split("%")[0]), allowed)]
        if found and not kept:
            refused.append(str(host))
            raise socket.gaierror(socket.EAI_NONAME, f"{host} {_NO_ADDRESS}")
        return kept

    socket.getaddrinfo = resolve_guarded
    return refused
