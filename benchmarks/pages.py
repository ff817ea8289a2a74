"""How long the web pages take over a million articles, from the request to the whole answer, in this process.

Run from the repository: python -m benchmarks.pages FOLDER [--size 1000000] [--only sqlite|postgresql]

FOLDER is that of benchmarks.search, which also measures the lists of articles; what is built stays there.
"""

import argparse
import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import Engine, func, insert, literal, select
from sqlalchemy.orm import Session

from benchmarks.search import Case, Times, databases, measure
from benchmarks.search_corpus import CHUNK, NOW, OUTLETS, Corpus, Weighted, settle, write_corpus
from models import Article, CrawlRun, Page, Transfer
from models.connection import connect, upgrade
from web.app import create_app

CRAWLS = 2000  # of each source: about a year, every four to five hours
OUTCOMES = {"finished": 92, "incomplete": 3, "failed": 4, "killed": 1}
FATES = {"irrelevant": 85, "failed": 5, "gone": 3, "refused": 4, "wanted": 3}  # of pages that became no article
REASONS = {"failed": ("HTTP 500", "timed out", "no text"), "gone": ("HTTP 404", "HTTP 410"),
           "refused": ("robots", "consent wall", "login")}  # fmt: skip
REPEATS = 15


def write_watch(engine: Engine, size: int, seed: int = 3) -> None:
    """Add what the corpus leaves out: as many pages again that became no article, and a year of crawls."""
    random, fates = Random(seed), Weighted.of(FATES)
    with engine.begin() as connection:
        for first in range(1, size + 1, CHUNK):
            query = select(Page.id, Page.source_id, Page.found_at).where(Page.id.between(first, first + CHUNK - 1))
            rows = connection.execute(query).all()
            states = fates.draw(random, len(rows))
            connection.execute(insert(Page), [
                {"id": size + row.id, "url": f"https://outlet{row.source_id}.example/other/{row.id}",
                 "source_id": row.source_id, "found_at": row.found_at, "found_in": "feed", "state": state,
                 "reason": random.choice(REASONS[state]) if state in REASONS else None, "attempts": 1}
                for row, state in zip(rows, states, strict=True)
            ])  # fmt: skip
        for source in range(1, OUTLETS + 1):
            connection.execute(insert(CrawlRun), list(_crawls(source, random)))
    settle(engine)


def _crawls(source: int, random: Random) -> Iterator[dict[str, object]]:
    outcomes = Weighted.of(OUTCOMES).draw(random, CRAWLS)
    for number, outcome in enumerate(outcomes):
        began = NOW - timedelta(hours=4.4 * number + random.random())
        ended = began + timedelta(minutes=2)
        yield {"source_id": source, "slot": began, "started_at": began, "heartbeat_at": ended, "finished_at": ended,
               "outcome": outcome, "counts": {"pages": 12}}  # fmt: skip


def prepare(engine: Engine, size: int) -> None:
    """Build what is not there yet."""
    upgrade(engine)
    with Session(engine) as session:
        has_articles = session.scalar(select(literal(1)).select_from(Article).limit(1))
        has_crawls = session.scalar(select(literal(1)).select_from(CrawlRun).limit(1))
    if not has_articles:
        write_corpus(engine, Corpus(size))
    if not has_crawls:
        write_watch(engine, size)


def addresses(engine: Engine) -> dict[str, list[str]]:
    """Give addresses of each kind of page, those with most to count among them."""
    with Session(engine) as session:
        last = session.scalar(select(func.max(Article.id))) or 1
        transfers = session.scalars(select(Transfer.id).limit(REPEATS)).all()
        (supplier, recipient, weapon) = (
            _commonest(session, each) for each in (Transfer.supplier, Transfer.recipient, Transfer.weapon)
        )
        outlet = _commonest(session, Article.outlet_id)
    return {
        "overview": ["/"],
        "an article": [f"/articles/{last - 7 * number}" for number in range(REPEATS)],
        "transfers": ["/transfers", "/transfers?page=40", f"/transfers?supplier={supplier}"],
        "a transfer": [f"/transfers/{each}" for each in transfers],
        "countries": ["/countries"],
        "a country": [f"/countries/{supplier}", "/countries/FRA"],
        "a pair": [f"/pairs/{supplier}/{recipient}", "/pairs/FRA/EGY"],
        "weapons": ["/weapons"],
        "a weapon": [f"/weapons/{weapon}"],
        "an outlet": [f"/outlets/{outlet}", "/outlets/2"],
        "sources": ["/sources"],
        "a source": [f"/sources/source_{outlet}", "/sources/source_2"],
        "crawls": ["/crawls", "/crawls?outcome=failed", "/crawls?page=200"],
        "a crawl": ["/crawls/1"],
        "schedule": ["/schedule"],
        "coverage of 8 weeks": ["/coverage"],
        "coverage of 26 weeks": ["/coverage?weeks=26"],
        "alerts": ["/alerts"],
    }


def _commonest(session: Session, column: Any) -> Any:
    return session.scalar(select(column).group_by(column).order_by(func.count().desc()).limit(1))


class Visitor:
    """Asks the application in this process."""

    def __init__(self, app: FastAPI, runner: asyncio.Runner) -> None:
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://localhost")
        self._runner = runner

    def open(self, address: str) -> None:
        """Open a page; one that is not there or too slow ends the measurement."""
        self._runner.run(self._client.get(address)).raise_for_status()


def measure_pages(visitor: Visitor, pages: dict[str, list[str]]) -> Iterator[tuple[str, float, Times]]:
    """Measure each kind of page: the first call after the start, and those after it."""
    for name, named in pages.items():
        began = time.perf_counter()
        visitor.open(named[0])
        first = (time.perf_counter() - began) * 1000
        yield name, first, measure([_case(visitor, named[at % len(named)]) for at in range(REPEATS)])


def _case(visitor: Visitor, address: str) -> Case:
    return lambda: visitor.open(address)


def main() -> None:
    """Build, measure, print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with databases(given.folder, given.only) as urls, asyncio.Runner() as runner:
        for kind, url in urls.items():
            engine = connect(url)
            prepare(engine, given.size)
            visitor = Visitor(create_app(url, given.folder / "index", now=lambda: NOW), runner)
            print(f"\n{kind}\n\n| page | first ms | ms p50 | p95 | CPU ms p50 | p95 |\n|---|---|---|---|---|---|")
            for name, first, times in measure_pages(visitor, addresses(engine)):
                print(times.row(f"{name} | {first:.0f}"), flush=True)
            engine.dispose()


if __name__ == "__main__":
    main()
