"""The door of the web pages: closed to strangers wherever they can be reached from elsewhere."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import APIRouter, Depends, FastAPI
from sqlalchemy.orm import Session
from starlette.datastructures import Headers
from starlette.routing import Mount

from cli.serving import Place, WebServer
from crawler import settings
from models import access
from tests import web_browser
from tests.sample_rows import NOW, add_article, new_database
from web.access import local_path, operator_only, token_of
from web.app import create_app
from web.forms import checked_form
from web.guard import is_from_elsewhere

PASSWORD = "correct horse battery"
HOST = "watch.example"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


class Browser(web_browser.Browser):
    """Logs in as well."""

    def log_in(self, name: str = "ann", password: str = PASSWORD, following: str = "/") -> httpx.Response:
        return self.post_form("/login", "/login", name=name, password=password, next=following)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(tmp_path: Path, clock: Clock) -> Iterator[FastAPI]:
    engine = new_database(tmp_path)
    with Session(engine) as session, session.begin():
        add_article(session, "rafale", "Egypt signed for 30 Rafale jets.")
    access.add_account(engine, "ann", "operator", PASSWORD, NOW)
    access.add_account(engine, "rea", "reader", PASSWORD, NOW)
    app = create_app(str(engine.url), tmp_path / "index", [HOST], now=clock, needs_login=True)
    extra = APIRouter()
    extra.post("/change", dependencies=[Depends(operator_only), Depends(checked_form)])(lambda: {"changed": True})
    app.include_router(extra)
    app.state.engine = engine
    yield app
    engine.dispose()


def routes_of(routes: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield method and address of every route, also of routers that were included."""
    for route in routes:
        if hasattr(route, "original_router"):
            yield from routes_of(route.original_router.routes)
        elif not isinstance(route, Mount):
            yield from ((method, re.sub(r"{\w+}", "1", route.path)) for method in route.methods)


OTHERS = {("GET", "/nowhere"), ("GET", "/static"), ("GET", "/login/"), ("PUT", "/"), ("DELETE", "/api/v1/articles")}


def test_every_route_is_closed_to_strangers(app: FastAPI) -> None:
    addresses = set(routes_of(app.routes))
    assert {("GET", "/api/v1/openapi.json"), ("GET", "/sources"), ("GET", "/login"), ("POST", "/change")} < addresses
    for method, address in sorted((addresses | OTHERS) - {("GET", "/login"), ("POST", "/login")}):
        answer = Browser(app).send(method, address)
        if address.startswith(("/api/", "/feeds/")) or method != "GET":
            assert answer.status_code == 401, address
            assert "www-authenticate" in answer.headers
        else:
            assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/login"), address
        assert "Rafale" not in answer.text


def test_static_files_and_the_login_are_open(app: FastAPI) -> None:
    assert Browser(app).get("/static/style.css").status_code == 200
    assert Browser(app).get("/login").headers["cache-control"] == "no-store"
    assert Browser(app).get("/static/../articles").status_code != 200
    assert Browser(app).get("/static/..%2farticles").status_code == 404


def test_logging_in_leads_back_and_out_again(app: FastAPI) -> None:
    browser = Browser(app)
    asked = browser.get("/articles?q=rafale&order=date")
    following = parse_qs(urlsplit(asked.headers["location"]).query)["next"][0]
    answer = browser.log_in(following=following)
    assert (answer.status_code, answer.headers["location"]) == (303, "/articles?q=rafale&order=date")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-armswatch_session=")
    assert all(each in cookie for each in ("HttpOnly", "SameSite=lax", "Secure", "Path=/"))
    assert browser.get("/articles/1").status_code == 200
    assert "ann, operator" in browser.get("/account").text
    key = browser.cookies["__Host-armswatch_session"]
    assert browser.post_form("/account", "/logout").headers["location"] == "/login"
    assert browser.get("/articles/1").status_code == 303
    browser.cookies.set("__Host-armswatch_session", key, domain=HOST)
    assert browser.get("/articles/1").status_code == 303


def test_each_login_has_a_key_of_its_own(app: FastAPI) -> None:
    browser = Browser(app, f"http://{HOST}")
    browser.cookies.set("armswatch_session", "planted", domain=HOST)
    assert browser.log_in().headers["set-cookie"].startswith("armswatch_session=")
    first = browser.cookies.get("armswatch_session", domain=HOST)
    browser.log_in()
    second = browser.cookies.get("armswatch_session", domain=HOST)
    assert len({"planted", first, second}) == 3
    assert access.visitor_by_key(app.state.engine, str(first), NOW) is None


def test_a_login_runs_out(app: FastAPI, clock: Clock) -> None:
    browser = Browser(app)
    browser.log_in()
    clock.at += access.IDLE + timedelta(minutes=1)
    assert browser.get("/").status_code == 303


def test_who_is_wrong_is_told_the_same_and_then_waits(app: FastAPI) -> None:
    browser = Browser(app)
    answers = [browser.log_in(name, "wrong password") for name in ("ann", "nobody") * 6]
    assert [each.status_code for each in answers] == [401] * 10 + [429] * 2
    messages = {re.findall('role="alert">(.*?)<', each.text)[0] for each in answers[:10]}
    assert messages == {"the name or the password is wrong"}
    assert 0 < int(answers[-1].headers["retry-after"]) <= 600
    assert Browser(app, client="192.0.2.8").log_in().status_code == 303


def test_one_account_cannot_be_tried_from_everywhere(app: FastAPI) -> None:
    tries = [Browser(app, client=f"198.51.100.{number}").log_in(password="wrong password") for number in range(61)]
    assert [tries[at].status_code for at in (0, 59, 60)] == [401, 401, 429]


FORGED = {
    "no token": ({}, {}, 403),
    "wrong token": ({"form_token": "0" * 64}, {}, 403),
    "another site": (None, {"sec-fetch-site": "cross-site"}, 403),
    "another site below the same name": (None, {"sec-fetch-site": "same-site"}, 403),
    "another origin": (None, {"origin": "https://evil.example"}, 403),
    "no origin": (None, {"origin": "null"}, 403),
    "this site": (None, {"sec-fetch-site": "same-origin"}, 200),
    "this origin": (None, {"origin": f"https://{HOST}"}, 200),
}


@pytest.mark.parametrize(("fields", "headers", "status"), FORGED.values(), ids=FORGED)
def test_forms_of_other_pages_change_nothing(app: FastAPI, fields, headers, status: int) -> None:
    browser = Browser(app)
    browser.log_in()
    if fields is None:
        fields = {"form_token": re.findall(r'value="(\w{64})"', browser.get("/account").text)[0]}
    assert browser.send("POST", "/change", data=fields, headers=headers).status_code == status


def test_a_token_of_another_login_is_refused(app: FastAPI) -> None:
    browser = Browser(app)
    browser.log_in()
    token = re.findall(r'value="(\w{64})"', browser.get("/account").text)[0]
    browser.log_in()
    assert browser.send("POST", "/change", data={"form_token": token}).status_code == 403


def test_readers_change_nothing(app: FastAPI) -> None:
    browser = Browser(app)
    browser.log_in("rea")
    answer = browser.post_form("/account", "/change")
    assert (answer.status_code, "only an operator" in answer.text) == (403, True)
    token = access.add_token(app.state.engine, "bot", NOW)
    assert Browser(app).send("POST", "/change", headers={"authorization": f"Bearer {token}"}).status_code == 403


def test_tokens_open_the_api_and_feeds(app: FastAPI) -> None:
    token = access.add_token(app.state.engine, "bot", NOW)
    for asked in ({"headers": {"authorization": f"Bearer {token}"}}, {"auth": ("anything", token)}):
        assert Browser(app).get("/api/v1/articles", **asked).json()["total"] == 1
    access.remove_token(app.state.engine, "bot")
    assert Browser(app).get("/api/v1/articles", headers={"authorization": f"Bearer {token}"}).status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic", "Basic !!", "Basic /w==", "Basic YQ==", "Digest x"]
)
def test_what_holds_no_token(header: str) -> None:
    assert token_of(header) is None


ELSEWHERE = [
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "\\\\evil",
    "javascript:x",
    "",
    "/%09/x",
    "/%2fevil",
    "/\n/x",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_login_leads_nowhere_else(app: FastAPI, address: str) -> None:
    assert local_path(address) == "/"
    assert Browser(app).log_in(following=address).headers["location"] == "/"


def test_sizes_are_bounded(app: FastAPI) -> None:
    browser = Browser(app)
    assert browser.get("/login?next=" + "x" * 20_000).status_code == 414
    assert browser.send("POST", "/login", data={"name": "x" * 70_000}).status_code == 413

    async def endless():
        for _ in range(20):
            yield b"x" * 10_000

    assert browser.send("POST", "/login", content=endless()).status_code == 413


def test_requests_are_counted(app: FastAPI) -> None:
    browser = Browser(app, client="2001:db8::1")
    for _ in range(300):
        assert browser.get("/api/v1/articles").status_code == 401
    neighbour = Browser(app, client="2001:db8::ffff").get("/api/v1/articles")
    assert (neighbour.status_code, list(neighbour.json())) == (429, ["error"])
    assert 0 < int(neighbour.headers["retry-after"]) <= 60
    assert Browser(app, client="2001:db8:1::1").get("/api/v1/articles").status_code == 401


@pytest.mark.parametrize("address", [None, "http://evil.example", "null"])
def test_programs_say_nothing_of_sites(address: str | None) -> None:
    headers = {"host": HOST} | ({"origin": address} if address else {})
    assert is_from_elsewhere(Headers(headers)) is (address is not None)


def test_on_this_machine_nobody_logs_in(tmp_path: Path) -> None:
    engine = new_database(tmp_path)
    app = create_app(str(engine.url), tmp_path / "index", [HOST])
    app.post("/change", dependencies=[Depends(operator_only), Depends(checked_form)])(lambda: {"changed": True})
    browser = Browser(app, f"http://{HOST}")
    assert "no login is needed" in browser.get("/account").text
    (token,) = set(re.findall(r"\b[0-9a-f]{64}\b", browser.get("/login").text))
    assert browser.send("POST", "/change", data={"form_token": token}).json() == {"changed": True}
    assert browser.send("POST", "/change", headers={"origin": "http://evil.example"}).status_code == 403
    engine.dispose()


@pytest.mark.parametrize("proxies", [(), ("127.0.0.0/8",)])
def test_behind_a_proxy_cookies_are_for_https(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxies) -> None:
    """A real server on loopback; what a proxy says is believed only where it is named."""
    engine = new_database(tmp_path)
    access.add_account(engine, "ann", "reader", PASSWORD, NOW)
    monkeypatch.setattr(settings, "DATABASE_URL", str(engine.url))
    monkeypatch.setattr("cli.serving.INDEX_FOLDER", tmp_path / "index")
    with WebServer(Place(0, allowed_hosts=(HOST,), proxies=proxies)) as server:
        forwarded = {"host": HOST, "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9"}
        with httpx.Client(base_url=server.address, headers=forwarded) as client:
            page = client.get("/login")
            cookie, (token,) = page.headers["set-cookie"], re.findall(r'value="(\w{64})"', page.text)
            fields = {"form_token": token, "name": "ann", "password": PASSWORD, "next": "/sources"}
            name, _, value = cookie.partition(";")[0].partition("=")
            answer = client.post("/login", data=fields, headers={"cookie": f"{name}={value}"})
            assert client.get("/", headers={"host": "evil.example"}).status_code == 400
        assert (answer.status_code, answer.headers["location"]) == (303, "/sources")
        assert answer.headers["set-cookie"].startswith("__Host-" if proxies else "armswatch_session=")
        assert ("Secure" in answer.headers["set-cookie"]) is bool(proxies)
        assert "server" not in answer.headers
    engine.dispose()
