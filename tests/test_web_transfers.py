import asyncio
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from alembic import command
from alembic.script import ScriptDirectory
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.claim import STATUSES
from models.connection import _migrations, connect, upgrade
from models.listing_flows import count_transfers
from models.listing_transfers import TransferFilters, list_transfers
from models.register import RegisterRow
from pipelines.store_transfers import rebuild_transfers
from tests.sample_rows import NOW, add_article, add_claim, new_database, source_for
from web.app import create_app
from web.chart_look import GROUP_OF
from web.flow_plots import PLOTS
from web.flow_questions import FlowQuestion
from web.transfer_words import STAGES, span, stage_words, state_name

HOSTILE = "<script>alert(1)</script>{{7*7}}\"'><img src=x onerror=alert(1)>"
BEFORE = ScriptDirectory.from_config(_migrations()).get_revision("0005").down_revision
GROUP = "Army of </b> the/Hills"


class Client:
    """Asks the application in this process."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def get(self, address: str, **headers: str) -> httpx.Response:
        return asyncio.run(self._ask(address, headers))

    async def _ask(self, address: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(address, headers={name.replace("_", "-"): text for name, text in headers.items()})


def fill(engine: Engine) -> None:
    """Two outlets differ about Rafales; others tell of a group, a former state, no supplier, a tiny state, a value."""
    with Session(engine) as session, session.begin():
        source_for(session, "harbour").outlet.kind = "state media " + HOSTILE
        source_for(session, "meridian", country="FR")
        first = add_article(session, "rafale", ["Lead.", "Egypt ordered 18 Rafale jets."], headline="Cairo " + HOSTILE)
        add_claim(session, first, "Egypt ordered 18 Rafale jets.", quantity=18, attributed_to=HOSTILE)
        other = add_article(session, "twelve", "Egypt has signed for 12 Rafale jets.", source="meridian")
        add_claim(session, other, "12 Rafale", quantity=12, quantity_qualifier="exact")
        mixed = add_article(session, "mixed", "Rifles, rockets, radars, tanks and frigates moved.", published_at=None)
        goods = {"weapon": None, "category": "small arms", "status": "delivered"}
        add_claim(session, mixed, "Rifles", supplier="IRN", recipient=GROUP, weapon_raw=[HOSTILE], **goods)
        add_claim(session, mixed, "rockets", supplier="SUN", recipient="EGY", weapon="R-17 " + HOSTILE, year=1973)
        add_claim(session, mixed, "radars", supplier=None, recipient="EGY", weapon="P-18", status="seized")
        money = {"value_min": 2.5e9, "value_max": None, "currency": "USD", "value_kind": "notification ceiling"}
        add_claim(
            session, mixed, "tanks", supplier="USA", recipient="BHR", weapon="M1 Abrams", status="approved", **money
        )
        add_claim(session, mixed, "frigates", weapon="FREMM", status="denied", modality="hypothetical")
        lines = {"register": "sipri", "file": "sipri.csv", "sha256": "ab", "imported_at": NOW, "line": 7}
        lists: dict[str, Any] = {"delivery_years": ["2027"], "uncertain": ["quantity"]}
        session.add(
            RegisterRow(**lines, **lists, supplier="FRA", recipient="EGY", weapon="Rafale", year=2026, quantity=30)
        )
    rebuild_transfers(engine)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Engine]]:
    folder = tmp_path_factory.mktemp("transfers")
    engine = new_database(folder)
    fill(engine)
    yield Client(create_app(str(engine.url), folder / "index", now=lambda: NOW)), engine
    engine.dispose()


@pytest.fixture(scope="module")
def client(filled: tuple[Client, Engine]) -> Client:
    return filled[0]


@pytest.fixture(scope="module")
def rafale(filled: tuple[Client, Engine]) -> int:
    with Session(filled[1]) as session:
        (row,) = list_transfers(session, TransferFilters(weapon="rafale")).rows
    assert row.id is not None
    return row.id


PAGES = [
    "/transfers", "/transfers/{rafale}", "/countries", "/countries/EGY", "/countries/egy", "/countries/SUN",
    "/countries/unknown", "/countries/NOR", "/countries/Army%20of%20%3C%2Fb%3E%20the%2FHills", "/pairs/FRA/EGY",
    "/pairs/IRN/Army%20of%20%3C%2Fb%3E%20the%2FHills", "/pairs/NOR/SWE", "/weapons", "/weapons/Rafale",
    "/transfers?recipient=Army+of+%3C%2Fb%3E+the%2FHills", "/transfers?weapon=%3Cb%3E",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_pages_show_hostile_texts_as_text(client: Client, rafale: int, address: str) -> None:
    answer = client.get(address.format(rafale=rafale))
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "</b>" not in answer.text
    assert "<b>" not in answer.text
    assert re.findall(r'<img (?!src="/plots/)', answer.text) == []
    assert re.findall(r'(?:href|src|action|srcset)="(?!/|#|https?://)[^"]*"', answer.text) == []
    tags = re.sub(r'"[^"]*"', '""', "".join(re.findall("<[^>]*>", answer.text)))
    assert re.findall(r"\s(?:style|on\w+)=", tags) == []
    twin = client.get("/api/v1" + address.format(rafale=rafale))
    assert twin.status_code == 200
    assert twin.json()


def test_hostile_words_are_there(client: Client, rafale: int) -> None:
    for address in ("/transfers", f"/transfers/{rafale}"):
        assert HOSTILE in unescape(client.get(address).text)


def test_every_filter_counts_what_it_leaves(client: Client) -> None:
    """Follow each link of the rail: the list it leads to is as long as the number beside it."""
    for start in ("/transfers", "/transfers?recipient=EGY"):
        rail = client.get(start).text.partition('id="filters"')[2].partition("</aside>")[0]
        links = re.findall(r'<a href="([^"]*)"><span>[^<]*</span> <span class="n">(\d+)</span>', rail)
        assert len(links) > 10
        for address, number in links:
            total = client.get("/api/v1" + unescape(address)).json()["total"]
            assert total == int(number), address


def test_a_card_leads_to_the_words(client: Client) -> None:
    text = client.get("/transfers?weapon=Rafale").text
    (address,) = re.findall(r'<blockquote[^>]*><a href="(/articles/\d+#p\d+)">', text)
    outlet, capture = re.search(r'href="(/outlets/\d+)".*?href="(/captures/\d+)"', text, re.DOTALL).groups()
    assert [client.get(each).status_code for each in (outlet, capture)] == [200, 200]
    page, _, anchor = address.partition("#")
    assert f'id="{anchor}"' in client.get(page).text
    assert "✓" not in text  # the style sheet draws it
    assert 'class="verified"' in text
    assert "<dd>3 independent</dd>" in text
    assert "state media" in text
    assert "1 transfer<" in text


def test_words_that_moved_are_not_called_verified(tmp_path: Path) -> None:
    engine = new_database(tmp_path)
    with Session(engine) as session, session.begin():
        article = add_article(session, "a", "Egypt ordered Rafale jets.")
        add_claim(session, article, "Rafale").quote = "Gripen"
    rebuild_transfers(engine)
    text = Client(create_app(str(engine.url), tmp_path / "index")).get("/transfers").text
    engine.dispose()
    assert "not found at its place" in text
    assert 'class="checked"' not in text


def test_one_transfer_whole(client: Client, rafale: int) -> None:
    text = unescape(client.get(f"/transfers/{rafale}").text)
    sides = re.findall(r'<p class="said">(.*?)</p>', text)
    assert sorted(sides) == ["12", "18"]
    assert "2 of 2" in text
    assert "level <strong>3 independent</strong>" in text
    assert "2 independent origins: report (Harbour; 1 article); report (Meridian; 1 article)" in text
    assert text.count("1 independent origin: report (Meridian; 1 article)") == 2  # its figure, its side
    assert "1 say the same" in text
    assert f'src="/plots/transfers/{rafale}/ladder.svg"' in text
    assert "sipri.csv" in text
    assert "uncertain: quantity" in text
    assert "no day of the event is stated" in text
    assert f"armswatch transfer {rafale} --as-of DAY" in text


def test_figures_name_who_says_them(client: Client, rafale: int) -> None:
    table = client.get(f"/transfers/{rafale}").text.partition('aria-label="Figures"')[2].partition("</table>")[0]
    said = re.findall(r'<th scope="row">(\d+)</th>.*?#p\d+">(\w+)</a>', table, re.DOTALL)
    assert sorted(said) == [("12", "Meridian"), ("18", "Harbour")]


def test_a_rung_without_a_date_stands_beside(client: Client) -> None:
    (found,) = client.get("/api/v1/views/transfers?weapon=M1+Abrams").json()["rows"]
    view = client.get(f"/api/v1/views/transfers/{found['transfer']['id']}").json()
    assert view["undated"] == ["approved"]
    assert view["plots"] == []
    assert "2.5 billion or more USD" in client.get("/transfers?weapon=M1+Abrams").text


def test_what_is_not_on_the_map_is_said(client: Client) -> None:
    text = unescape(client.get("/countries").text)
    assert f"Not on the map: {GROUP} 1; Bahrain 1." in text
    assert "What is no state on the map" in text
    assert "Not on the map: unknown 1; Soviet Union 1." in text


def test_kinds_of_value_stay_apart(filled: tuple[Client, Engine]) -> None:
    client, _ = filled
    values = client.get("/api/v1/pairs/USA/BHR").json()["values"]
    assert values == [
        {"value_kind": "notification ceiling", "currency": "USD", "transfers": 1, "lowest": 2.5e9, "highest": 2.5e9}
    ]


def test_country_has_both_sides(client: Client) -> None:
    view = client.get("/api/v1/countries/EGY").json()
    assert (view["name"], view["supplies"]["totals"]["transfers"]) == ("Egypt", 0)
    assert view["receives"]["totals"]["transfers"] == 4
    assert {plot["svg"].partition(".")[0] for plot in view["plots"]} == {
        "/plots/flows", "/plots/years", "/plots/categories", "/plots/stages",
    }  # fmt: skip


@pytest.mark.parametrize("address", ["/transfers", "/countries", "/countries/POL", "/pairs/KOR/POL", "/weapons"])
def test_pages_of_an_empty_database(tmp_path: Path, address: str) -> None:
    engine = new_database(tmp_path)
    client = Client(create_app(str(engine.url), tmp_path / "index"))
    assert client.get(address).status_code == 200
    assert client.get("/api/v1" + address).status_code == 200
    engine.dispose()


MISTAKES = {
    "filter that is none": ("/transfers?colour=red", 400, "colour: "),
    "year": ("/transfers?year=soon", 400, "year: "),
    "origins": ("/transfers?origins=-1", 400, "origins: "),
    "page": ("/transfers?page=0", 400, "page: "),
    "date": ("/transfers?since=yesterday", 400, "since: "),
    "transfer that is not": ("/transfers/9999", 404, "there is no transfer 9999"),
    "transfer in words": ("/transfers/first", 404, "there is no such transfer"),
    "state that is not": ("/countries/Atlantis", 404, "there is no state or group called Atlantis"),
    "state with a control sign": ("/countries/a%00b", 404, "there is no such state"),
    "state without a name": ("/countries/%20", 404, "there is no such state"),
    "pair without a side": ("/pairs/USA/%20", 404, "there is no such recipient"),
    "weapon that is not": ("/weapons/Excalibur", 404, "there is no weapon called Excalibur"),
}


@pytest.mark.parametrize("case", MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_one_clear_line(client: Client, case: tuple[str, int, str]) -> None:
    address, status, expected = case
    answer = client.get(address)
    assert answer.status_code == status
    (message,) = re.findall(r'role="alert">(.*)</p>', answer.text)
    assert expected in unescape(message)
    assert client.get("/api/v1" + address).status_code == status


def test_blank_form_fields_ask_nothing(client: Client) -> None:
    answers = [
        client.get(f"/api/v1/views/transfers{asked}").json() for asked in ("", "?since=&until=&year=&supplier=+")
    ]
    assert answers[0]["total"] == answers[1]["total"] == 6


def test_addresses_keep_the_question() -> None:
    question = FlowQuestion.model_validate({"supplier": "kor", "contradicted": "false", "weapon": "a&b"})
    assert question.address("/transfers", weapon=None, page=2) == "/transfers?supplier=KOR&contradicted=false&page=2"
    assert question.address("/x", supplier=None, contradicted=None) == "/x?weapon=a%26b"
    assert FlowQuestion().address("/x") == "/x"


NAMES = {"POL": "Poland", "SUN": "Soviet Union", "XKX": "Kosovo", "NATO": "NATO", "QQQ": "QQQ", None: "unknown"}


@pytest.mark.parametrize(("code", "name"), NAMES.items())
def test_names_of_states(code: str | None, name: str) -> None:
    assert state_name(code) == name


SPANS = {
    "unknown": ((None, None), "unknown"),
    "exact": ((12, 12), "12"),
    "range": ((12, 1800), "12 to 1,800"),
    "open": ((12, None), "12 or more"),
    "ceiling": ((None, 12), "up to 12"),
}


@pytest.mark.parametrize("case", SPANS.values(), ids=SPANS)
def test_figures_stay_ranges(case: tuple[tuple[float | None, float | None], str]) -> None:
    assert span(*case[0]) == case[1]


def test_money_and_stages_in_words() -> None:
    assert span(1.25e9, 2.5e6, money=True) == "1.25 billion to 2.5 million"
    assert span(999_999, None, about=True, money=True) == "about 999,999 or more"
    assert [stage_words(each) for each in ("not delivered", "in_production")] == ["not delivered", "in production"]
    assert set(STAGES) == set(STATUSES) == set(GROUP_OF)


def test_counting_on_both_databases(engine: Engine) -> None:
    fill(engine)
    with Session(engine) as session:
        everything = TransferFilters()
        assert sum(count.transfers for count in count_transfers(session, everything, ("supplier", "recipient"))) == 6
        years = {count.values[0]: count.transfers for count in count_transfers(session, everything, ("year",))}
        assert years == {1973: 1, NOW.year: 5}
        assert list_transfers(session, TransferFilters(supplier="unknown", status="seized")).total == 1
        assert list_transfers(session, TransferFilters(contradicted=True)).total == 1
        assert list_transfers(session, TransferFilters(weapon="RAFALE", year=NOW.year)).total == 1


def test_an_older_database_is_counted_too(database_url: str) -> None:
    """Take the new columns away again, as they were before, and let the migration fill them."""
    engine = connect(database_url)
    with engine.begin() as connection:
        command.upgrade(_migrations(connection), BEFORE)
        columns = (
            "key, status, beside, items, independent_origins, rungs, quantities, amounts, origins, contradictions, "
            "agreements, year_min, first_reported_at"
        )
        for number, (year, contradictions) in enumerate(((1999, "[]"), (None, '[{"field": "value"}]'))):
            values = f"'k{number}', 'general', '[]', '[]', 1, '[]', '[]', '[]', '[]', '{contradictions}', '[]', "
            at = (NOW - timedelta(days=365)).strftime("%Y-%m-%d %H:%M:%S")
            connection.exec_driver_sql(f"INSERT INTO transfer ({columns}) VALUES ({values} {year or 'NULL'}, '{at}')")
    upgrade(engine)
    with Session(engine) as session:
        rows = count_transfers(session, TransferFilters(), ("year", "contradicted"))
    engine.dispose()
    assert sorted(count.values for count in rows) == [(1999, False), (NOW.year - 1, True)]


def test_filters_are_described() -> None:
    text = (Path(__file__).parent.parent / "docs" / "querying.md").read_text(encoding="utf-8")
    assert [name for name in FlowQuestion.model_fields if f"`{name}`" not in text] == []
    assert [name for name in PLOTS if f"`/plots/{name}.svg`" not in text] == []
