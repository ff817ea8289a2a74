"""The whole line over the sample newsroom: spiders, gate, archive, extraction, rows, in processes of their own."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Article, ArticleTable, Capture, CrawlRun, Revision, Series, Source
from models import Page as PageRow
from models.connection import connect
from newsroom import Newsroom

ROOT = Path(__file__).parent.parent
Run = Callable[..., CompletedProcess[str]]
TRUTH = json.loads((ROOT / "newsroom" / "expected.json").read_text())
WATCHED = {path.stem for path in (ROOT / "newsroom" / "spiders").glob("[a-z]*.py")}
WITHHELD = {"disallowed by robots.txt", "consent wall", "soft 404"}


@pytest.fixture
def room(workplace: SimpleNamespace) -> Iterator[Newsroom]:
    for path in (ROOT / "newsroom" / "spiders").glob("*.py"):
        shutil.copy(path, workplace.spiders)
    with Newsroom(port=0) as room:
        workplace.environment["ARMSWATCH_NEWSROOM_PORT"] = str(room.port)
        yield room


@pytest.fixture
def database(workplace: SimpleNamespace) -> Iterator[Session]:
    engine = connect(workplace.url, reads_only=True)
    with Session(engine) as session:
        yield session
    engine.dispose()


def articles(session: Session) -> dict[tuple[str, str], Article]:
    """The stored articles by (outlet, path)."""
    session.rollback()  # else the snapshot of the first question answers
    return {
        (urlsplit(each.canonical_url).hostname.split(".")[0], urlsplit(each.canonical_url).path): each
        for each in session.scalars(select(Article))
    }


def expected(edition: int) -> dict[tuple[str, str], dict]:
    """The articles that the crawl must keep, by (outlet, path)."""
    return {
        (each["outlet"], each["path"]): each
        for each in TRUTH["articles"]
        if each["relevant"]
        and each["outlet"] in WATCHED
        and edition in each["editions"]
        and each["special"] not in WITHHELD
    }


def test_two_days_of_news(armswatch: Run, room: Newsroom, database: Session) -> None:
    """One crawl of everything, then all that must hold of it, then the second day."""
    first = armswatch("crawl")
    assert first.returncode == 0, first.stderr
    check_articles(database)
    check_politeness(room)
    check_refusals(database, room)
    check_tables(database)
    check_series(database)
    check_origins(database)
    assert armswatch("db", "check").returncode == 0
    check_replay(armswatch, database)

    rows = count_rows(database)
    asked = len(room.requests)
    again = armswatch("crawl", *sorted(WATCHED), "--again")
    assert again.returncode == 0, again.stderr
    assert count_rows(database) == rows, "a second crawl of unchanged pages adds nothing"
    assert any(each.status == 304 for each in room.requests[asked:])

    room.edition = 2
    assert armswatch("crawl", *sorted(WATCHED), "--again").returncode == 0
    check_second_day(database)
    assert armswatch("db", "check").returncode == 0


def check_articles(database: Session) -> None:
    stored, wanted = articles(database), expected(edition=1)
    assert set(stored) == set(wanted)
    for key, truth in wanted.items():
        article = stored[key]
        assert article.headline in {truth["headline"], truth.get("headline_printed")}, key
        assert article.authors == truth["authors"], key
        assert article.language == truth["language"], key
        if truth["published_zoned"]:
            assert article.published_at == datetime.fromisoformat(truth["published"]), key
        assert article.published_precision == truth["published_precision"], key
        assert article.access == truth["access"], key


def check_politeness(room: Newsroom) -> None:
    """As the server saw it: one request at a time a host, robots.txt first, forbidden pages never."""
    assert {each.in_flight for each in room.requests} == {1}
    assert all("armswatch" in (each.user_agent or "") for each in room.requests)
    hosts = {each.host for each in room.requests}
    assert {next(each.path for each in room.requests if each.host == host) for host in hosts} == {"/robots.txt"}
    asked = {(each.host.split(".")[0], each.path) for each in room.requests}
    assert not asked & {(each["outlet"], each["path"]) for each in TRUTH["must_not_be_fetched"]}


def check_refusals(database: Session, room: Newsroom) -> None:
    reasons = dict(database.execute(select(PageRow.url, PageRow.reason).where(PageRow.state == "refused")).all())
    for each in TRUTH["must_not_be_fetched"]:
        assert reasons[room.url(each["outlet"], each["path"])] == "robots"
    for each in TRUTH["redirects_to_a_private_address"]:
        assert reasons[room.url(each["outlet"], each["from"])] == "private address"
    assert "consent wall" in reasons.values()
    runs = database.scalars(select(CrawlRun)).all()
    assert {run.outcome for run in runs} <= {"finished", "incomplete"}
    assert sum(run.counts.get("ssrf_blocked", 0) for run in runs) >= 1


def check_tables(database: Session) -> None:
    stored = articles(database)
    for truth in (each for each in TRUTH["tables"] if each["outlet"] in WATCHED):
        article = stored[truth["outlet"], truth["path"]]
        tables = database.scalars(select(ArticleTable).where(ArticleTable.revision_id == article.current_revision_id))
        assert (truth["columns"], truth["rows"]) in [(each.columns, each.rows) for each in tables], truth["path"]


def check_series(database: Session) -> None:
    stored = articles(database)
    for truth in (each for each in TRUTH["tables"] if each["outlet"] in WATCHED and each["series"]):
        article = stored[truth["outlet"], truth["path"]]
        tables = select(ArticleTable.id).where(ArticleTable.revision_id == article.current_revision_id)
        found = {each.label: each for each in database.scalars(select(Series).where(Series.table_id.in_(tables)))}
        for series in truth["series"]:
            ours = found[series["label"]]
            assert (ours.supplier, ours.recipient, ours.unit) == (
                series["supplier"],
                series["recipient"],
                series["unit"],
            )
            assert {str(o.period): o.value for o in ours.observations if not o.missing} == series["values"]
            assert [o.period for o in ours.observations if o.missing] == series["missing"]


def check_origins(database: Session) -> None:
    """The wire story that three outlets carry is one origin."""
    stored = articles(database)
    for name, wire in TRUTH["wire_groups"].items():
        keys = {(each["outlet"], each["path"]) for each in TRUTH["articles"] if each["wire"] == name}
        assert len({stored[key].origin_group for key in keys}) == 1
        assert len(keys) == len(wire["outlets"])
    groups = [article.origin_group for article in stored.values()]
    assert len(set(groups)) == len(groups) - sum(len(each["outlets"]) - 1 for each in TRUTH["wire_groups"].values())


def check_replay(armswatch: Run, database: Session) -> None:
    rows = count_rows(database)
    dry = armswatch("replay", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert " 0 would change, 0 damaged" in dry.stdout
    assert armswatch("replay").returncode == 0
    assert count_rows(database) == rows


def check_second_day(database: Session) -> None:
    stored = articles(database)
    assert set(expected(edition=2)) <= set(stored)
    edited = next(each for each in TRUTH["articles"] if each["special"] == "edited in edition 2")
    removed = next(each for each in TRUTH["articles"] if each["special"] == "removed in edition 2")
    revisions = select(func.count()).where(Revision.article_id == stored[edited["outlet"], edited["path"]].id)
    assert database.scalar(revisions) == 2
    assert stored[removed["outlet"], removed["path"]].gone_at is not None
    others = [each.gone_at for key, each in stored.items() if key != (removed["outlet"], removed["path"])]
    assert set(others) == {None}


def count_rows(database: Session) -> dict[str, int]:
    database.rollback()
    tables = (Article, Revision, ArticleTable, PageRow, Source)
    counts = {table.__tablename__: database.scalar(select(func.count()).select_from(table)) for table in tables}
    kept = select(func.count()).select_from(Capture).where(Capture.status == 200)
    return counts | {"whole captures": database.scalar(kept)}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["crawl", "no_such_source"], "no spider is called 'no_such_source'"),
        (["crawl", "--since", "yesterday"], "is not an ISO date"),
        (["crawl", "-a", "folder"], "is not NAME=VALUE"),
        (["show", "999"], "no article is called '999'"),
        (["search", "(missile"], ""),
        (["search", "x", "--since", "soon"], "is not an ISO date"),
        (["replay", "--source", "nobody"], "no spider is called 'nobody'"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else None,
)
def test_a_mistake_of_the_user_is_one_line_and_exit_2(armswatch: Run, arguments: list[str], message: str) -> None:
    done = armswatch(*arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert message in done.stderr


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"ARMSWATCH_DATABSE_URL": "x"}, "ARMSWATCH_DATABSE_URL is not a setting"),
        ({"ARMSWATCH_DELAY": "fast"}, "ARMSWATCH_DELAY"),
        ({"ARMSWATCH_DATABASE_URL": "mongodb://localhost/x"}, "cannot be used"),
        ({"ARMSWATCH_SPIDERS": "/no/such/folder"}, "is not a folder"),
        ({"ARMSWATCH_ALLOW_ADDRESSES": "home"}, "ARMSWATCH_ALLOW_ADDRESSES"),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else None,
)
def test_a_wrong_setting_is_one_line_and_exit_2(armswatch: Run, setting: dict[str, str], message: str) -> None:
    done = armswatch("status", **setting)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert message in done.stderr
