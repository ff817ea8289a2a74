"""What every request and answer must pass: known hosts, bounded sizes, no foreign pages' changes, strict headers."""

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.mistakes import Mistakes

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
MOST_QUERY_BYTES = 16_384  # a thousand letters of Cyrillic take six thousand
MOST_BODY_BYTES = 65_536
READING = {"GET", "HEAD", "OPTIONS"}


class Guard:
    """Refuses what may not come in, and adds the security headers to every answer."""

    def __init__(self, app: ASGIApp, mistakes: Mistakes, allowed_hosts: Collection[str] = ()) -> None:
        self.app, self.mistakes = app, mistakes
        self.allowed_hosts = frozenset(host.lower() for host in allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)  # an archived page has a stricter policy of its own
            await send(message)

        await self._app_for(scope)(scope, _bounded(receive), send_guarded)

    def _app_for(self, scope: Scope) -> ASGIApp:
        """Give what answers: the application, or a refusal."""
        headers = Headers(scope=scope)
        if not is_known_host(headers.get("host", ""), self.allowed_hosts):
            return PlainTextResponse("this host is not served here; name it as an allowed host\n", status_code=400)
        if len(scope["query_string"]) > MOST_QUERY_BYTES:
            return self.mistakes.answer(scope["path"], 414, "the address is too long")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_BODY_BYTES:
            return self.mistakes.answer(scope["path"], 413, "that is too much to send")
        if scope["method"] not in READING and is_from_elsewhere(headers):
            return self.mistakes.answer(scope["path"], 403, "a page of another site may not do that")
        return self.app


def _bounded(receive: Receive) -> Receive:
    """Count what comes in: a body may come in pieces, without saying how long it is."""
    received = 0

    async def receive_bounded() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MOST_BODY_BYTES:
            raise HTTPException(413, "that is too much to send")
        return message

    return receive_bounded


def is_from_elsewhere(headers: Headers) -> bool:
    """Tell whether a browser says that a page of another site sent this; what is no browser says nothing.

    The order of the checks is that of https://words.filippo.io/csrf/.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site not in {"same-origin", "none"}
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


def is_known_host(header: str, allowed_hosts: Collection[str]) -> bool:
    """Tell whether a Host header names this machine's loopback or an allowed host.

    A foreign page could otherwise read us through a name of its own that leads here (DNS rebinding).
    """
    host = header.strip().lower()
    bare, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    name = bare if bare and port.isdigit() else host
    if name in allowed_hosts or name == "localhost" or name.endswith(".localhost"):
        return True
    return is_loopback(name.removeprefix("[").removesuffix("]"))


def is_loopback(address: str | None) -> bool:
    """Tell whether an IP address is this machine's own; what is no address is not."""
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False
