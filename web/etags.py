"""Answers that have not changed are not sent again."""

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Etags:
    """Gives each answer that comes whole an ETag, and answers 304 to who holds it already.

    Answers that come in pieces pass as they are. Nothing may be shown again without asking: rights may have changed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        start: Message = {}
        known = Headers(scope=scope).get("if-none-match", "")

        async def send_tagged(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if start:
                started, start = start, {}
                message = _tagged(started, message, known)
                await send(started)
            await send(message)

        await self.app(scope, receive, send_tagged)


def _tagged(start: Message, body: Message, known: str) -> Message:
    """Complete the head of an answer; give the body to send, empty where the client has it."""
    headers = MutableHeaders(scope=start)
    headers.setdefault("Cache-Control", "private, no-cache")
    if start["status"] != 200 or body.get("more_body") or "etag" in headers:
        return body
    etag = f'"{hashlib.sha256(body.get("body", b"")).hexdigest()[:32]}"'
    headers["ETag"] = etag
    if not is_held(etag, known):
        return body
    start["status"] = 304
    del headers["content-length"]
    return {**body, "body": b""}


def is_held(etag: str, known: str) -> bool:
    """Tell whether If-None-Match names the tag, by the weak comparison that RFC 9110, 13.1.2 asks for."""
    return known.strip() == "*" or etag in {each.strip().removeprefix("W/") for each in known.split(",")}
