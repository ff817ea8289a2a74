"""What can be used is described, and what is described can be used."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest
import typer
from scrapy.settings import Settings
from sqlalchemy.orm import Session

from cli.app import app
from crawler.environment import PREFIX, Environment
from crawler.spider_loader import FolderSpiderLoader
from models import Base
from models.crawl import PAGE_STATES
from models.outlet import SOURCE_STATES
from pipelines.items import Outlet, Rules
from tests.sample_rows import add_article, new_database
from tests.sources_page import SOURCES_PAGE, sources_page
from web.app import create_app
from web.questions import ArticleQuestion

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCED = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
READS_ONLY = ("search", "show", "series", "claims", "status", "sources list", "db upgrade", "db check")
# Runs all examples in one process, as starting one each would take most of the time.
DRIVER = """
import json, sys
from cli.app import app
results = []
for number, words in enumerate(json.load(sys.stdin)):
    sys.stdout = open(f"{number}.out", "w")
    try:
        app(words, standalone_mode=False)
        code = 0
    except SystemExit as error:
        code = error.code
    except Exception as error:
        code = f"{type(error).__name__}: {error}"
    results.append(code)
sys.__stdout__.write(json.dumps(results))
"""


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield before + name, command


COMMANDS = dict(commands(typer.main.get_command(app)))
OPTIONS = [
    pytest.param(name, option, id=f"{name} {option}")
    for name, command in COMMANDS.items()
    for parameter in command.params
    for option in parameter.opts
    if option.startswith("-")
]


def blocks(language: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield page and content of the fenced blocks."""
    for page in PAGES:
        for _, found, content in FENCED.findall(page.read_text(encoding="utf-8")):
            if language in (None, found):
                yield page.name, dedent(content)


def examples() -> Iterator[tuple[str, list[str]]]:
    """Yield the command lines of the fenced blocks: page, and the words after ``armswatch``."""
    for page, content in blocks():
        for line in content.splitlines():
            if match := re.match(r"(?:\$ |ExecStart=\S*/)armswatch (.*)", line):
                words = shlex.split(match[1], comments=True)
                yield page, words[: words.index(">")] if ">" in words else words


def inline() -> Iterator[tuple[str, list[str]]]:
    """Yield the commands named in running text."""
    for page in PAGES:
        for quoted in re.findall(r"`armswatch ([a-z][^`]*)`", page.read_text(encoding="utf-8")):
            yield page.name, shlex.split(quoted)


EXAMPLES = [pytest.param(words, id=f"{page}: {' '.join(words)}") for page, words in (*examples(), *inline())]


def command_of(words: list[str]) -> str | None:
    return next((name for name in (" ".join(words[:2]), words[0]) if name in COMMANDS), None)


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_described(name: str) -> None:
    assert any(f"`armswatch {name}`" in page.read_text(encoding="utf-8") for page in PAGES[2:])
    assert (COMMANDS[name].help or "").strip().endswith(".")


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_option_is_described(name: str, option: str) -> None:
    pages = [text for page in PAGES[2:] if f"armswatch {name}" in (text := page.read_text(encoding="utf-8"))]
    assert any(re.search(rf"`{option}[` ]|{option} ", text) for text in pages)


@pytest.mark.parametrize("words", EXAMPLES)
def test_example_names_what_there_is(words: list[str]) -> None:
    name = command_of(words)
    if words != ["COMMAND", "--help"]:
        assert name is not None
        known = {option for parameter in COMMANDS[name].params for option in parameter.opts} | {"--help"}
        assert {word.partition("=")[0] for word in words if word.startswith("-")} <= known


def test_examples_that_read_can_be_run(workplace: SimpleNamespace) -> None:
    lines = [words for _, words in examples() if command_of(words) in READS_ONLY]
    workplace.data.mkdir()
    engine = new_database(workplace.data)
    with Session(engine) as session, session.begin():
        assert add_article(session, "rafale-deal", "France sells Egypt 12 Rafale jets.").id == 1
    engine.dispose()
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        input=json.dumps(lines),
        env=workplace.environment | {"ARMSWATCH_DATABASE_URL": f"sqlite:///{workplace.data / 'armswatch.db'}"},
        cwd=workplace.folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    codes = json.loads(done.stdout)
    failed = [(words, code) for words, code in zip(lines, codes, strict=True) if code not in (0, 1)]
    assert not failed  # 1: the sample is overdue, and its captures are not there
    assert len(codes) > 10


def rows_of(text: str) -> dict[str, list[str]]:
    """Give the cells of each table row that begins with something in backticks."""
    found = re.findall(r"^\| `([^`]+)` \|(.*)\|$", text, re.MULTILINE)
    return {name: [cell.strip() for cell in cells.split(" | ")] for name, cells in found}


def test_settings_are_described() -> None:
    rows = rows_of(text_of("docs/settings.md"))
    assert set(rows) == {PREFIX + name.upper() for name in Environment.model_fields}
    for name, field in Environment.model_fields.items():
        default = rows[PREFIX + name.upper()][0]
        if field.default and field.default_factory is None:
            assert default == f"`{field.default!s}`"
        elif field.default is False:
            assert default == "`false`"


def described_tables() -> dict[str, list[str]]:
    sections = re.split(r"^## ", text_of("docs/data-model.md"), flags=re.MULTILINE)[1:]
    titled = [section.partition("\n") for section in sections]
    return {
        title: re.findall(r"^\| `(\w+)` \| \S", body.partition("| state |")[0], re.MULTILINE)
        for title, _, body in titled
    }


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_table_is_described_column_by_column(table: Any) -> None:
    assert described_tables()[table.name] == [column.name for column in table.columns]
    assert f"](#{table.name})" in text_of("docs/data-model.md")


def test_no_table_is_described_that_is_not_there() -> None:
    assert set(described_tables()) == set(Base.metadata.tables)


def test_states_are_described() -> None:
    text = text_of("docs/data-model.md")
    assert [state for state in PAGE_STATES if f"| `{state}` |" not in text] == []
    assert [state for state in SOURCE_STATES if state not in text] == []


@pytest.mark.parametrize("kind", [Outlet, Rules], ids=lambda kind: kind.__name__)
def test_fields_of_spider_files_are_described(kind: type) -> None:
    text = text_of("docs/adding-a-source.md")
    assert [field.name for field in fields(kind) if not re.search(rf"[`( ]{field.name}[`,)]", text)] == []


def test_web_addresses_are_described(tmp_path: Path) -> None:
    text = text_of("docs/querying.md") + text_of("docs/api.md")
    described = set(re.findall(r"`(/[a-z0-9/{}_.]*)`", text)) - {"/api/v1"}
    served = set(create_app("sqlite://", tmp_path).openapi()["paths"])
    assert served <= described
    assert {address for address in described if address.startswith("/api/")} <= served | {"/api/v1/openapi.json"}
    assert [name for name in ArticleQuestion.model_fields if f"`{name}`" not in text] == []


def test_benchmarks_are_described() -> None:
    assert [
        path.name
        for path in (ROOT / "benchmarks").glob("*.py")
        if f"`{path.name}`" not in text_of("docs/benchmarks.md")
    ] == []


def test_sources_page_is_current() -> None:
    page = sources_page()
    if not SOURCES_PAGE.exists() or SOURCES_PAGE.read_text(encoding="utf-8") != page:
        SOURCES_PAGE.write_text(page, encoding="utf-8")
        pytest.fail("wrote docs/sources.md: review and commit")


def anchors(path: Path) -> set[str]:
    """Give the anchors that headings get."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if not re.match(r"https?://", link):
            name, _, anchor = link.partition("#")
            target = page.parent / unquote(name) if name else page
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


def test_every_page_is_reached_from_the_readme() -> None:
    linked = {ROOT / link.partition("#")[0] for link in LINK.findall(text_of("README.md"))}
    assert set((ROOT / "docs").glob("*.md")) <= linked


SPIDERS = [pytest.param(code, id=page) for page, code in blocks("python") if "class " in code]


@pytest.mark.parametrize("code", SPIDERS)
def test_spider_example_loads(code: str, tmp_path: Path) -> None:
    (tmp_path / "gulf_gazette.py").write_text(code, encoding="utf-8")
    loader = FolderSpiderLoader.from_settings(Settings({"SPIDERS_FOLDER": tmp_path, "SPIDER_MODULES": []}))
    assert loader.list() == ["gulf_gazette"]
    assert loader.load("gulf_gazette").outlet.owner == "Gulf Media"
