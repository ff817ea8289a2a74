"""The interface for programs: typed answers, cursors, tags, and no question that breaks it."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.connection import connect
from models.search_index import SearchIndex
from pipelines.store_transfers import rebuild_transfers
from tests.sample_rows import NOW, add_article, add_claim, add_structured_data, add_table, new_database
from tests.web_browser import Browser, local_browser
from web.app import create_app
from web.cursors import Cursor, read_cursor, write_cursor

LISTS = ["articles", "articles?q=tank", "articles?q=tank&order=date", "claims", "series", "transfers"]
# Words have a grammar that the description cannot tell; a field of a form that was left empty asks nothing.
NOT_CHECKED = [positive_data_acceptance, negative_data_rejection]
TYPED = [f"/api/v1/{name}" for name in ("overview", "articles", "articles/{article_id}", "facets", "claims", "series",
                                           "transfers", "transfers/{transfer_id}", "sources")]  # fmt: skip
STATES = ("POL", "ROU", "NOR", "EGY", "AUS", "IND", "TUR")


def write_rows(engine: Engine, numbers: range) -> None:
    """Write articles with a claim, a table and a transfer each; some share a date, some have none."""
    with Session(engine) as session, session.begin():
        for number in numbers:
            day = None if number % 5 == 0 else NOW - timedelta(days=number // 3)
            text = f"Tank number {number}: Korea sells {number + 1} K2 tanks."
            article = add_article(session, f"tank-{number}", text, published_at=day)
            where = {"supplier": "KOR", "recipient": STATES[number % 7], "weapon": f"K{number}"}
            add_claim(session, article, f"{number + 1} K2", quantity=number + 1, **where)
            add_table(session, article, {2020: 1.5, 2021: None})
            add_structured_data(session, article, {"@type": "NewsArticle", "price": float("nan")})
    rebuild_transfers(engine)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database and its index, to be copied."""
    folder = tmp_path_factory.mktemp("sample")
    engine = new_database(folder)
    write_rows(engine, range(23))
    SearchIndex(folder / "index").update(engine)
    engine.dispose()
    return folder


@pytest.fixture
def served(sample: Path, tmp_path: Path) -> Iterator[tuple[Browser, Engine]]:
    folder = Path(shutil.copytree(sample, tmp_path / "copy"))
    engine = connect(f"sqlite:///{folder / 'armswatch.db'}")
    app = create_app(str(engine.url), folder / "index", ["testserver"], now=lambda: NOW)
    app.state.index = SearchIndex(folder / "index")
    yield local_browser(app), engine
    engine.dispose()


def key_of(row: dict[str, Any]) -> Any:
    return row["article"]["id"] if "article" in row else row["id"]


def walk(client: Browser, address: str) -> Iterator[tuple[int, list[Any]]]:
    """Yield the total and the keys of each part of a list."""
    following = f"/api/v1/{address}{'&' if '?' in address else '?'}limit=7"
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        yield body["total"], [key_of(row) for row in body["rows"]]
        following = body["next"]
        assert answer.headers.get("link") == (f'<{following}>; rel="next"' if following else None)


@pytest.mark.parametrize("address", LISTS)
def test_lists_are_read_to_their_end(served: tuple[Browser, Engine], address: str) -> None:
    client, _ = served
    parts = list(walk(client, address))
    whole = [key for _, keys in parts for key in keys]
    joint = "&" if "?" in address else "?"
    assert {total for total, _ in parts} == {23}
    assert whole == [key_of(row) for row in client.get(f"/api/v1/{address}{joint}limit=200").json()["rows"]]
    assert (len(whole), len(set(whole))) == (23, 23)


@pytest.mark.parametrize("address", LISTS)
def test_lists_stay_what_they_were_while_others_write(served: tuple[Browser, Engine], address: str) -> None:
    client, engine = served
    before = [key for _, keys in walk(client, address) for key in keys]
    read = []
    for at, (total, keys) in enumerate(walk(client, address)):
        assert total == 23
        read += keys
        if at < 2:
            write_rows(engine, range(100 + 10 * at, 110 + 10 * at))
            client.app.state.index.update(engine)
    assert [key for key in read if key in before] == before
    assert len(set(read)) == len(read)


@pytest.mark.parametrize("address", LISTS)
def test_cursors_are_not_for_writing(served: tuple[Browser, Engine], address: str) -> None:
    client, _ = served
    following = client.get(f"/api/v1/{address}{'&' if '?' in address else '?'}limit=7").json()["next"]
    (cursor,) = re.findall(r"cursor=([^&]+)", following)
    other_end, other_middle = cursor[:-1] + ("A" if cursor[-1] != "A" else "B"), cursor[:20] + "x" + cursor[21:]
    changed = [other_end, other_middle, cursor[1:], "x", "%00", "é", "A" * 3999]
    for each in changed:
        answer = client.get(following.replace(cursor, each))
        assert (answer.status_code, answer.json()["error"][:8]) == (400, "cursor: "), each
    other = client.get(f"{following}&{'supplier=FRA' if 'supplier' not in following else ''}")
    assert other.status_code == 400
    assert client.get(following.replace("limit=7", "limit=3")).status_code == 200


def test_cursors_keep_instants() -> None:
    cursor = Cursor(5, (NOW, 7, None, "name"))
    assert read_cursor("a?b", write_cursor("a?b", cursor)) == cursor


WRONG = {
    "limit of none": ("/articles?limit=0", 400, "limit: "),
    "limit beyond": ("/claims?limit=201", 400, "limit: "),
    "filter that is none": ("/articles?colour=red", 400, "colour: "),
    "words of claims": ("/claims?q=tank", 400, "q: "),
    "query": ("/articles?q=%22open", 400, "the search cannot be understood"),
    "yes and no": ("/transfers?contradicted=perhaps", 400, "contradicted: "),
    "transfer": ("/transfers/99", 404, "there is no transfer 99"),
    "transfer in words": ("/transfers/first", 404, "there is no such transfer"),
    "way": ("/nowhere", 404, "there is no such page"),
}


@pytest.mark.parametrize(("address", "status", "message"), WRONG.values(), ids=WRONG)
def test_mistakes_have_one_shape(served: tuple[Browser, Engine], address: str, status: int, message: str) -> None:
    answer = served[0].get("/api/v1" + address)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
    assert answer.json()["error"].startswith(message)


def test_other_ways_have_that_shape_too(served: tuple[Browser, Engine]) -> None:
    answer = served[0].send("DELETE", "/api/v1/articles")
    assert (answer.status_code, answer.json()) == (405, {"error": "Method Not Allowed"})


def test_filters_of_claims_and_transfers(served: tuple[Browser, Engine]) -> None:
    def total(address: str) -> int:
        return served[0].get("/api/v1/" + address).json()["total"]

    assert total("claims?recipient=pol") == total("transfers?recipient=pol") == 4
    assert total("claims?supplier=FRA") == total("transfers?supplier=FRA") == 0
    assert total("transfers?weapon=k3") == 1
    assert total("transfers?origins=2") == total("transfers?level=2") == 0
    assert total("transfers?level=1") == total("transfers")
    assert total("transfers?contradicted=true") == 0
    assert total("transfers?status=contracted&since=2026-05-18") == 7
    assert total("claims?since=2026-05-19") == 4


def test_one_transfer_holds_its_claims(served: tuple[Browser, Engine]) -> None:
    row = served[0].get("/api/v1/transfers?weapon=K3").json()["rows"][0]
    detail = served[0].get(f"/api/v1/transfers/{row['id']}").json()
    assert detail["transfer"] == row
    (claim,) = detail["claims"]
    assert (claim["quote"], detail["transfer"]["rungs"][0]["claims"]) == ("4 K2", [claim["id"]])


def test_facets(served: tuple[Browser, Engine]) -> None:
    counts = {each["value"]: each["count"] for each in served[0].get("/api/v1/facets?q=tank").json()["recipient"]}
    assert counts["POL"] == 4


@pytest.mark.parametrize("address", ["/api/v1/articles", "/api/v1/overview", "/articles", "/api/v1/openapi.json"])
def test_what_is_held_is_not_sent_again(served: tuple[Browser, Engine], address: str) -> None:
    client, engine = served
    first = client.get(address)
    for held in (first.headers["etag"], f'"x", W/{first.headers["etag"]}', "*"):
        again = client.get(address, headers={"if-none-match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
        assert "content-length" not in again.headers
        assert again.headers["content-security-policy"]
    assert client.get(address, headers={"if-none-match": '"x"'}).status_code == 200
    assert first.headers["cache-control"] == "private, no-cache"
    if "openapi" not in address:
        write_rows(engine, range(50, 51))
        client.app.state.index.update(engine)
        assert client.get(address, headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_the_description_names_real_shapes(served: tuple[Browser, Engine]) -> None:
    described = served[0].get("/api/v1/openapi.json").json()
    answer = described["paths"]["/api/v1/transfers/{transfer_id}"]["get"]["responses"]
    assert set(answer) == {"200", "4XX", "5XX"}
    assert answer["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/TransferWhole")
    rung = described["components"]["schemas"]["Rung"]
    assert rung["properties"]["claims"]["items"] == {"type": "integer"}
    assert described["components"]["schemas"]["Mistake"]["required"] == ["error"]
    ways = {path: way["get"] for path, way in described["paths"].items()}
    for path in TYPED:
        assert ways[path]["responses"]["200"]["content"]["application/json"]["schema"], path
        assert all(each.get("description") or each["name"] in {"page", "order", "article_id", "transfer_id"}
                   for each in ways[path].get("parameters", ())), path  # fmt: skip


def test_the_page_about_it_names_everything(served: tuple[Browser, Engine]) -> None:
    client, _ = served
    page = client.get("/api").text
    described = client.get("/api/v1/openapi.json").json()
    assert all(path in page for path in described["paths"])
    assert all(f'id="{name}"' in page for name in described["components"]["schemas"])
    assert set(re.findall(r'href="#(\w+)"', page)) <= set(re.findall(r'id="(\w+)"', page))
    assert "<script" not in page


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_no_question_breaks_it(served: tuple[Browser, Engine], mode: GenerationMode) -> None:
    """What the description allows, and what it does not, is answered as described: no error of the server."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", served[0].app)
    seen: Counter[int] = Counter()

    def ask(case: Any) -> None:
        response = case.call()
        seen[response.status_code] += 1
        case.validate_response(response, excluded_checks=NOT_CHECKED)

    for way in (result.ok() for result in schema.get_all_operations()):
        if mode is GenerationMode.NEGATIVE and not list(way.query):  # any word may stand in a path
            continue
        settings(max_examples=8, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
                 suppress_health_check=list(HealthCheck))(given(way.as_strategy(mode))(ask))()  # fmt: skip
    assert sum(seen.values()) > 50
    assert seen.keys() >= ({200, 400, 404} if mode is GenerationMode.POSITIVE else {400})
