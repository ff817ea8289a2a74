"""A database in which every text is hostile, and an archive with a hostile page, for tests in a browser."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from sqlalchemy import CheckConstraint, Engine, String, Table, select, update
from sqlalchemy.orm import Session

from models import Alert, Article, Base, Capture, CrawlRun, Delivery, Lease, Page
from models.alert import DELIVERY_STATES
from models.crawl import PAGE_STATES
from pipelines.archive import ArchiveWriter
from pipelines.items import Received
from pipelines.store_transfers import rebuild_transfers
from tests.hostile_texts import hostile_texts
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

ARTICLES = 24  # more than one page of the list
# What is no text of anybody's: vocabularies, digests, addresses of our own files, and words that JSON keeps for us.
OURS = {
    "status", "role", "modality", "value_kind", "currency", "category", "register_category", "sha256", "text_sha256",
    "warc_file", "published_precision", "supplier", "recipient", "key", "password", "token",
}  # fmt: skip
OUR_KEYS = {"kind", "stage", "status", "happened", "published_at", "first_seen_at", "currency"}
# Addresses that no crawl writes, since an extractor keeps web addresses only, are among the texts on purpose.
PAGE = b"""<!doctype html><html lang=en><head><title>Captured</title><script>parent.document.title='ran'</script>
<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example/">
<link rel=stylesheet href="https://evil.example/a.css"><link rel=preconnect href="https://evil.example/">
<style>@import url(https://evil.example/b.css); body{background:url(https://evil.example/c.png)}</style></head>
<body onload="document.title='ran'" background="https://evil.example/d.png"><h1>As it was captured</h1>
<p style="background:url(https://evil.example/e.png)">France sells Egypt 30 Rafale jets.</p>
<img src="https://evil.example/f.png" srcset="https://evil.example/g.png 2x" onerror="document.title='ran'" alt="A jet">
<iframe src="https://evil.example/h"></iframe><object data="https://evil.example/i"></object>
<form action="https://evil.example/j"><input name=q autofocus onfocus="document.title='ran'"><button>Go</button></form>
<a href="https://evil.example/k" ping="https://evil.example/l">A link</a>
<video src="https://evil.example/m" autoplay></video>
<svg onload="document.title='ran'"><script>document.title='ran'</script></svg></body></html>"""


def hostile_database(folder: Path) -> Engine:
    """Give a database of everything the pages show, each text one of 200 hostile ones, with its archive beside it."""
    engine = new_database(folder)
    texts = cycle(hostile_texts())
    with Session(engine) as session, session.begin():
        _write_rows(session)
    with Session(engine) as session, session.begin():
        for name in ("outlet", "article", "revision", "claim"):
            _poison(session, Base.metadata.tables[name], texts)
    rebuild_transfers(engine)
    with Session(engine) as session, session.begin():
        for table in Base.metadata.sorted_tables:
            _poison(session, table, texts)
        newest = session.get_one(Article, ARTICLES).current_revision
        assert newest is not None
        newest.paragraphs = [{"text": text, "kind": "text"} for text in hostile_texts()]
        _archive(session, folder / "captures")
    return engine


def _write_rows(session: Session) -> None:
    for number, name in enumerate(("harbour", "vestnik", "notices")):
        source = source_for(session, name, reason="late", state=("healthy", "failing", "blocked")[number], expect=9)
        source.outlet.owner, source.outlet.kind = "A family", ("newspaper", "state media", "government")[number]
        add_run(session, source, NOW - timedelta(hours=1 + number), ("finished", "failed", "incomplete")[number])
    add_run(session, source, NOW, outcome=None)
    session.add(Lease(name="scheduler", holder="somebody", expires_at=NOW + timedelta(minutes=1)))
    articles = [_write_article(session, number) for number in range(ARTICLES)]
    add_revision(session, articles[0], ["France sells Egypt 12 Rafale jets.", "More to come."])
    add_claim(session, articles[0], "12 Rafale jets", quantity=12)
    for at, state in enumerate(PAGE_STATES):
        page = Page(url=f"https://harbour.example/{state}", source_id=1, found_at=NOW - timedelta(days=9 * at))
        page.found_in, page.state, page.reason = "feed", state, "a reason"
        session.add(page)
    _write_alerts(session)


def _write_alerts(session: Session) -> None:
    asked = {"kind": "articles", "words": "x", "filters": {"outlet": "x"}}
    watched = {"kind": "transfers", "stage": "delivered", "origins": 2, "filters": {"recipient": "EGY", "weapon": "x"}}
    for name, query, channel in (("digest", asked, "mail"), ("chat", watched, "webhook"), ("read", asked, "feed")):
        target = None if channel == "feed" else "json://somebody.example/secret"
        alert = Alert(name=name, query=query, channel=channel, target=target, every=0, created_at=NOW, next_send_at=NOW)
        session.add(alert)
        session.flush()
        for number, state in enumerate(DELIVERY_STATES, 1):
            facts = {
                "kind": "article",
                "id": number,
                "headline": "x",
                "outlet": "x",
                "published_at": None,
                "claims": [],
            }
            sent = Delivery(item=f"article {number}", subject="x", facts=facts, found_at=NOW, state=state, outcome="x")
            sent.alert_id, sent.attempts, sent.sent_at = alert.id, number, NOW if state == "sent" else None
            session.add(sent)


def _write_article(session: Session, number: int) -> Article:
    source = ("harbour", "vestnik", "notices")[number % 3]
    text = ["France sells Egypt 30 Rafale jets.", "The deal is worth money."]
    article = add_article(session, f"story-{number}", text, source=source, authors=["x"], keywords=["x"], image="x",
                          description="x", section="x", publisher="x", agency="x", amp_url=f"x{number}",
                          published_at=NOW - timedelta(days=40 * number), problems=["x"])  # fmt: skip
    article.origin_group = 1 + number % 2
    add_claim(session, article, "France sells Egypt 30 Rafale jets", quantity=30 + number, attributed_to="x",
              value_min=1e9, value_max=1e9, currency="EUR", value_kind="contract", year=2026)  # fmt: skip
    add_table(session, article, {2020: 3.0, 2021: None, 2022: 5000.0})
    add_structured_data(session, article, {"@type": "x", "headline": "x", "deep": [{"x": ["x"]}]})
    return article


def _poison(session: Session, table: Table, texts: Iterator[str]) -> None:
    """Put a hostile text in every column of every row that holds text or JSON, but for what is ours."""
    checked = " ".join(str(each.sqltext) for each in table.constraints if isinstance(each, CheckConstraint))
    columns = [each for each in table.columns if each.name not in OURS and each.name not in checked.split()]
    keys = list(table.primary_key.columns)
    if any(isinstance(key.type, String) for key in keys):
        return
    for row in session.execute(select(table)).mappings():
        values = {each.name: _hostile(each, row[each.name], texts) for each in columns if row[each.name] is not None}
        values = {name: value for name, value in values.items() if value != row[name]}
        if values:
            session.execute(update(table).where(*(key == row[key.name] for key in keys)).values(values))


def _hostile(column: Any, value: Any, texts: Iterator[str]) -> Any:
    if column.name == "weapon":  # a designation of our own list: one line without control signs
        return "".join(each for each in next(texts) if each.isprintable()).strip()
    if isinstance(column.type, String):
        return f"{next(texts)} {value[-12:]}" if column.unique else next(texts)
    return _hostile_json(value, texts) if isinstance(value, dict | list) else value


def _hostile_json(value: Any, texts: Iterator[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _hostile_json(each, texts, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_hostile_json(each, texts, key) for each in value]
    return next(texts) if isinstance(value, str) and key not in OUR_KEYS else value


def _archive(session: Session, folder: Path) -> None:
    """Let every capture be one hostile page in the archive, compressed as servers do."""
    headers = ((b"Content-Type", b"text/html; charset=utf-8"), (b"Content-Encoding", b"gzip"), (b"X-Evil", b"<script>"))
    received = Received("https://harbour.example/", 200, headers, gzip.compress(PAGE), NOW)
    writer = ArchiveWriter(folder, "harbour/day.warc.gz")
    place = writer.append(received, "https://harbour.example/")
    writer.close()
    run = session.scalars(select(CrawlRun.id).order_by(CrawlRun.id)).first()
    for capture in session.scalars(select(Capture)):
        capture.warc_file, capture.warc_offset, capture.warc_length = place.warc_file, 0, place.warc_length
        capture.sha256, capture.bytes, capture.crawl_run_id = place.sha256, place.bytes, run
