"""The stage that finds claims asks a language model only where the operator names one, and believes only what holds."""

import asyncio
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest
from pydantic import SecretStr

from pipelines.items import Page, Reading
from pipelines.reader import read_page
from pipelines.stages import FindClaims

NOW = datetime(2026, 11, 20, tzinfo=UTC)
QUOTE = "Norway handed over six howitzers to Estonia on Friday"
FAQ_ANSWER = "Much is owed to Norway, and those howitzers are what Estonia may thank it for"
HTML = (
    f"<html><h1>Norway delivers howitzers to Estonia</h1><article>{f'<p>{QUOTE}, the ministry said.</p>' * 3}</article>"
)
CLAIM = {
    "supplier": "NOR", "recipient": "EST", "equipment": ["howitzers"], "category": "artillery", "quantity": 6,
    "status": "delivered", "modality": "asserted", "quote": QUOTE,
}  # fmt: skip


@pytest.fixture
def model() -> Iterator[SimpleNamespace]:
    state = SimpleNamespace(claims=[], asked=0)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.asked += 1
            self.rfile.read(int(self.headers["Content-Length"]))
            answer = {"choices": [{"message": {"content": json.dumps({"claims": state.claims})}}]}
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


def find(url: str | None, html: str = HTML) -> tuple[Reading, dict[str, int]]:
    counts: dict[str, int] = {}
    stats = SimpleNamespace(inc_value=lambda key, n=1: counts.update({key: counts.get(key, 0) + n}))
    settings = {"MODEL_URL": url, "MODEL_NAME": "stand-in", "MODEL_KEY": SecretStr("key")}
    stage = FindClaims(SimpleNamespace(stats=stats, settings=settings))
    page = Page("https://a.example/x", "https://a.example/x", 200, html.encode(), NOW, "text/html")
    return asyncio.run(stage.process_item(read_page(page, NOW))), counts


def test_goods_and_parties_that_no_table_lists_are_counted() -> None:
    _, counts = find(None)
    assert counts["claims/unknown/weapon"] >= 1  # "howitzers" names no design
    assert "claims/unknown/party" not in counts


def test_without_a_model_nobody_is_asked(model: SimpleNamespace) -> None:
    find(None)
    assert model.asked == 0


def test_what_holds_is_added_and_what_does_not_is_counted(model: SimpleNamespace) -> None:
    gift = CLAIM | {"status": "donated"}
    model.claims = [gift, CLAIM | {"quote": "Norway sold sixty tanks to Estonia"}, CLAIM | {"quantity": 60}]
    reading, counts = find(model.url)
    assert model.asked == 1
    assert counts.pop("claims/proposed/accepted") == 1
    assert sum(number for name, number in counts.items() if name.startswith("claims/proposed/refused/")) == 2
    proposed = reading.claims[-1]
    assert (proposed.supplier, proposed.recipient, proposed.quantity) == ("NOR", "EST", 6)
    assert (proposed.evidence.quote, proposed.rule, proposed.in_faq) == (QUOTE, "proposed", False)


def test_what_the_rules_found_already_is_no_second_claim(model: SimpleNamespace) -> None:
    model.claims = [CLAIM]
    reading, counts = find(model.url)
    assert counts["claims/proposed/accepted"] == 1
    assert reading.claims == find(None)[0].claims


def test_an_answer_to_a_frequent_question_is_no_origin_whoever_reads_it(model: SimpleNamespace) -> None:
    model.claims = [CLAIM | {"status": "donated", "quote": FAQ_ANSWER, "quantity": None}]
    reading, _ = find(
        model.url, HTML.replace("</article>", f"<h2>FAQ</h2><h3>What?</h3><p>{FAQ_ANSWER}.</p></article>")
    )
    assert (reading.claims[-1].rule, reading.claims[-1].in_faq) == ("proposed", True)


def test_a_model_that_is_away_costs_nothing() -> None:
    reading, counts = find("http://127.0.0.1:9/v1")
    assert reading.draft is not None
    assert any(key.startswith("claims/proposed/failed") for key in counts)
