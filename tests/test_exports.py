"""Data packages and dossiers: complete, described, the same bytes each time, and readable by others' tools."""

import asyncio
import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, timedelta
from pathlib import Path

import frictionless
import openpyxl
import pyarrow.parquet as pq
import pytest
from datasette.app import Datasette
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from cli.export_commands import dossier
from cli.exporting import check_dossier, export_package, write_dossier
from cli.mistakes import UserMistakeError
from exports.cells import plain, safe_cell
from exports.dossier import dossier_papers, safe
from exports.package import UnusableTargetError, files_of, write_package
from exports.papers import Description, Order
from exports.question import Question, UnclearQuestionError, read_question
from exports.resources import RESOURCES
from exports.scope import Scope
from models.article import Article, Revision
from models.filters import ArticleFilters
from pipelines.store_transfers import rebuild_transfers
from tests.sample_rows import NOW, add_article, add_claim, add_revision, add_table, new_database

ROOT = Path(__file__).parent.parent
LATER = NOW + timedelta(days=3)
FORMULA = '=HYPERLINK("http://x.example","Egypt signed for 12 Rafale jets")'


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """Two articles that contradict each other, one with a table; one of them is edited later."""
    engine = new_database(tmp_path)
    with Session(engine) as session, session.begin():
        first = add_article(session, "twelve-jets", f"{FORMULA} on Monday.", published_at=NOW - timedelta(days=2))
        add_claim(session, first, FORMULA, quantity=12, category="aircraft")
        add_table(session, first, {2018: 3.0, 2019: None})
        other = add_article(session, "eighteen-jets", "Egypt ordered 18 jets, <b>they</b> | say.", source="tidewater")
        add_claim(session, other, "Egypt ordered 18 jets, <b>they</b> | say.", quantity=18, category="aircraft")
    rebuild_transfers(engine)
    return engine


def edit(engine: Engine) -> None:
    """Three days later one article says something else, and there is another one."""
    with Session(engine) as session, session.begin():
        edited = session.scalars(select(Article).where(Article.headline == "Twelve jets")).one()
        new = add_article(session, "new-jets", "Egypt signed for 31 jets.", first_seen_at=LATER)
        for article in (edited, new):
            add_revision(session, article, "Egypt signed for 31 jets.")
            add_claim(session, article, "31 jets", quantity=31)
        for revision in session.scalars(select(Revision).where(Revision.id > 2)):
            revision.seen_at = LATER
    rebuild_transfers(engine)


def written(engine: Engine, target: Path, order: Order) -> dict[str, bytes]:
    with Session(engine) as session:
        write_package(session, target, order)
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in files_of(target)}


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_the_same_moment_gives_the_same_bytes_whatever_came_later(engine: Engine, tmp_path: Path, form: str) -> None:
    order = Order(Scope(NOW + timedelta(hours=1)), form)
    before = written(engine, tmp_path / "one", order)
    edit(engine)
    assert written(engine, tmp_path / "two", order) == before
    later = written(engine, tmp_path / "three", Order(Scope(LATER), form))
    assert later["datapackage.json"] != before["datapackage.json"]


def test_a_package_is_valid_and_every_column_is_described(engine: Engine, tmp_path: Path) -> None:
    written(engine, tmp_path / "package", Order(Scope(NOW)))
    report = frictionless.Package(tmp_path / "package" / "datapackage.json").validate()
    assert report.valid, report.flatten(["type", "note"])
    package = json.loads((tmp_path / "package" / "datapackage.json").read_text())
    fields = [field for each in package["resources"] for field in each["schema"]["fields"]]
    assert len(fields) == sum(len(table.fields) for table in RESOURCES)
    assert all(field["description"] for field in fields)
    assert package["limitations"]
    assert package["licenses"][0]["name"] == "CC-BY-4.0"


def test_digests_are_those_of_the_files(engine: Engine, tmp_path: Path) -> None:
    files = written(engine, tmp_path / "package", Order(Scope(NOW)))
    lines = files.pop("SHA256SUMS").decode().splitlines()
    assert lines == [f"{hashlib.sha256(raw).hexdigest()}  {name}" for name, raw in sorted(files.items())]


def test_every_form_holds_the_same_rows(engine: Engine, tmp_path: Path) -> None:
    files = {form: written(engine, tmp_path / form, Order(Scope(NOW), form)) for form in ("jsonl", "parquet", "xlsx")}
    claims = [json.loads(line) for line in files["jsonl"]["data/claims.jsonl"].splitlines()]
    assert [each["quote"] for each in claims] == [FORMULA, "Egypt ordered 18 jets, <b>they</b> | say."]
    columns = pq.read_table(tmp_path / "parquet" / "data" / "claims.parquet").to_pylist()
    assert [{name: plain(value) for name, value in row.items()} for row in columns] == claims
    book = openpyxl.load_workbook(tmp_path / "xlsx" / "armswatch.xlsx")
    assert book.sheetnames == [table.name for table in RESOURCES]
    sheet = [[cell.value for cell in row] for row in book["claims"].iter_rows()]
    assert len(sheet) == 3
    quote = sheet[0].index("quote")
    assert (sheet[1][quote], book["claims"].cell(2, quote + 1).data_type) == (FORMULA, "s")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_of_csv_is_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert safe_cell(-1.5) == -1.5


def test_filters_leave_out_what_is_not_asked_for(engine: Engine, tmp_path: Path) -> None:
    files = written(engine, tmp_path / "package", Order(Scope(NOW, ArticleFilters(outlet="Tidewater"))))
    assert files["data/articles.csv"].count(b"\n") == 2
    assert b"twelve-jets" not in b"".join(raw for name, raw in files.items() if name.startswith("data/"))
    nothing = written(engine, tmp_path / "none", Order(Scope(NOW, ArticleFilters(supplier="USA")), "parquet"))
    assert pq.read_table(tmp_path / "none" / "data" / "claims.parquet").num_rows == 0
    assert nothing["README.md"].count(b"| 0 |") == 6  # all but the outlets


def test_a_zip_has_no_clock_in_it(engine: Engine, tmp_path: Path) -> None:
    with Session(engine) as session:
        for name in ("a.zip", "b.zip"):
            write_package(session, tmp_path / name, Order(Scope(NOW)))
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert "datapackage.json" in archive.namelist()


def test_what_is_not_ours_is_not_written_over(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("keep me")
    with Session(engine) as session, pytest.raises(UnusableTargetError, match="no data package"):
        write_package(session, tmp_path / "letters", Order(Scope(NOW)))
    assert [path.name for path in tmp_path.iterdir() if "letters" in path.name] == ["letters"]


PAIR = {"supplier": "FRA", "recipient": "EGY"}
QUESTIONS = [
    ("What has France supplied to Egypt?", PAIR),
    ("Which arms did Egypt buy from France?", PAIR),
    ("Rafale jets for Egypt in 2015", {"recipient": "EGY", "weapon": "Rafale", "since": 2015, "until": 2016}),
    ("supplier:KOR weapon:K9 status:delivered", {"supplier": "KOR", "weapon": "K9", "status": "delivered"}),
    ("South Korea's tanks for Poland since 2022", {"supplier": "KOR", "recipient": "POL", "since": 2022}),
    ('outlet:"The Harbour Ledger" until:2026-05-01', {"outlet": "The Harbour Ledger", "until": 2026}),
]


@pytest.mark.parametrize(("text", "expected"), QUESTIONS)
def test_a_question_is_read(text: str, expected: dict[str, object]) -> None:
    filters = read_question(text).filters
    asked = {name: value for name in filters.__dataclass_fields__ if (value := getattr(filters, name)) is not None}
    years = {name: value.year if hasattr(value, "year") else value for name, value in asked.items()}
    assert years == expected


@pytest.mark.parametrize("text", ["What about Egypt?", "Who?", "since:yesterday", "France, Egypt and Poland"])
def test_an_unclear_question_is_refused_in_a_line(text: str) -> None:
    with pytest.raises(UnclearQuestionError) as raised:
        read_question(text)
    assert "\n" not in str(raised.value)


def test_a_package_says_how_strong_each_stage_and_figure_is(engine: Engine, tmp_path: Path) -> None:
    files = written(engine, tmp_path / "package", Order(Scope(NOW), "jsonl"))
    levels = [json.loads(line) for line in files["data/transfer_levels.jsonl"].splitlines()]
    assert {(each["what"], each["level"], each["low"]) for each in levels if each["status"] == "contracted"} == {
        ("stage", 3, None), ("quantity", 1, 12.0), ("quantity", 1, 18.0),
    }  # fmt: skip
    (transfer,) = (json.loads(line) for line in files["data/transfers.jsonl"].splitlines())
    assert (transfer["level"], transfer["quantity_level"], transfer["value_level"]) == (3, 1, None)


def test_a_dossier_shows_both_sides_with_their_words(engine: Engine) -> None:
    question = Question("supplier:FRA", ArticleFilters(supplier="FRA"))
    with Session(engine) as session:
        text = dossier_papers(session, question, Scope(NOW, question.filters))["dossier.md"]
    assert "- quantity: " in text
    assert "12 to 18" in text
    assert "| 3 independent |" in text
    assert "- contracted: Level 3 independent: 2 independent origins: report " in text
    assert f"> {safe(FORMULA)}" in text
    assert "<b>" not in text
    assert "sha256 " + "ab" * 32 in text
    names = set(re.findall(r"`([0-9a-f]{16})`", text))
    assert len(names) == 2


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ARMSWATCH_DATA_DIR": str(folder / "data")}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def place(engine: Engine, tmp_path: Path) -> Path:
    """A folder as the documentation has it: the database in ``data``, and a package beside it."""
    engine.dispose()
    (tmp_path / "data").mkdir()
    (tmp_path / "armswatch.db").rename(tmp_path / "data" / "armswatch.sqlite3")
    made = run(tmp_path, "-m", "cli", "export", "package")
    assert made.returncode == 0, made.stderr
    return tmp_path


def test_a_dossier_made_again_is_the_same_and_a_change_is_seen(place: Path) -> None:
    made = run(place, "-m", "cli", "dossier", "What has France supplied to Egypt?", "dossier")
    assert made.stdout.startswith("read as: supplier FRA, recipient EGY\n1 transfers, 2 claims, 2 articles")
    assert run(place, "-m", "cli", "dossier", "--check", "dossier").returncode == 0
    path = place / "dossier" / "data" / "claims.csv"
    path.write_text(path.read_text().replace("12", "13"))
    checked = run(place, "-m", "cli", "dossier", "--check", "dossier")
    assert (checked.returncode, checked.stderr) == (1, "differs: data/claims.csv\n")


MISTAKES = [
    pytest.param(lambda: export_package(Path("x"), {}, None, "pdf", Description()), "none of csv", id="form"),
    pytest.param(
        lambda: export_package(Path("x"), {}, None, "csv", Description(licence="mine")), "none of CC-BY", id="licence"
    ),
    pytest.param(lambda: write_dossier("What about Egypt?", Path("x"), None), "on which side Egypt is", id="side"),
    pytest.param(lambda: check_dossier(Path("nowhere")), "holds no dossier", id="no dossier"),
    pytest.param(dossier, "a question and a folder", id="nothing"),
]


@pytest.mark.parametrize(("ask", "message"), MISTAKES)
def test_mistakes_are_a_line(ask: Callable[[], None], message: str) -> None:
    with pytest.raises(UserMistakeError, match=message) as raised:
        ask()
    assert "\n" not in str(raised.value)


def test_the_documented_examples_of_other_tools_run(place: Path) -> None:
    text = (ROOT / "docs" / "exporting.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```python \w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        ended = run(place, "-c", example)
        assert ended.returncode == 0, ended.stderr
        assert "FRA" in ended.stdout


def test_datasette_serves_the_database(place: Path) -> None:
    datasette = Datasette([], immutables=[str(place / "data" / "armswatch.sqlite3")])
    answer = asyncio.run(datasette.client.get("/armswatch/transfer.json?_shape=array"))
    assert [row["supplier"] for row in answer.json()] == ["FRA"]


def test_instants_are_written_in_utc() -> None:
    assert plain(NOW.astimezone(UTC)) == "2026-05-20T12:00:00Z"
