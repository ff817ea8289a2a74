import csv
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cli import transfers
from cli.formats import Format
from cli.mistakes import UserMistakeError
from models.listing_transfers import TransferFilters, list_transfers, transfer_detail
from pipelines.as_of import list_transfers_as_of, transfer_detail_as_of
from pipelines.register_draft import COLUMNS, draft_line
from pipelines.store import store_batch
from tests.test_registers import SIPRI
from tests.test_store_transfers import NOW, TEXTS, place_of, reading

LATER = NOW + timedelta(days=2)


@pytest.fixture
def told(engine: Engine) -> Engine:
    """One outlet says 18 and later corrects itself to 12; another says 12 a day after the first; a third goods."""
    _fill(engine)
    return engine


def _fill(engine: Engine) -> None:
    next_day = NOW + timedelta(days=1)
    store_batch(engine, place_of(engine, "meridian"), [reading("meridian", TEXTS["meridian"], [{"quantity": 18}])], NOW)
    price = {"value_min": 4e9, "value_max": 4e9, "currency": "EUR"}
    second = reading("skylance", TEXTS["skylance"], [{"quantity": 12, "year": 2026} | price], next_day)
    store_batch(engine, place_of(engine, "skylance"), [second], next_day)
    edited = reading("meridian", TEXTS["meridian"].replace("18", "12"), [{"quantity": 12}], LATER)
    store_batch(engine, place_of(engine, "meridian"), [edited], LATER)
    frigates = {"weapon": None, "weapon_raw": ("frigates",), "category": "ships", "status": "offered"}
    store_batch(
        engine, place_of(engine, "third"), [reading("third", "Paris offers frigates to Cairo.", [frigates])], NOW
    )


AS_OF: dict[str, tuple[datetime, list[tuple[Any, ...]]]] = {
    "before anything": (NOW - timedelta(days=1), []),
    "the first report": (NOW + timedelta(hours=1), [("aircraft", 18, 18, 1, 0), ("ships", None, None, 1, 0)]),
    "a contradiction": (NOW + timedelta(days=1, hours=1), [("aircraft", 12, 18, 2, 1), ("ships", None, None, 1, 0)]),
    "corrected": (LATER + timedelta(hours=1), [("aircraft", 12, 12, 2, 0), ("ships", None, None, 1, 0)]),
}


@pytest.mark.parametrize(("moment", "wanted"), AS_OF.values(), ids=AS_OF)
def test_what_was_known_then(told: Engine, moment: datetime, wanted: list[tuple[Any, ...]]) -> None:
    with Session(told) as session:
        rows = list_transfers_as_of(session, TransferFilters(), moment).rows
        found = [
            (row.category, row.quantity_min, row.quantity_max, row.independent_origins, len(row.contradictions))
            for row in rows
        ]
        assert sorted(found) == sorted(wanted)
        assert not session.new
        assert not session.dirty


def test_as_of_now_is_what_is_stored(told: Engine) -> None:
    with Session(told) as session:
        stored = list_transfers(session, TransferFilters()).rows
        joined = list_transfers_as_of(session, TransferFilters(), LATER + timedelta(days=1)).rows
        facts = [
            [(row.key, row.status, row.rungs, row.quantities, row.origins) for row in rows] for rows in (stored, joined)
        ]
    assert sorted(facts[0]) == sorted(facts[1])


def test_a_detail_leads_to_the_words(told: Engine) -> None:
    with Session(told) as session:
        number = next(row.id for row in list_transfers(session, TransferFilters(weapon="rafale")).rows)
        assert number is not None
        detail = transfer_detail(session, number)
        then = transfer_detail_as_of(session, number, NOW + timedelta(hours=1))
        assert transfer_detail_as_of(session, number, NOW - timedelta(days=1)) is None
        assert transfer_detail(session, 999) is None
    assert detail is not None
    assert then is not None
    assert {claim.quantity for claim in detail.claims} == {12}
    assert [(claim.quantity, claim.outlet) for claim in then.claims] == [(18, "Meridian")]
    assert {claim for rung in detail.transfer.rungs for claim in rung["claims"]} == {
        claim.id for claim in detail.claims
    }


def test_an_edit_is_seen_when_it_was_made(told: Engine) -> None:
    with Session(told) as session:
        (row,) = list_transfers(session, TransferFilters(weapon="Rafale")).rows
        (rung,) = row.rungs
    assert rung["first_seen_at"] == (NOW + timedelta(days=1)).isoformat()  # the 12 of Skylance came first


FILTERS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "nothing asked": ({}, {"aircraft", "ships"}),
    "supplier": ({"supplier": "FRA"}, {"aircraft", "ships"}),
    "another recipient": ({"recipient": "GRC"}, set()),
    "a designation": ({"weapon": "RAFALE"}, {"aircraft"}),
    "a category": ({"weapon": "ships"}, {"ships"}),
    "status": ({"status": "offered"}, {"ships"}),
    "two origins": ({"origins": 2}, {"aircraft"}),
    "level 3": ({"level": 3}, {"aircraft"}),
    "level 4": ({"level": 4}, set()),
    "contradicted": ({"contradicted": True}, set()),
    "agreed": ({"contradicted": False}, {"aircraft", "ships"}),
    "since": ({"since": NOW - timedelta(days=1)}, {"aircraft", "ships"}),
    "until": ({"until": NOW - timedelta(days=1)}, set()),
}


@pytest.mark.parametrize(("asked", "wanted"), FILTERS.values(), ids=FILTERS)
def test_filters_mean_the_same_now_and_then(told: Engine, asked: dict[str, Any], wanted: set[str]) -> None:
    with Session(told) as session:
        page = list_transfers(session, TransferFilters(**asked))
        then = list_transfers_as_of(session, TransferFilters(**asked), LATER + timedelta(days=1))
    assert {row.category for row in page.rows} == {row.category for row in then.rows} == wanted
    assert page.total == then.total == len(wanted)


def test_a_line_of_the_register_draft(told: Engine) -> None:
    with Session(told) as session:
        number = next(row.id for row in list_transfers(session, TransferFilters(weapon="Rafale")).rows)
        detail = transfer_detail(session, number or 0)
    assert detail is not None
    line = dict(zip(COLUMNS, draft_line(detail), strict=True))
    assert (line["Supplier"], line["Recipient"], line["Number ordered"]) == ("France", "Egypt", "12")
    assert line["Year of order"] == "2026"
    assert (line["Value"], line["Number delivered"], line["Year(s) of delivery"]) == (
        "(4000000000 EUR)",
        "unknown",
        "unknown",
    )
    assert line["Number ordered: sources"].count("story") == 2
    assert line["Value: sources"].startswith("Skylance 2026-11-21")
    assert line["Number delivered: sources"] == ""


@pytest.fixture
def at_the_shell(told: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfers, "open_database", lambda **_: told)


@pytest.mark.usefixtures("at_the_shell")
def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    transfers.show_transfers({"supplier": "fra", "recipient": None}, None, 10, Format.TABLE)
    shown = capsys.readouterr().out
    assert "Rafale" in shown
    assert "offered" in shown
    transfers.show_transfers({"weapon": "Rafale"}, "2026-11-21", 10, Format.JSON)
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["quantity_min"], row["quantity_max"], row["id"]) == (18, 18, None)
    transfers.show_transfers({}, None, 1, Format.TABLE)
    assert "1 of 2" in capsys.readouterr().out
    transfers.show_transfers({"level": 3}, None, 10, Format.TABLE)
    shown = capsys.readouterr().out
    assert "3 independent" in shown
    assert "frigates" not in shown


@pytest.mark.usefixtures("at_the_shell")
def test_one_transfer(told: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    with Session(told) as session:
        (row,) = list_transfers(session, TransferFilters(weapon="Rafale")).rows
    assert row.id is not None
    transfers.show_transfer(row.id, "2026-11-22", Format.TABLE)
    shown = capsys.readouterr().out
    assert all(title in shown for title in ("Ladder", "Numbers", "Values", "Independent origins", "Contradictions"))
    assert "  contracted: 3 independent: 2 independent origins: report (Meridian; 1 article); report (Sky" in shown
    assert "  contracted 12: 1 single: 1 independent origin: report (Skylance; 1 article)" in shown
    assert "A contract over a dozen French jets" in " ".join(shown.split())
    with pytest.raises(UserMistakeError, match="no transfer 999"):
        transfers.show_transfer(999, None, Format.TABLE)
    with pytest.raises(UserMistakeError, match="not an ISO date"):
        transfers.show_transfer(row.id, "yesterday", Format.TABLE)


@pytest.mark.usefixtures("at_the_shell")
def test_registers_at_the_shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UserMistakeError, match="no sipri register was imported"):
        transfers.show_against("sipri", Format.TABLE)
    file = tmp_path / "trade.csv"
    file.write_bytes(SIPRI.encode("latin-1"))
    for words in ("3 rows of trade.csv", "imported before"):
        transfers.import_register(file, "sipri", None)
        assert words in capsys.readouterr().out
    transfers.show_against("sipri", Format.JSON)
    findings = [each["finding"] for each in json.loads(capsys.readouterr().out)]
    assert findings == ["not in the register", "no press", "no press", "no press"]  # the order of 2026 is none of 2021
    other = tmp_path / "ages.csv"
    other.write_text("name,age\nAnna,30\n", encoding="utf-8")
    with pytest.raises(UserMistakeError, match="no line names the columns"):
        transfers.import_register(other, "sipri", None)
    with pytest.raises(UserMistakeError, match="is no register we know"):
        transfers.import_register(file, "sipre", None)


@pytest.mark.usefixtures("at_the_shell")
def test_the_register_draft_as_a_file(tmp_path: Path) -> None:
    path = tmp_path / "draft.csv"
    transfers.export_register_draft(path)
    with path.open(encoding="utf-8", newline="") as file:
        (line,) = csv.DictReader(file)
    assert (line["Weapon designation"], line["Supplier"]) == (
        "Rafale",
        "France",
    )  # what is only offered is in no register
    with pytest.raises(UserMistakeError, match="cannot write"):
        transfers.export_register_draft(tmp_path / "missing" / "draft.csv")
