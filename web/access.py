"""Who may come in, decided in one place: where a login is needed, everything is closed that is not named open here."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote, urlencode

from fastapi import HTTPException, Request
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from models.access import Visitor, visitor_by_key, visitor_by_token
from web.mistakes import PROGRAMS_READ, Mistakes

OPEN_PAGES = ("/login",)
OPEN_FOLDERS = ("/static/",)
SESSION_COOKIE = "armswatch_session"
THIS_MACHINE = Visitor("this machine", "operator")


@dataclass(frozen=True, slots=True)
class Keeper:
    """What the door needs to know: where accounts are, what time it is, whether a login is needed."""

    engine: Engine
    now: Callable[[], datetime]
    needs_login: bool

    def visitor(self, request: Request) -> Visitor | None:
        """Tell who asks, or None for a stranger."""
        if not self.needs_login:
            return THIS_MACHINE
        if token := token_of(request.headers.get("authorization", "")):
            return visitor_by_token(self.engine, token, self.now())
        if key := request.cookies.get(cookie_name(request, SESSION_COOKIE)):
            return visitor_by_key(self.engine, key, self.now())
        return None


class Access:
    """Lets nobody in but those who may; whoever comes in is ``request.state.visitor``."""

    def __init__(self, app: ASGIApp, keeper: Keeper, mistakes: Mistakes) -> None:
        self.app, self.keeper, self.mistakes = app, keeper, mistakes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = await self._app_for(Request(scope))
        await answer(scope, receive, send)

    async def _app_for(self, request: Request) -> ASGIApp:
        if request.scope["path"].startswith(OPEN_FOLDERS):
            return self.app
        try:
            visitor = await run_in_threadpool(self.keeper.visitor, request)
        except SQLAlchemyError as error:
            return self.mistakes.database(request, error)
        if visitor is None and request.scope["path"] not in OPEN_PAGES:
            return self._refusal(request)
        request.state.visitor = visitor
        return self.app

    def _refusal(self, request: Request) -> Response:
        """Send people to the login; programs, and whoever would change something, are told."""
        path = request.scope["path"]
        if path.startswith(PROGRAMS_READ) or request.method != "GET":
            scheme = "Basic" if path.startswith("/feeds/") else "Bearer"
            asked = {"WWW-Authenticate": f'{scheme} realm="armswatch"'}
            return self.mistakes.answer(path, 401, "an account or a token is needed", asked)
        query = request.scope["query_string"].decode("latin-1")
        address = quote(path) + (f"?{query}" if query else "")
        return RedirectResponse("/login?" + urlencode({"next": address}), status_code=303)


def operator_only(request: Request) -> Visitor:
    """Give the operator who asks; a dependency of whatever changes things. Raises HTTPException 403 for others."""
    visitor: Visitor | None = request.state.visitor
    if visitor is None or not visitor.is_operator:
        raise HTTPException(403, "only an operator may do that")
    return visitor


def token_of(authorization: str) -> str | None:
    """Give the token in an Authorization header: a bearer token, or the password of readers that know no other way."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip() or None
    if scheme.lower() != "basic":
        return None
    try:
        _, _, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return password or None


def cookie_name(request: Request, name: str) -> str:
    """Give the name a cookie has: over https a browser takes ``__Host-`` cookies from this very host alone."""
    return f"__Host-{name}" if request.url.scheme == "https" else name


def set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """Set a cookie that no script can read and no foreign page sends along; empty removes it."""
    response.set_cookie(
        cookie_name(request, name),
        value,
        max_age=None if value else 0,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def local_path(address: str) -> str:
    """Give the address if it leads to a page here, else the first page: nobody is sent elsewhere after the login."""
    text = unquote(address)
    is_local = address.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return address if is_local else "/"
