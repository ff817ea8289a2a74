"""Logging in and out."""

from functools import partial
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment
from starlette.concurrency import run_in_threadpool

from models.access import log_in, log_out
from web.access import SESSION_COOKIE, Keeper, cookie_name, local_path, set_cookie
from web.forms import checked_form, form_token
from web.rates import Attempts

Form = Annotated[dict[str, str], Depends(checked_form)]
Following = Annotated[str, Query(alias="next", max_length=20_000)]
CHECKS_AT_ONCE = 2  # each takes 64 MiB; the others wait without holding a thread
NOT_KEPT = {"Cache-Control": "no-store"}


def login_router(keeper: Keeper, templates: Environment) -> APIRouter:
    """Give the routes of logging in and out."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    attempts, checks = Attempts(), CapacityLimiter(CHECKS_AT_ONCE)

    def render(request: Request, name: str, status: int = 200, **values: object) -> HTMLResponse:
        page = templates.get_template(name).render(form_token=form_token(request), **values)
        return HTMLResponse(page, status_code=status, headers=NOT_KEPT)

    @router.get("/login")
    def login_page(request: Request, following: Following = "/") -> Response:
        return render(request, "login.html", following=local_path(following), message=None)

    @router.post("/login")
    async def login(request: Request, form: Form) -> Response:
        name, following = form.get("name", ""), local_path(form.get("next", "/"))
        wait = attempts.seconds_to_wait(request, name)
        if wait:
            raise HTTPException(429, "too many attempts; wait a while", {"Retry-After": str(wait)})
        old_key = request.cookies.get(cookie_name(request, SESSION_COOKIE))
        check = partial(log_in, keeper.engine, name, form.get("password", ""), keeper.now(), old_key)
        key = await to_thread.run_sync(check, limiter=checks)
        if key is None:
            message = "the name or the password is wrong"
            return render(request, "login.html", 401, following=following, message=message)
        response = RedirectResponse(following, status_code=303, headers=NOT_KEPT)
        set_cookie(request, response, SESSION_COOKIE, key)
        return response

    @router.get("/account")
    def account(request: Request) -> Response:
        return render(request, "account.html", visitor=request.state.visitor, needs_login=keeper.needs_login)

    @router.post("/logout")
    async def logout(request: Request, _form: Form) -> Response:
        if key := request.cookies.get(cookie_name(request, SESSION_COOKIE)):
            await run_in_threadpool(log_out, keeper.engine, key)
        response = RedirectResponse("/login", status_code=303, headers=NOT_KEPT)
        set_cookie(request, response, SESSION_COOKIE, "")
        return response

    return router
