"""Rows for tests of lists, search and web pages: a temporary database, outlets, articles written through the ORM."""

import hashlib
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import (
    Article,
    ArticleChange,
    ArticleTable,
    Capture,
    Claim,
    CrawlRun,
    Observation,
    Outlet,
    Page,
    Revision,
    Series,
    Source,
    StructuredData,
)
from models.connection import connect, upgrade

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)


def new_database(folder: Path) -> Engine:
    """Give an empty database in the folder: a copy of one that was upgraded once."""
    path = folder / "armswatch.db"
    path.write_bytes(_empty_database())
    return connect(f"sqlite:///{path}")


@cache
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        engine = connect(f"sqlite:///{path}")
        upgrade(engine)
        engine.dispose()
        return path.read_bytes()


def source_for(session: Session, name: str = "harbour", **fields: Any) -> Source:
    known = session.scalar(select(Source).where(Source.name == name))
    if known is not None:
        return known
    outlet = Outlet(
        name=fields.pop("outlet", name.title()),
        country=fields.pop("country", "GB"),
        languages=["en"],
        kind="newspaper",
        homepage=f"https://{name}.example/",
    )
    defaults = {"interval": 3600, "next_crawl_at": NOW + timedelta(minutes=5), "state": "healthy"}
    source = Source(name=name, outlet=outlet, **{**defaults, **fields})
    session.add(source)
    session.flush()
    return source


def add_article(session: Session, slug: str, text: str | list[str], **fields: Any) -> Article:
    """Write an article with one page, one capture and one revision."""
    source = source_for(session, fields.pop("source", "harbour"))
    url = f"https://{source.name}.example/{slug}"
    defaults: dict[str, Any] = {
        "canonical_origin": "link rel=canonical",
        "headline": slug.replace("-", " ").capitalize(),
        "headline_origin": "h1",
        "authors": [],
        "published_at": NOW - timedelta(days=1),
        "published_origin": "json-ld",
        "published_precision": "minute",
        "published_raw": "19 May 2026, 12:00",
        "first_seen_at": NOW - timedelta(hours=20),
        "language": "en",
        "access": "full",
        "keywords": [],
        "relevance": 0.9,
        "relevance_reasons": ["two states and a weapon"],
        "candidates": [{"field": "headline", "value": "Another headline", "origin": "og:title"}],
        "problems": [],
    }
    article = Article(**{"canonical_url": url, **defaults, **fields}, source_id=source.id, outlet_id=source.outlet_id)
    session.add(article)
    session.flush()
    article.origin_group = fields.get("origin_group", article.id)
    page = Page(url=url, source_id=source.id, article_id=article.id, found_at=NOW, found_in="feed", state="done")
    session.add(page)
    session.flush()
    add_revision(session, article, text)
    return article


def add_revision(session: Session, article: Article, text: str | list[str]) -> Revision:
    """Write how the article reads now."""
    page = session.scalars(select(Page).where(Page.article_id == article.id)).one()
    capture = Capture(page=page, fetched_at=NOW, final_url=page.url, status=200, sha256="ab" * 32, bytes=1200)
    capture.warc_file, capture.warc_offset, capture.warc_length = "harbour.warc.gz", 0, 900
    session.add(capture)
    session.flush()
    paragraphs = [text] if isinstance(text, str) else text
    revision = Revision(
        article_id=article.id,
        capture_id=capture.id,
        seen_at=NOW,
        headline=article.headline,
        published_at=article.published_at,
        paragraphs=[{"text": each, "kind": "text"} for each in paragraphs],
        text_sha256=hashlib.sha256("\n\n".join(paragraphs).encode()).hexdigest(),
    )
    session.add(revision)
    session.flush()
    article.current_revision_id = revision.id
    session.add(ArticleChange(article_id=article.id))
    session.flush()
    return revision


def add_claim(session: Session, article: Article, quote: str, **fields: Any) -> Claim:
    """Write a claim whose quote stands in one of the article's paragraphs."""
    revision = session.get(Revision, article.current_revision_id)
    assert revision is not None
    paragraph, start = next(
        (number, each["text"].index(quote)) for number, each in enumerate(revision.paragraphs) if quote in each["text"]
    )
    position = len(list(session.scalars(select(Claim.id).where(Claim.revision_id == revision.id))))
    defaults: dict[str, Any] = {
        "supplier": "FRA",
        "recipient": "EGY",
        "weapon": "Rafale",
        "weapon_raw": ["Rafale"],
        "status": "contracted",
        "modality": "asserted",
        "rule": "supplier delivers",
        "confidence": 0.8,
    }
    claim = Claim(
        revision_id=revision.id,
        position=position,
        quote=quote,
        **{"paragraph": paragraph, "start": start, "end": start + len(quote), **defaults, **fields},
    )
    session.add_all([claim, ArticleChange(article_id=article.id)])
    session.flush()
    return claim


def add_table(session: Session, article: Article, values: dict[int, float | None], **fields: Any) -> ArticleTable:
    """Write a table of two columns whose second one is a series; None is a gap."""
    table = ArticleTable(
        revision_id=article.current_revision_id,
        position=0,
        columns=["Year", "Aircraft"],
        rows=[[str(year), "n/a" if value is None else f"{value:g}"] for year, value in values.items()],
        cells=[],
        scale=1.0,
        truncated=False,
        **{"caption": "Deliveries by year", "unit": "aircraft", "notes": ["n/a: not published"], **fields},
    )
    session.add(table)
    session.flush()
    series = Series(
        table_id=table.id, position=0, column=1, label="Aircraft", supplier="FRA", unit="aircraft", scale=1.0
    )
    series.observations = [
        Observation(position=row, period=year, value=value, raw=str(value), missing=value is None, row=row, column=1)
        for row, (year, value) in enumerate(values.items())
    ]
    session.add(series)
    session.flush()
    return table


def add_structured_data(session: Session, article: Article, data: dict[str, Any]) -> None:
    session.add(
        StructuredData(
            revision_id=article.current_revision_id,
            position=0,
            type="NewsArticle",
            data=data,
            found_in="script",
            repairs=[],
        )
    )
    session.flush()


def add_run(session: Session, source: Source, started_at: datetime, outcome: str | None = "finished") -> CrawlRun:
    run = CrawlRun(
        source_id=source.id,
        slot=started_at,
        started_at=started_at,
        heartbeat_at=started_at,
        finished_at=started_at + timedelta(minutes=1) if outcome else None,
        outcome=outcome,
        counts={},
    )
    session.add(run)
    session.flush()
    return run
