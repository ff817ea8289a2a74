"""What every answer must pass: only known hosts are served, and browsers are told to run and load nothing foreign."""

from collections.abc import Collection
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


class Guard:
    """Refuses requests for hosts we are not, and adds the security headers to every answer."""

    def __init__(self, app: ASGIApp, allowed_hosts: Collection[str] = ()) -> None:
        self.app = app
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

        app = self.app
        if not is_known_host(Headers(scope=scope).get("host", ""), self.allowed_hosts):
            app = PlainTextResponse("this host is not served here; name it as an allowed host\n", status_code=400)
        await app(scope, receive, send_guarded)


def is_known_host(header: str, allowed_hosts: Collection[str]) -> bool:
    """Tell whether a Host header names this machine's loopback or an allowed host.

    A foreign page could otherwise read us through a name of its own that leads here (DNS rebinding).
    """
    host = header.strip().lower()
    bare, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    name = bare if bare and port.isdigit() else host
    if name in allowed_hosts or name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False
