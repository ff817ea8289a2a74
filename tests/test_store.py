from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from models import Article, ArticleChange, ArticleTable, Capture, Claim, Revision, Series, StructuredData, ledger
from models import Page as PageRow
from models.article_search import SearchQuestion, search_articles
from models.filters import ArticleFilters
from models.promises import broken_promises
from models.search_index import SearchIndex
from pipelines.archive import ArchiveWriter
from pipelines.frontier import Place, store_found
from pipelines.items import Found, Missed, Page, Reading, Received
from pipelines.patience import patiently
from pipelines.reader import add_claims, read_page
from pipelines.store import store_batch
from pipelines.store_parts import store_claims

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
URL = "https://wire.example/2026/11/20/howitzers"
OUTLET = {
    "name": "The Wire",
    "homepage": None,
    "country": "FR",
    "languages": ["en"],
    "kind": "newspaper",
    "owner": None,
}
HTML = """<html lang="en"><head><title>Utopia - The Wire</title>
<script type="application/ld+json">{"@type": "NewsArticle", "headline":
"South Korea delivers %(n)s howitzers to Poland", "datePublished": "2026-11-20T09:30:00+01:00",
"author": {"@type": "Person", "name": "Ana Poe"}}</script></head><body><article>
<h1>South Korea delivers %(n)s howitzers to Poland</h1>
<p>South Korea has delivered %(n)s K9 self-propelled howitzers to Poland under the contract signed in 2022, the ministry
in Warsaw said on Friday, adding that the next batch of artillery would be shipped from Gdynia in the spring.</p>
<p>The arms deal with the South Korean maker also covers ammunition, training of the crews and a set of spare parts
for the howitzers, according to the statement that the Polish ministry of defence published in the morning.</p>
<p>Poland ordered the guns after it had donated its older artillery to Ukraine; further deliveries are planned.</p>
<table><caption>South Korean arms exports to Poland (USD millions)</caption>
<tr><th>Year</th><th>South Korean Arms Exports to Poland (USD Millions)</th></tr>
<tr><td>2022</td><td>310</td></tr><tr><td>2023</td><td>1,200</td></tr><tr><td>2025</td><td>900</td></tr></table>
</article></body></html>"""


@pytest.fixture
def place(engine: Engine) -> Place:
    ledger.register_sources(engine, [ledger.SourceFacts("the_wire", timedelta(hours=1), 20, OUTLET)], NOW)
    run = ledger.start_run(engine, "the_wire", NOW)
    assert run is not None
    return Place(*ledger.place_of_run(engine, run.id), run.id)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[ArchiveWriter]:
    writer = ArchiveWriter(tmp_path, "day.warc.gz")
    yield writer
    writer.close()


def reading(archive: ArchiveWriter, html: str, at: datetime = NOW, url: str = URL, status: int = 200) -> Reading:
    received = Received(url, status, ((b"ETag", b'"1"'), (b"Content-Type", b"text/html")), html.encode(), at)
    page = Page(
        url, url, status, html.encode(), at, "text/html", received=received, capture=archive.append(received, url)
    )
    return add_claims(read_page(page, at))


def count(engine: Engine, table: type) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_same_page_twice_gives_the_same_rows(engine: Engine, place: Place, archive: ArchiveWriter) -> None:
    item = reading(archive, HTML % {"n": 12})
    tables = (Article, Revision, Capture, StructuredData, ArticleTable, Series, Claim, ArticleChange)
    store_batch(engine, place, [item], NOW)
    first = [count(engine, table) for table in tables]
    store_batch(engine, place, [item], NOW)
    assert [count(engine, table) for table in tables] == first
    assert first[:6] == [1, 1, 1, 1, 1, 1]
    with Session(engine) as session:
        article = session.scalars(select(Article)).one()
        assert article.headline == "South Korea delivers 12 howitzers to Poland"
        assert article.authors == ["Ana Poe"]
        assert article.published_at == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
        assert (article.published_origin, article.published_precision) == ("json-ld", "minute")
        series = session.scalars(select(Series)).one()
        assert (series.supplier, series.recipient, series.unit, series.scale) == ("KOR", "POL", "USD", 1e6)
        assert [(o.period, o.value, o.missing) for o in series.observations] == [
            (2022, 310e6, False), (2023, 1.2e9, False), (2024, None, True), (2025, 900e6, False),
        ]  # fmt: skip
        page = session.scalars(select(PageRow)).one()
        assert (page.state, page.etag, page.article_id) == ("done", '"1"', article.id)
    assert [broken for _, broken in broken_promises(engine) if broken] == []


def test_an_edit_makes_a_revision_and_keeps_the_old_one(engine: Engine, place: Place, archive: ArchiveWriter) -> None:
    later = NOW + timedelta(hours=3)
    store_batch(engine, place, [reading(archive, HTML % {"n": 12})], NOW)
    store_batch(engine, place, [reading(archive, HTML % {"n": 10}, later)], later)
    with Session(engine) as session:
        headlines = session.scalars(select(Revision.headline).order_by(Revision.seen_at)).all()
        assert headlines == [f"South Korea delivers {n} howitzers to Poland" for n in (12, 10)]
        assert session.scalars(select(Article)).one().headline == headlines[1]


def test_what_the_index_follows(engine: Engine, place: Place, archive: ArchiveWriter, tmp_path: Path) -> None:
    index, later = SearchIndex(tmp_path / "index"), NOW + timedelta(hours=3)
    html = HTML % {"n": 12}

    def found(**asked: str) -> int:
        with Session(engine) as session:
            return search_articles(session, index, SearchQuestion("howitzers", ArticleFilters(**asked))).total

    store_batch(engine, place, [reading(archive, html)], NOW)
    assert (index.update(engine), found(supplier="KOR", recipient="POL")) == (1, 1)
    corrected = reading(archive, html.replace("2026-11-20T09", "2026-11-19T09"), later)
    store_batch(engine, place, [corrected], later)
    assert index.update(engine) == 1
    with Session(engine) as session, session.begin():
        revision = session.scalars(select(Article.current_revision_id)).one()
        assert revision is not None
        store_claims(session, revision, [])
    assert (index.update(engine), found(supplier="KOR"), found()) == (1, 0, 1)
    moved = {**OUTLET, "country": "BE"}
    ledger.register_sources(engine, [ledger.SourceFacts("the_wire", timedelta(hours=1), 20, moved)], later)
    assert (index.update(engine), found(country="BE"), found(country="FR")) == (1, 1, 0)
    ledger.register_sources(engine, [ledger.SourceFacts("the_wire", timedelta(hours=1), 20, moved)], later)
    assert index.update(engine) == 0


def test_noise_around_the_text_makes_no_revision(engine: Engine, place: Place, archive: ArchiveWriter) -> None:
    html = HTML % {"n": 12}
    later = NOW + timedelta(hours=3)
    store_batch(engine, place, [reading(archive, html)], NOW)
    noisy = html.replace("</article>", "</article><aside class='ad'>Buy a boat today! 83422</aside><!-- nonce 77 -->")
    store_batch(engine, place, [reading(archive, noisy, later)], later)
    assert count(engine, Revision) == 1
    assert count(engine, Capture) == 2


def test_a_removed_article_is_kept_and_marked(engine: Engine, place: Place, archive: ArchiveWriter) -> None:
    later = NOW + timedelta(days=1)
    store_batch(engine, place, [reading(archive, HTML % {"n": 12})], NOW)
    store_batch(engine, place, [reading(archive, "gone", later, status=410)], later)
    with Session(engine) as session:
        assert session.scalars(select(Article)).one().gone_at == later
        assert session.scalars(select(PageRow)).one().state == "gone"
    assert count(engine, Revision) == 1


def test_a_page_that_cannot_be_stored_costs_that_page(engine: Engine, place: Place, archive: ArchiveWriter) -> None:
    bad = reading(archive, HTML % {"n": 7}, url="https://wire.example/bad")
    assert bad.draft is not None
    object.__setattr__(bad.draft, "headline", "NUL \x00 and a lone surrogate \ud800")  # as if the cleaning had a hole
    good = reading(archive, HTML % {"n": 12})
    missed = Missed("https://wire.example/slow", "timeout", final=False)
    store_batch(engine, place, [bad, good, missed], NOW)
    with Session(engine) as session:
        states = dict(session.execute(select(PageRow.url, PageRow.state)).all())
    assert states.pop("https://wire.example/bad") in {"kept", "done"}  # SQLite takes a NUL, neither takes a surrogate
    assert states == {URL: "done", "https://wire.example/slow": "failed"}
    assert count(engine, Capture) == 3


def test_one_url_in_many_spellings_is_found_once(engine: Engine, place: Place) -> None:
    spellings = [URL, URL + "?utm_source=rss", URL + "#top", URL.replace("https://wire", "HTTPS://WIRE") + "?fbclid=1"]
    odd = ["ftp://wire.example/file", "javascript:alert(1)", "http://inside\\@outside/", URL + "/" + "x" * 3000]
    with Session(engine) as session, session.begin():
        store_found(session, place, [Found(each, "https://wire.example/feed") for each in spellings + odd], NOW)
    with Session(engine) as session:
        states = session.execute(select(PageRow.state, func.count()).group_by(PageRow.state)).all()
        assert dict(states) == {"wanted": 1, "refused": 4}
        assert all(session.scalars(select(PageRow.reason).where(PageRow.state == "refused")))


def test_copies_of_one_text_are_one_origin(engine: Engine, place: Place, archive: ArchiveWriter) -> None:
    html = HTML % {"n": 12}
    copies = [reading(archive, html, url=f"https://wire.example/copy-{n}") for n in range(3)]
    other = HTML % {"n": 12}
    for old, new in (
        ("howitzers", "frigates"),
        ("South Korea", "Italy"),
        ("Poland", "Indonesia"),
        ("artillery", "ships"),
    ):
        other = other.replace(old, new)
    other = other.replace("adding that the next batch", "which surprised nobody in Jakarta as the second lot")
    store_batch(engine, place, [*copies, reading(archive, other, url="https://wire.example/other")], NOW)
    with Session(engine) as session:
        groups = session.scalars(select(Article.origin_group).order_by(Article.id)).all()
    assert len(set(groups[:3])) == 1
    assert groups[3] != groups[0]


def test_patience_waits_for_a_database_that_is_away() -> None:
    tries: list[int] = []

    def write() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("INSERT", {}, Exception("database is locked"))
        return "written"

    assert patiently(write) == "written"
    assert len(tries) == 3


def test_patience_does_not_wait_for_a_full_disk() -> None:
    def write() -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    with pytest.raises(OperationalError):
        patiently(write)
