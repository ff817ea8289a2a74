"""Forms that only a page of ours can send: each carries a token made of the browser's own cookies.

A page asks form_token(request) for the value of its hidden field ``form_token``; a route that takes the form depends
on checked_form.
"""

import hmac
import secrets
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.access import SESSION_COOKIE, cookie_name, set_cookie

FORM_COOKIE = "armswatch_form"


class FormKeys:
    """Gives a browser that is shown a form the cookie that its token is made of."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)

        async def send_with_key(message: Message) -> None:
            key = getattr(request.state, "new_form_key", None)
            if message["type"] == "http.response.start" and key is not None:
                response = Response()
                set_cookie(request, response, FORM_COOKIE, key)
                MutableHeaders(scope=message).append("set-cookie", response.headers["set-cookie"])
            await send(message)

        await self.app(scope, receive, send_with_key)


def form_token(request: Request) -> str:
    """Give the token a form of this page must send back."""
    key = request.cookies.get(cookie_name(request, FORM_COOKIE))
    if key is None:
        key = request.state.new_form_key = secrets.token_urlsafe(32)
    return _token(request, key)


async def checked_form(request: Request) -> dict[str, str]:
    """Give a form's fields, the last of each name. Raises HTTPException where no page of ours sent it."""
    try:
        fields = dict(parse_qsl((await request.body()).decode(), max_num_fields=100, keep_blank_values=True))
    except ValueError as error:  # not UTF-8, or too many fields
        raise HTTPException(400, "the form cannot be read") from error
    key = request.cookies.get(cookie_name(request, FORM_COOKIE), "")
    if not key or not hmac.compare_digest(_token(request, key).encode(), fields.pop("form_token", "").encode()):
        raise HTTPException(403, "the form is too old; go back, load the page again and send it once more")
    return fields


def _token(request: Request, key: str) -> str:
    session = request.cookies.get(cookie_name(request, SESSION_COOKIE), "")
    return hmac.new(key.encode(), session.encode(), "sha256").hexdigest()
