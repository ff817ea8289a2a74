"""A page's text against its own tables: what both say of a pair and a year, also where no transfer comes of it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from pipelines.claims.article import find_claims
from pipelines.claims.from_tables import name_series
from pipelines.extract.article import extract
from pipelines.items import Page
from pipelines.table_checks import check_tables

Run = Callable[..., Any]
NOW = datetime(2026, 11, 22, tzinfo=UTC)
HEAD = "Italian Arms Exports to Peru (USD Millions)"
ROWS = (("2018", "80"), ("2019", "50"), ("2021", "60"))
FILLING = (
    "<p>The two governments have traded for decades, and analysts have collected what officials said about it.</p>" * 3
)


def page(text: str, head: str = HEAD, rows: tuple[tuple[str, str], ...] = ROWS) -> Page:
    cells = "".join(f"<tr><td>{year}</td><td>{value}</td></tr>" for year, value in rows)
    table = f"<table><thead><tr><th>Year</th><th>{head}</th></tr></thead><tbody>{cells}</tbody></table>"
    body = (
        f"<html lang='en'><body><article><h1>Italian arms for Peru</h1>{FILLING}<p>{text}</p>{table}{FILLING}</article>"
    )
    return Page("https://x.example/a", "https://x.example/a", 200, body.encode(), NOW)


def checked(text: str, **fields: object) -> list[tuple[bool | None, str]]:
    draft = name_series(extract(page(text, **fields), NOW))  # type: ignore[arg-type]
    return [(each.agrees, each.note) for each in check_tables(find_claims(draft), draft.tables)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Italian arms exports to Peru were worth $80 million in 2018.",
            [(True, "text and table on 2018: agree")],
            id="a statistic that no transfer comes of",
        ),
        pytest.param(
            "In 2019, Italy supplied Peru with weapons worth $90 million.",
            [(False, "text and table on 2019: differ")],
            id="a delivery",
        ),
        pytest.param(
            "In 2020, Italy supplied Peru with weapons worth $90 million.",
            [(None, "text and table on 2020: the table has a gap")],
            id="a year the table skips",
        ),
        pytest.param("In 2017, Italy supplied Peru with weapons worth $90 million.", [], id="before the table"),
        pytest.param("In 2018, Spain supplied Peru with weapons worth $90 million.", [], id="another pair"),
    ],
)
def test_text_against_table(text: str, wanted: list[tuple[bool | None, str]]) -> None:
    assert checked(text) == wanted


def test_columns_that_part_a_year_are_not_compared_with_its_whole() -> None:
    head = f"{HEAD}: first half</th><th>{HEAD}: second half"
    rows = tuple((year, f"{value}</td><td>{value}") for year, value in ROWS)
    assert checked("In 2018, Italy supplied Peru with weapons worth $160 million.", head=head, rows=rows) == []


@pytest.mark.parametrize(
    "head",
    ["Italian arms export licences for Peru (USD Millions)", "Italian exports of frigates to Peru (USD Millions)"],
)
def test_other_measures_are_not_compared(head: str) -> None:
    assert checked("In 2018, Italy supplied Peru with weapons worth $500 million.", head=head) == []


def test_checks_are_stored_and_shown(armswatch: Run, workplace: SimpleNamespace) -> None:
    folder = workplace.folder / "pages"
    folder.mkdir()
    (folder / "a.html").write_bytes(page("Italian arms exports to Peru were worth $80 million in 2018.").body)
    assert armswatch("import", str(folder)).returncode == 0
    shown = json.loads(armswatch("show", "1", "--format", "json").stdout)
    (check,) = shown["table_checks"]
    assert (check["agrees"], check["cell"], check["quote"][:12]) == (True, "80", "Italian arms")
    assert "text and table on 2018: agree" in armswatch("show", "1").stdout
    assert armswatch("db", "check").returncode == 0
    asked = ("--supplier", "ITA", "--status", "general", "--value-min", "7e7", "--currency", "USD")
    found = json.loads(armswatch("claims", *asked, "--format", "json").stdout)
    assert [each["quote"][:12] for each in found] == ["Italian arms", "80"]
    assert armswatch("claims", "--value-min", "7e7").returncode == 2  # of which currency?
    assert json.loads(armswatch("series", "--recipient", "CHL", "--format", "json").stdout) == []
