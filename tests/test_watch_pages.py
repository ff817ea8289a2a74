"""The pages on outlets, sources, crawls, coverage, captures and revisions, those that explain the data, the rail."""

import gzip
import hashlib
import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from models import Base, Capture, Lease
from models.facets import FacetCount, Facets
from models.search_index import SearchIndex
from models.suggestions import Suggestion
from pipelines.archive import ArchiveWriter
from pipelines.captured import DamagedRecordError, open_capture
from pipelines.items import Received
from tests.sample_rows import NOW, add_article, add_claim, add_revision, add_run, new_database, source_for
from web.app import create_app
from web.dictionary import data_dictionary
from web.documents import read_document
from web.questions import ArticleQuestion
from web.rail import chosen_filters, fields_beside, filter_groups, meant_addresses

HTML = b"""<!doctype html><title>T</title><script>x()</script><h1>K9 for Estonia</h1>
<p>South Korea sells\n Estonia 18 <b>K9</b>.</p>"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("watch")
    engine = new_database(folder)
    with Session(engine) as session, session.begin():
        _write_rows(session, folder / "captures")
    SearchIndex(folder / "index").update(engine)
    yield TestClient(create_app(str(engine.url), folder / "index", now=lambda: NOW), base_url="http://localhost")
    engine.dispose()


def _write_rows(session: Session, captures: Path) -> None:
    source = source_for(session, "harbour", expect=7)
    source.outlet.owner, source.outlet.kind = "Harbour Group", "state media"
    source_for(session, "sister").outlet.owner = "Harbour Group"
    source_for(session, "resting", enabled=False, state="disabled")
    source_for(session, "late", next_crawl_at=NOW - timedelta(days=2))
    run = add_run(session, source, NOW - timedelta(hours=1))
    run.counts = {"requests": 3, "found/new": 2, "article/new": 1}
    article = add_article(session, "k9", "South Korea sells Estonia 18 K9.")
    add_claim(
        session, article, "South Korea sells Estonia 18 K9", supplier="KOR", recipient="EST", weapon="K9", quantity=18
    )
    add_revision(session, article, "South Korea sells Estonia 12 K9.")
    add_claim(
        session, article, "South Korea sells Estonia 12 K9", supplier="KOR", recipient="EST", weapon="K9", quantity=12
    )
    _keep(session, captures, run.id)


def _keep(session: Session, folder: Path, run_id: int) -> None:
    """Put an HTML page behind the first capture; the second one's file is not there."""
    headers = ((b"Content-Type", b"text/html"), (b"Content-Encoding", b"gzip"))
    writer = ArchiveWriter(folder, "harbour/day.warc.gz")
    place = writer.append(
        Received("https://harbour.example/k9", 200, headers, gzip.compress(HTML), NOW), "https://a.example"
    )
    writer.close()
    first = session.scalars(select(Capture).order_by(Capture.id)).first()
    assert first is not None
    first.warc_file, first.warc_offset, first.warc_length = place.warc_file, place.warc_offset, place.warc_length
    first.sha256, first.bytes, first.crawl_run_id = place.sha256, place.bytes, run_id


SHOWN = {
    "/": ["New articles", "Sources well", "state media"],
    "/articles?recipient=Estonia": ["Did you mean", "/articles\\?recipient=EST"],
    "/outlets/1": ["Harbour Group", "state media", "Sister"],
    "/sources": ["overdue", "harbour"],
    "/sources/harbour": ["of 7 expected", "newest 1", "1 min"],
    "/crawls": ["1 crawl", "1 min"],
    "/crawls?source=sister": ["No such crawl"],
    "/crawls?outcome=finished": ["1 crawl<"],
    "/crawls/1": ["found/new", "1 × 200", "article 1"],
    "/schedule": ["No scheduler is at work", "Overdue", "only when asked for"],
    "/coverage": ["not watched", "watched"],
    "/coverage?outlet=2&weeks=2": ["Sister", "All outlets"],
    "/coverage?until=2026-01-01": ["week of 2025-12-29", "Later weeks"],
    "/articles/1/changes": ["claim changed", "<bdi>18</bdi>", "<ins>12</ins>"],
    "/captures/1": ["K9", "checked just now", "on the page", "gzip"],
    "/captures/2": ["harbour.warc.gz", "No such file"],
    "/dictionary": ["warc_offset", "revision.id", "may be empty"],
    "/accuracy": ["How often it is right", "precision", "Turkish"],
}


@pytest.mark.parametrize("address", SHOWN)
def test_pages(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    text = unescape(answer.text)
    assert [each for each in SHOWN[address] if not re.search(each, text)] == []


@pytest.mark.parametrize("address", [each for each in SHOWN if each != "/"])
def test_twins_answer_what_pages_ask(client: TestClient, address: str) -> None:
    page = client.get(address).text
    (twin,) = re.findall(r'href="(/api/v1/[^"]*)">This page as JSON', page)
    assert client.get(unescape(twin)).status_code == 200
    assert client.get("/api/v1" + address).status_code == 200


MISSING = ["/outlets/99", "/sources/nobody", "/crawls/99", "/captures/99", "/articles/99/changes", "/captures/99/page",
           "/articles/1/changes?before=1&after=99", "/captures/2/page", "/captures/2/source"]  # fmt: skip


@pytest.mark.parametrize("address", MISSING)
def test_what_is_not_there_is_said_in_one_line(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    (message,) = re.findall(r'role="alert">(.*)</p>', answer.text)
    assert "there is no" in message or "No such file" in message


@pytest.mark.parametrize("address", ["/crawls?outcome=odd", "/coverage?weeks=0", "/coverage?until=x", "/crawls?page=0"])
def test_mistakes_in_addresses(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 400
    assert list(client.get("/api/v1" + address).json()) == ["error"]


def test_a_scheduler_at_work_is_seen(tmp_path: Path) -> None:
    engine = new_database(tmp_path)
    with Session(engine) as session, session.begin():
        session.add(Lease(name="scheduler", holder="x", expires_at=NOW + timedelta(seconds=30)))
    client = TestClient(create_app(str(engine.url), tmp_path / "index", now=lambda: NOW), base_url="http://localhost")
    assert "a scheduler is at work" in client.get("/schedule").text
    engine.dispose()


def test_the_archived_page_is_shown_without_life(client: TestClient) -> None:
    answer = client.get("/captures/1/page")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "<h1>K9 for Estonia</h1>" in answer.text
    assert "script" not in answer.text
    assert "frame-src 'self'" in client.get("/captures/1").headers["content-security-policy"]
    assert 'sandbox src="/captures/1/page"' in client.get("/captures/1").text


def test_source_and_bytes_are_as_received(client: TestClient) -> None:
    source, raw = client.get("/captures/1/source"), client.get("/captures/1/raw")
    assert (source.headers["content-type"], source.content) == ("text/plain; charset=utf-8", HTML)
    assert hashlib.sha256(raw.content).hexdigest() == client.get("/api/v1/captures/1").json()["capture"]["sha256"]
    assert raw.headers["content-disposition"].startswith("attachment")
    assert raw.headers["content-type"] == "application/octet-stream"


DEAD = {
    "script": b"<p>a<script>b</script>c</p>",
    "handler": b"<p onclick=b>a</p>",
    "script in a link": b"<a href=javascript:b>a</a>",
    "picture": b"<p>a<img src=//evil.example/b srcset='//evil.example/b 2x' alt=x></p>",
    "style": b"<style>b{}</style><p style='background:url(//evil.example)'>a</p>",
    "what is fetched ahead": b"<link rel=preconnect href=//evil.example><p>a</p>",
    "frame": b"<iframe srcdoc='<p>b'></iframe><p>a</p>",
    "form": b"<form action=//evil.example><input name=b><button formaction=//evil.example>b</button>a</form>",
    "svg": b"<svg onload=b><a xlink:href=//evil.example>b</a></svg><p>a</p>",
    "reload": b"<meta http-equiv=refresh content='0;url=//evil.example'><p>a</p>",
    "unclosed": b"<p>a<script>b",
    "comment": b"<!--[if IE]><script>b</script><![endif]--><p>a</p>",
}


@pytest.mark.parametrize("markup", DEAD.values(), ids=DEAD)
def test_nothing_lively_is_left(markup: bytes, tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "day.warc.gz")
    draft = writer.append(Received("https://a.example/", 200, ((b"Content-Type", b"text/html"),), markup, NOW), "x")
    writer.close()
    shown = open_capture(tmp_path, draft, 1000).without_life().decode().lower()
    assert "a" in shown
    left = r"<(script|style|link|meta|iframe|svg|input|button)|\b(src|srcset|style|href|action|formaction|on\w+)="
    assert re.findall(left, re.sub(r'title="[^"]*"', "", shown)) == []


def test_a_body_that_unpacks_too_far_is_refused(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "day.warc.gz")
    bomb = Received("https://a.example/", 200, ((b"Content-Encoding", b"gzip"),), gzip.compress(bytes(10**6)), NOW)
    draft = writer.append(bomb, "x")
    writer.close()
    with pytest.raises(DamagedRecordError, match="more than 1000 bytes"):
        open_capture(tmp_path, draft, 1000)
    nothing = SimpleNamespace(warc_file=None, warc_offset=None, warc_length=None, sha256=None, bytes=None)
    with pytest.raises(DamagedRecordError, match="nothing was kept"):
        open_capture(tmp_path, nothing, 1000)


def test_the_dictionary_describes_everything() -> None:
    entries = {entry.name: entry for entry in data_dictionary()}
    assert set(entries) == set(Base.metadata.tables)
    assert [c.name for entry in entries.values() for c in entry.columns if not c.meaning] == []
    claim = {column.name: column for column in entries["claim"].columns}
    assert (claim["revision_id"].leads_to, claim["value_min"].type) == ("revision.id", "number")
    assert entries["page"].grids[0].rows[0][0][0].text == "wanted"


def test_documents_are_read_in_parts() -> None:
    parts = {part.title: part for part in read_document("accuracy.md")}
    assert parts["Claims"].grids[0].head[0][0].text == "language"
    assert any(words.kind == "code" for line in parts["How often it is right"].paragraphs for words in line)


NONE: dict[str, tuple[FacetCount, ...]] = dict.fromkeys(Facets.__dataclass_fields__, ())
FACETS = Facets(**NONE | {
    "supplier": (FacetCount("KOR", "South Korea", 7), FacetCount("USA", "United States", 3)),
    "year": (FacetCount("2026", "2026", 5),),
    "outlet": (FacetCount("A & B", "A & B", 1), FacetCount("bad\x01name", "bad\x01name", 1)),
})  # fmt: skip


def addresses(question: ArticleQuestion) -> dict[str, str | None]:
    return {each.label: each.address for group in filter_groups(question, FACETS) for each in group.choices}


def test_the_rail_sets_filters_and_takes_them_back() -> None:
    question = ArticleQuestion(q="tank", supplier="KOR", page=3)
    assert addresses(question) == {
        "South Korea": "/articles?q=tank",
        "United States": "/articles?q=tank&supplier=USA",
        "2026": "/articles?supplier=KOR&q=tank&since=2026-01-01&until=2027-01-01",
        "A & B": "/articles?supplier=KOR&q=tank&outlet=A+%26+B",
        "bad\x01name": None,
    }
    assert [(each.label, each.value, each.address) for each in chosen_filters(question, FACETS)] == [
        ("Supplier", "South Korea", "/articles?q=tank")
    ]
    assert fields_beside(question, ["q"]) == {"supplier": "KOR"}


def test_what_may_have_been_meant_is_asked_instead() -> None:
    told = [
        ("words", "Estonia", "Estonia", 4),
        ("words", "estonia", "Estonia", 3),
        ("supplier", "EST", "Estonia (the state)", 2),
    ]
    meant = meant_addresses(ArticleQuestion(q="Estnia", page=2), [Suggestion(*each) for each in told])
    assert [(each.label, each.count, each.address) for each in meant] == [
        ("Estonia", 4, "/articles?q=Estonia"),
        ("Estonia (the state)", 2, "/articles?q=Estnia&supplier=EST"),
    ]


def test_a_year_is_taken_back_whole() -> None:
    question = ArticleQuestion(since=date(2026, 1, 1), until=date(2027, 1, 1))
    assert addresses(question)["2026"] == "/articles"
    assert addresses(ArticleQuestion(since=date(2026, 1, 1)))["2026"] == "/articles?since=2026-01-01&until=2027-01-01"


def test_a_card_shows_the_strongest_claim_and_whether_it_stands_there(client: TestClient) -> None:
    text = unescape(client.get("/articles").text)
    assert "stands in the text" in text
    assert "South Korea sells Estonia 12 K9</blockquote>" in text
    assert "12 × K9" in text


def test_what_is_new(client: TestClient) -> None:
    news = client.get("/api/v1/overview").json()["news"]
    assert (news["articles"], news["claims"], news["changed"]) == (1, 1, 1)
