import csv
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.listing_transfers import TransferFilters, list_transfers
from models.transfer import Transfer
from tests.sample_rows import NOW, add_article, add_table, new_database
from tests.test_web_transfers import HOSTILE, Client, fill
from web import plot_worker
from web.app import create_app
from web.chart_flows import LABEL, Node, _bands, _columns, _space
from web.flow_plots import PLOTS, codes_of_map
from web.flow_questions import Drawing, FlowQuestion
from web.plot_process import DrawingError, PlotProcess
from web.plots import Plot, as_csv, digest_of, drawing_request


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = new_database(tmp_path_factory.mktemp("plots"))
    fill(engine)
    with Session(engine) as session, session.begin():
        article = add_article(session, "series", "A table.")
        add_table(session, article, {2020: 3.0, 2021: None, 2022: 5.0})
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def client(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Client:
    return Client(create_app(str(engine.url), tmp_path_factory.mktemp("index"), now=lambda: NOW))


@pytest.fixture(scope="module")
def rafale(engine: Engine) -> int:
    with Session(engine) as session:
        (row,) = list_transfers(session, TransferFilters(weapon="Rafale")).rows
    assert row.id is not None
    return row.id


ADDRESSES = [
    *(f"/plots/{name}.svg" for name in PLOTS),
    "/plots/flows.svg?state=EGY",
    "/plots/years.svg?state=EGY&theme=dark&size=narrow&caption=true",
    "/plots/categories.svg?state=EGY",
    "/plots/timeline.svg?recipient=EGY",
    "/plots/transfers/{rafale}/ladder.svg",
    "/plots/transfers/{rafale}/coverage.svg?size=narrow",
    "/plots/series/1.svg",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_plots_are_pictures(client: Client, rafale: int, address: str) -> None:
    answer = client.get(address.format(rafale=rafale))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    picture = ET.fromstring(answer.text)  # our own
    assert picture.tag.endswith("svg")
    assert {element.tag.rpartition("}")[2] for element in picture.iter()} & {
        "script",
        "image",
        "foreignObject",
    } == set()
    assert picture.get("width") == ("328" if "narrow" in address else picture.get("width"))
    assert len(list(picture.iter())) > 20


def test_hostile_labels_are_text(client: Client) -> None:
    answer = client.get("/plots/timeline.svg?supplier=SUN")
    texts = [element.text or "" for element in ET.fromstring(answer.text).iter() if element.tag.endswith("}text")]
    assert any("<script>alert(1)" in text for text in texts)


def test_the_same_plot_is_not_sent_twice(client: Client) -> None:
    first = client.get("/plots/stages.svg")
    again = client.get("/plots/stages.svg", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    tags = {client.get(f"/plots/stages.{each}").headers["etag"] for each in ("svg", "svg?theme=dark", "csv")}
    assert len(tags) == 3


def test_png_and_csv_of_a_plot(client: Client) -> None:
    picture = client.get("/plots/years.png?caption=true")
    assert (picture.headers["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    data = client.get("/plots/matrix.csv")
    assert data.headers["content-disposition"] == 'attachment; filename="plots-matrix.csv"'
    rows = list(csv.DictReader(StringIO(data.text)))
    assert {
        "supplier": "France",
        "recipient": "Egypt",
        "transfers": "2",
        "supplier_code": "FRA",
        "recipient_code": "EGY",
    } in rows
    assert sum(int(row["transfers"]) for row in rows) == 6


def test_formulas_in_csv_are_text() -> None:
    assert as_csv([{"a": "=1+1", "b": 2.5, "c": None}]) == "a,b,c\r\n'=1+1,2.5,\r\n"


def test_gaps_of_a_series_are_seen(client: Client) -> None:
    text = client.get("/plots/series/1.svg").text
    assert "no value" in text
    assert client.get("/plots/series/1.csv").text.splitlines()[2] == "2021,,None"


MISTAKES = {
    "no such plot": ("/plots/pie.svg", 404),
    "no such form": ("/plots/years.gif", 404),
    "nothing to draw": ("/plots/years.svg?supplier=NOR", 404),
    "no such theme": ("/plots/years.svg?theme=pink", 400),
    "no such filter": ("/plots/years.svg?colour=red", 400),
    "no such transfer": ("/plots/transfers/9999/ladder.svg", 404),
    "no such plot of a transfer": ("/plots/transfers/1/pie.svg", 404),
    "no such series": ("/plots/series/9999.svg", 404),
}


@pytest.mark.parametrize("case", MISTAKES.values(), ids=MISTAKES)
def test_mistakes(client: Client, case: tuple[str, int]) -> None:
    assert client.get(case[0]).status_code == case[1]


@pytest.fixture
def process() -> Iterator[PlotProcess]:
    process = PlotProcess()
    yield process
    process.close()


def request_for(chart: str = "bars") -> dict[str, Any]:
    plot = Plot(chart, "/plots/x", "Title", "Text", [{"label": HOSTILE, "transfers": 2}], height=60)
    return drawing_request(plot, "svg", Drawing(), NOW.date())


def test_a_plot_that_fails_costs_itself_alone(process: PlotProcess) -> None:
    with pytest.raises(DrawingError, match="KeyError"):
        process.draw("a", request_for("nonsense"))
    assert process.draw("b", request_for()).startswith(b"<svg")
    assert process._child is not None
    process._child.kill()
    process._child.wait()
    assert process.draw("c", request_for()).startswith(b"<svg")


def test_signs_that_no_svg_may_hold_are_replaced(process: PlotProcess) -> None:
    request = request_for()
    request["rows"] = [{"label": "a\x01b\ud800", "transfers": 2}]
    assert "a\N{REPLACEMENT CHARACTER}b" in process.draw("a", request).decode()


def test_what_was_drawn_is_kept(process: PlotProcess) -> None:
    picture = process.draw("a", request_for())
    process.close()
    assert process.draw("a", request_for("nonsense")) is picture


def test_a_plot_that_takes_too_long_is_given_up(process: PlotProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.plot_process.DEADLINE_SECONDS", 0.0)
    with pytest.raises(DrawingError):
        process.draw("a", request_for())
    monkeypatch.undo()
    assert process.draw("a", request_for()).startswith(b"<svg")


def test_drawing_never_reaches_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/data.json"
    chart = {"data": {"url": address}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "nominal"}}}
    monkeypatch.setattr(plot_worker, "draw_chart", lambda _request: chart)
    with pytest.raises(ValueError, match="not allowed"):
        plot_worker.picture_of({"form": "svg"})
    server.shutdown()
    server.server_close()
    assert asked == []


def test_the_tag_follows_the_data() -> None:
    one, same, other = ([{"a": 1}], [{"a": 1}], [{"a": 2}])
    assert digest_of(one) == digest_of(same) != digest_of(other)


def test_bands_meet_their_states() -> None:
    rows = [
        {"supplier": "France", "recipient": "Egypt", "transfers": 3},
        {"supplier": "Egypt", "recipient": "Sudan", "transfers": 1},
    ]
    columns = _columns(rows, "Egypt", 200)
    assert [dict(column).keys() for column in columns] == [{"France"}, {"Egypt"}, {"Sudan"}]
    assert [(band.start[0], band.end[0], band.width, band.side) for band in _bands(rows, columns, "Egypt")] == [
        (0, 1, 3, "in"),
        (1, 2, 1, "out"),
    ]
    only_out = _columns(rows[1:], "Egypt", 200)
    assert [(band.start[0], band.side) for band in _bands(rows[1:], only_out, "Egypt")] == [(0, "out")]


def test_small_states_have_room_for_their_names() -> None:
    column = {"great": Node(size=50), **{str(number): Node(size=1) for number in range(8)}}
    space = _space(column, 300)
    a_transfer = 300 / (58 + 8 * space)
    assert (1 + space) * a_transfer >= LABEL - 0.01


def test_the_map_has_states_by_their_codes() -> None:
    assert {"POL", "XKX", "TWN"} <= codes_of_map()
    assert {"ATA", None} & codes_of_map() == set()


def test_the_state_in_the_middle_is_never_one_of_the_others(tmp_path: Path) -> None:
    """Egypt gives once to one state; thirty states give to it twice each."""
    engine = new_database(tmp_path)
    givers = [f"Group {number}" for number in range(30)]
    with Session(engine) as session, session.begin():
        for number, giver in enumerate([*givers, *givers]):
            session.add(transfer(f"in {number}", giver, "EGY"))
        session.add_all([transfer("out", "EGY", "SDN"), transfer("within", "EGY", "EGY")])
    with Session(engine) as session:
        plot = PLOTS["flows"](session, FlowQuestion(state="EGY"))
    engine.dispose()
    assert plot is not None
    assert {row["transfers"] for row in plot.rows if row["recipient"] == "Sudan"} == {1}
    assert {row["transfers"] for row in plot.rows if row["supplier"] == "others"} == {36}
    assert all("Egypt" in {row["supplier"], row["recipient"]} for row in plot.rows)
    assert sum(row["transfers"] for row in plot.rows) == 61


def transfer(key: str, supplier: str, recipient: str) -> Transfer:
    lists = ("items", "beside", "rungs", "quantities", "amounts", "origins", "contradictions", "agreements")
    fields: dict[str, Any] = {name: [] for name in lists}
    return Transfer(key=key, supplier=supplier, recipient=recipient, status="general", independent_origins=1, **fields)
