import asyncio
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.listing_detail import ParagraphRow
from models.search_index import SearchIndex
from tests.sample_rows import (
    NOW,
    add_article,
    add_claim,
    add_revision,
    add_run,
    add_structured_data,
    add_table,
    new_database,
    source_for,
)
from web.app import create_app
from web.evidence import mark_claims
from web.guard import is_known_host
from web.shown import is_web_address, new_templates, plain, show_duration, show_number, show_time

HOSTILE = "<script>alert(1)</script>{{7*7}}{% raw %}\"'><img src=x onerror=alert(1)>"
PAGES = ["/", "/articles", "/articles?q=rafale", "/articles/1", "/sources"]
TWINS = ["/api/v1/overview", "/api/v1/articles", "/api/v1/articles?q=rafale", "/api/v1/articles/1", "/api/v1/sources"]


class Client:
    """Asks the application in this process."""

    def __init__(self, app: FastAPI, base_url: str = "http://localhost") -> None:
        self.app, self.base_url = app, base_url

    def get(self, address: str, params: dict[str, str] | None = None, method: str = "GET") -> httpx.Response:
        return asyncio.run(self.ask(method, address, params))

    async def ask(self, method: str, address: str, params: dict[str, str] | None = None) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url=self.base_url) as client:
            return await client.request(method, address, params=params)


def _write_rows(session: Session) -> None:
    source = source_for(session, "harbour", reason=HOSTILE, state="failing")
    source.outlet.homepage = "javascript:alert(1)"
    add_run(session, source, NOW - timedelta(hours=1))
    article = add_article(
        session,
        "rafale",
        ["Lead " + HOSTILE, "Egypt signed for 30 Rafale jets, its ministry said."],
        headline="Egypt " + HOSTILE,
        authors=["Jane " + HOSTILE],
        image="javascript:alert(2)",
        canonical_url="javascript:alert(3)//rafale",
        language='en" onload="x',
        keywords=[HOSTILE],
        problems=[HOSTILE],
        candidates=[{"field": "headline", "value": HOSTILE, "origin": HOSTILE}],
    )
    add_claim(session, article, "Egypt signed for 30 Rafale jets", quantity=30, attributed_to=HOSTILE)
    add_claim(session, article, "30 Rafale", status="approved", weapon=None, weapon_raw=[HOSTILE])
    add_table(session, article, {2020: 3.0, 2021: None, 2022: 5000.0}, caption=HOSTILE, notes=[HOSTILE])
    add_claim(session, article, "30 Rafale", paragraph=None, start=None, end=None, table=0, row=2, column=1)
    add_structured_data(session, article, {"@type": HOSTILE, "price": float("nan")})
    add_article(session, "copy", "Rafale once more.", origin_group=article.id)
    add_revision(session, add_article(session, "edited", "First."), "Second.")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("web")
    engine = new_database(folder)
    with Session(engine) as session, session.begin():
        _write_rows(session)
    SearchIndex(folder / "index").update(engine)
    app = create_app(str(engine.url), folder / "index", allowed_hosts=["watch.example"], now=lambda: NOW)
    yield app
    engine.dispose()


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Client:
    return Client(app)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[tuple[Client, Engine]]:
    engine = new_database(tmp_path)
    app = create_app(str(engine.url), tmp_path / "index", now=lambda: NOW)
    yield Client(app), engine
    engine.dispose()


@pytest.mark.parametrize("address", PAGES)
def test_pages_show_hostile_texts_as_text(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert re.findall(r'<img (?!src="/plots/)', answer.text) == []
    assert "alert(1)</script>" in unescape(answer.text)
    assert "{{7*7}}" in answer.text
    assert "49{%" not in answer.text
    assert re.findall(r'(?:href|src|action)="(?!/|#|https?://)[^"]*"', answer.text) == []
    tags = re.sub(r'"[^"]*"', '""', "".join(re.findall("<[^>]*>", answer.text)))
    assert re.findall(r"\s(?:style|on\w+)=", tags) == []


@pytest.mark.parametrize("address", [*PAGES, *TWINS, "/nowhere", "/healthz", "/static/style.css", "/articles?q=("])
def test_every_answer_has_the_security_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"


def test_every_template_escapes() -> None:
    templates = new_templates()
    assert templates.autoescape is True
    assert templates.from_string("{{ text }}").render(text="<b>") == "&lt;b&gt;"


def test_overview(client: Client) -> None:
    text = client.get("/").text
    assert "3</dd>" in text
    assert "failing" in text


def test_article_shows_everything(client: Client) -> None:
    text = client.get("/articles/1").text
    assert '<mark class="claim">Egypt signed for </mark><mark class="claim">30 Rafale</mark>' in text
    assert 'href="#claim-2"' in text
    assert 'class="gap">gap<' in text
    assert '<mark class="claim">5000</mark><sup><a href="#claim-3"' in text
    assert '<img src="/plots/series/1.svg" alt="Bar chart of Aircraft from 2020 to 2022' in text
    assert "json-ld" in text
    assert "19 May 2026, 12:00" in text
    assert "precision: minute" in text
    assert "/articles/2" in text
    assert "as it reads now" in text


def test_search_marks_hits_and_keeps_the_question(client: Client) -> None:
    text = client.get("/articles", params={"q": 'jets "its ministry"', "outlet": "Harbour"}).text
    assert "<mark>jets</mark>" in text
    assert 'value="jets &#34;its ministry&#34;"' in text
    assert "Outlet: <bdi>Harbour</bdi>" in text
    assert "1 article<" in text


def test_lists_turn_pages(empty: tuple[Client, Engine]) -> None:
    client, engine = empty
    with Session(engine) as session, session.begin():
        for number in range(45):
            add_article(session, f"story-{number}", "Text.")
    SearchIndex(Path(engine.url.database or "").parent / "index").update(engine)
    first, last = client.get("/articles?country=GB").text, client.get("/articles?country=GB&page=3").text
    assert 'href="/articles?country=GB&amp;page=2"' in first
    assert "Previous page" not in first
    assert "page 3 of 3" in last
    assert "Next page" not in last
    assert len(client.get("/api/v1/articles?page=3").json()["rows"]) == 5


@pytest.mark.parametrize("address", ["/", "/articles", "/articles?q=tank", "/sources"])
def test_pages_of_an_empty_database(empty: tuple[Client, Engine], address: str) -> None:
    assert empty[0].get(address).status_code == 200


MISTAKES = {
    "query": ("/articles?q=%22open", 400, "a quotation mark is not closed"),
    "signs only": ("/articles?q=%26", 400, "no word to search for"),
    "date": ("/articles?since=yesterday", 400, "since: "),
    "filter that is none": ("/articles?colour=red", 400, "colour: "),
    "page": ("/articles?page=0", 400, "page: "),
    "page far out": ("/articles?page=100000", 400, "page: "),
    "NUL": ("/articles?outlet=%00", 400, "outlet: "),
    "order": ("/articles?order=random", 400, "order: "),
    "article that is not": ("/articles/99", 404, "there is no article 99"),
    "article id in words": ("/articles/first", 404, "there is no such article"),
    "article id beyond all ids": (f"/articles/{10**30}", 404, "there is no such article"),
    "page that is not": ("/nowhere", 404, "there is no such page"),
    "path outside": ("/static/..%2f..%2fpyproject.toml", 404, "there is no such page"),
}


@pytest.mark.parametrize("case", MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_one_clear_line(client: Client, case: tuple[str, int, str]) -> None:
    address, status, expected = case
    answer = client.get(address)
    assert answer.status_code == status
    (message,) = re.findall(r'role="alert">(.*)</p>', answer.text)
    assert expected in unescape(message)


@pytest.mark.parametrize(("address", "status"), [("/articles?q=(", 400), ("/articles/99", 404), ("/x", 404)])
def test_mistakes_of_the_api_are_json(client: Client, address: str, status: int) -> None:
    answer = client.get("/api/v1" + address)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])


def test_twins_hold_what_the_pages_show(client: Client) -> None:
    overview, article = client.get(TWINS[0]).json(), client.get(TWINS[3]).json()
    assert overview["totals"]["articles"] == 3
    assert article["article"]["headline"] == "Egypt " + HOSTILE
    assert article["claims"][0]["quantity"] == 30
    assert article["tables"][0]["series"][0]["observations"][1] == {
        "period": 2021, "value": None, "raw": "None", "missing": True, "row": 1, "column": 1,
    }  # fmt: skip
    assert article["structured_data"][0]["data"]["price"] is None
    assert article["article"]["published_at"] == "2026-05-19T12:00:00Z"
    found = client.get(TWINS[2]).json()
    assert {"text": "Rafale", "is_hit": True} in found["rows"][0]["snippet"]
    assert client.get(TWINS[4]).json()[0]["pages"] == {"done": 3}


def test_blank_form_fields_ask_nothing(client: Client) -> None:
    answer = client.get("/api/v1/articles?q=&since=&outlet=&order=date&supplier=++")
    assert answer.json()["total"] == 3


def test_pages_are_read_only(client: Client) -> None:
    assert client.get("/articles", method="POST").status_code == 405


HOSTS = {
    "loopback": ("127.0.0.1:8378", True),
    "another loopback": ("127.0.0.2", True),
    "IPv6": ("[::1]:8378", True),
    "name": ("localhost:8378", True),
    "below localhost": ("demo.localhost", True),
    "allowed": ("Watch.Example:443", True),
    "foreign": ("evil.example", False),
    "foreign with a familiar beginning": ("localhost.evil.example", False),
    "none": ("", False),
    "another machine": ("192.168.1.5", False),
    "two ports": ("localhost:1:2", False),
}


@pytest.mark.parametrize("case", HOSTS.values(), ids=HOSTS)
def test_hosts(case: tuple[str, bool]) -> None:
    header, expected = case
    assert is_known_host(header, {"watch.example"}) is expected


def test_a_foreign_host_is_refused(app: FastAPI) -> None:
    answer = Client(app, "http://evil.example").get("/")
    assert (answer.status_code, len(answer.text.splitlines())) == (400, 1)
    assert Client(app, "http://watch.example").get("/").status_code == 200


def test_health(empty: tuple[Client, Engine]) -> None:
    client, engine = empty
    assert (client.get("/healthz").status_code, client.get("/healthz").json()["ok"]) == (200, True)
    with Session(engine) as session, session.begin():
        source_for(session, next_crawl_at=NOW - timedelta(days=1))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == ["source harbour is overdue: it was due at 2026-05-19 12:00 UTC"]


def test_a_database_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_bytes(b"no database" * 1000)
    app = create_app(f"sqlite:///{tmp_path / 'broken.db'}", tmp_path / "index", now=lambda: NOW)
    client = Client(app)
    assert client.get("/healthz").status_code == 503
    assert client.get("/healthz").json()["reasons"] == ["the database cannot be read: DatabaseError"]
    page = client.get("/")
    assert page.status_code == 503
    assert "the database cannot be read now" in page.text


def test_while_served_the_index_follows(empty: tuple[Client, Engine]) -> None:
    client, engine = empty

    async def serve() -> int:
        async with client.app.router.lifespan_context(client.app):
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline:
                answer = await client.ask("GET", "/api/v1/articles?q=radar")
                if answer.json()["total"]:
                    return answer.json()["total"]
                await asyncio.sleep(0.05)
        return 0

    with Session(engine) as session, session.begin():
        add_article(session, "radars", "Radars for Romania.")
    assert asyncio.run(serve()) == 1


ADDRESSES = {
    "https": ("https://a.example/x", True),
    "http": ("http://a.example", True),
    "script": ("javascript:alert(1)", False),
    "script with a host": ("javascript://a.example/%0aalert(1)", False),
    "data": ("data:text/html,x", False),
    "tab within": ("java\tscript:alert(1)", False),
    "no host": ("https:///x", False),
    "broken": ("http://[", False),
    "no text": (None, False),
}


@pytest.mark.parametrize("case", ADDRESSES.values(), ids=ADDRESSES)
def test_addresses_that_may_be_links(case: tuple[object, bool]) -> None:
    address, expected = case
    assert is_web_address(address) is expected


def test_values_as_shown() -> None:
    assert (show_time(NOW, "day"), show_time(NOW), show_time(None)) == ("2026-05-20", "2026-05-20 12:00 UTC", "unknown")
    assert [show_number(each) for each in (12000, 2.5, None)] == ["12,000", "2.5", "unknown"]
    assert [show_duration(each) for each in (86400, 5400, 3600, 45)] == ["1 d", "90 min", "1 h", "45 s"]


def test_deep_json_ends() -> None:
    deep: list[object] = []
    for _ in range(400):
        deep = [deep]
    assert "nested deeper" in json.dumps(plain(deep))


def test_claims_that_overlap_or_reach_too_far() -> None:
    claims = [Span(0, 0, 5), Span(0, 3, 9), Span(1, 0, 99), Span(None, None, None)]
    first, second = mark_claims([ParagraphRow(0, "0123456789", "text"), ParagraphRow(1, "short", "text")], claims)
    assert [(each.text, each.claims, each.ends) for each in first.pieces] == [
        ("012", (1,), ()),
        ("34", (1, 2), (1,)),
        ("5678", (2,), (2,)),
        ("9", (), ()),
    ]
    assert "".join(each.text for each in second.pieces) == "short"


@dataclass(frozen=True)
class Span:
    paragraph: int | None
    start: int | None
    end: int | None
