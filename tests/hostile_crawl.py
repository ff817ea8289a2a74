"""What the hostile tests share: a spider over the hostile server's feed, and what the database says afterwards."""

from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Article, CrawlRun, Source
from models import Page as PageRow
from models.connection import connect

SPIDER = """
from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet

class {name}Spider(FeedSpider):
    name = "{name}"
    outlet = Outlet("{name}")
    start_urls = [{start!r}]
    custom_settings = {settings!r}
"""
QUICK = {"DOWNLOAD_TIMEOUT": 3, "RETRY_TIMES": 1}  # what 45 seconds and two retries are in earnest


def write_spider(workplace: SimpleNamespace, name: str, start: str, **settings: Any) -> None:
    text = SPIDER.format(name=name, start=start, settings=QUICK | settings)
    (workplace.spiders / f"{name}.py").write_text(text)


def pages(workplace: SimpleNamespace) -> dict[str, tuple[str, str | None]]:
    """State and reason of each page."""
    return {row.url: (row.state, row.reason) for row in rows(workplace, select(PageRow))}


def articles(workplace: SimpleNamespace) -> dict[str, Article]:
    return {row.canonical_url: row for row in rows(workplace, select(Article))}


def runs(workplace: SimpleNamespace) -> list[CrawlRun]:
    return rows(workplace, select(CrawlRun).order_by(CrawlRun.id))


def sources(workplace: SimpleNamespace) -> dict[str, Source]:
    return {row.name: row for row in rows(workplace, select(Source))}


def rows(workplace: SimpleNamespace, query: Any) -> list[Any]:
    engine = connect(workplace.url, reads_only=True)
    with Session(engine, expire_on_commit=False) as session:
        found = list(session.scalars(query))
    engine.dispose()
    return found
