"""What the pages of the documentation show of the API works as shown."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from cli.serving import Place, WebServer
from crawler import settings
from models.search_index import SearchIndex
from pipelines.store_transfers import rebuild_transfers
from tests.sample_rows import add_article, add_claim, new_database
from tests.web_browser import local_browser
from web.app import create_app

DOCS = Path(__file__).parent.parent / "docs"
SERVER = "http://127.0.0.1:8378"
ADDRESSES = [
    pytest.param(address, id=f"{page.name}: {address}")
    for page in sorted(DOCS.glob("*.md"))
    for address in re.findall(rf"\$ curl '{SERVER}([^']+)'", page.read_text(encoding="utf-8"))
]
(PROGRAM,) = re.findall(r"```python\n(.*?)```", (DOCS / "api.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("docs")
    engine = new_database(folder)
    with Session(engine) as session, session.begin():
        article = add_article(session, "rafale-deal", "France sells Egypt 12 Rafale jets.")
        for _ in range(60):
            add_claim(session, article, "France sells Egypt 12 Rafale jets", quantity=12)
    rebuild_transfers(engine)
    SearchIndex(folder / "index").update(engine)
    yield folder
    engine.dispose()


@pytest.mark.parametrize("address", ADDRESSES)
def test_examples_find_something(folder: Path, address: str) -> None:
    answer = local_browser(create_app(f"sqlite:///{folder / 'armswatch.db'}", folder / "index")).get(address)
    assert answer.status_code == 200
    assert "Rafale" in answer.text or "Harbour" in answer.text


def test_the_program_reads_the_whole_list(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATABASE_URL", f"sqlite:///{folder / 'armswatch.db'}")
    monkeypatch.setattr("cli.serving.INDEX_FOLDER", folder / "index")
    with WebServer(Place(0)) as server:
        assert SERVER in PROGRAM
        program = PROGRAM.replace(SERVER, server.address)
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.count("Harbour\t2026-05-19T12:00:00Z\tFrance sells") == 60


def test_the_assistants_configuration_names_the_command() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", (DOCS / "api.md").read_text(encoding="utf-8"), re.DOTALL)
    assert json.loads(block)["mcpServers"]["armswatch"]["args"] == ["mcp"]
