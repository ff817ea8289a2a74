"""The arrows between modules: who may import whom of ours."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {"crawler", "pipelines", "models", "web", "exports", "alerts", "newsroom", "cli", "scheduler"}
PURE = {
    "pipelines/extract",
    "pipelines/claims",
    "pipelines/against_registers.py",
    "pipelines/corroborate.py",
    "pipelines/duplicates.py",
    "pipelines/outcome.py",
    "pipelines/items.py",
    "pipelines/register_cells.py",
    "pipelines/register_lines.py",
    "pipelines/registers.py",
    "pipelines/transfers",
    "pipelines/traps.py",
}
# From the longest path that fits: what may be imported of ours (prefixes), beside the module's own package.
MAY = {
    "models": {"models"},
    "models/spellings.py": {"models", "pipelines.claims.entries"},  # the word lists that come along, themselves pure
    "pipelines/items.py": set(),
    "pipelines/extract": {"pipelines.items", "pipelines.extract"},
    "pipelines/claims": {"pipelines.items", "pipelines.claims"},
    "pipelines/against_registers.py": {"pipelines.registers"},
    "pipelines/corroborate.py": {"pipelines.items", "pipelines.transfers"},
    "pipelines/duplicates.py": {"pipelines.items"},
    "pipelines/register_cells.py": {"pipelines.claims"},
    "pipelines/register_lines.py": {"pipelines.register_cells"},
    "pipelines/registers.py": {"pipelines.register_cells", "pipelines.register_lines"},
    "pipelines/transfers": {"pipelines.items", "pipelines.transfers"},
    "pipelines/outcome.py": {"pipelines.items"},
    "pipelines/traps.py": set(),
    "pipelines": {"pipelines", "models"},
    "crawler": {"crawler", "pipelines", "models.queries", "models.crawl", "models.ledger"},
    "crawler/scouting": {"crawler", "pipelines", "models"},
    "web": {"web", "models", "pipelines.captured"},
    "alerts": {"alerts", "models", "crawler.addresses"},
    "exports": {"exports", "models", "pipelines", "web.dictionary", "web.documents"},
    "newsroom/spiders": {"crawler.base_spiders", "pipelines.items", "newsroom.address"},
    "newsroom/address.py": {"crawler.settings"},
    "newsroom": {"newsroom"},
    "scheduler.py": {"alerts.delivering", "models", "crawler.process", "crawler.scouting.rounds"},
    "cli": OURS,
}
IMPURE = {
    "scrapy",
    "sqlalchemy",
    "requests",
    "urllib.request",
    "socket",
    "os",
    "time",
    "subprocess",
    "random",
    "http.client",
}
FILES = sorted(
    path
    for name in OURS
    for path in ([ROOT / f"{name}.py"] if (ROOT / f"{name}.py").exists() else (ROOT / name).rglob("*.py"))
)


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module}
            found |= {f"{node.module}.{alias.name}" for alias in node.names if node.module in OURS}
    return found


def rule(path: Path) -> set[str]:
    name = path.relative_to(ROOT).as_posix()
    return MAY[max((key for key in MAY if name == key or name.startswith(f"{key}/")), key=len)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_follow_the_arrows(path: Path) -> None:
    ours = {name for name in imports(path) if name.split(".")[0] in OURS and name not in OURS}
    allowed = rule(path)
    assert not {name for name in ours if not any(name == each or name.startswith(f"{each}.") for each in allowed)}


@pytest.mark.parametrize("name", sorted(PURE))
def test_pure_modules_reach_for_nothing(name: str) -> None:
    paths = [ROOT / name] if name.endswith(".py") else (ROOT / name).rglob("*.py")
    for path in paths:
        assert not {
            each for each in imports(path) if any(each == bad or each.startswith(f"{bad}.") for bad in IMPURE)
        }, path
        assert "datetime.now" not in path.read_text(), path


def test_the_package_pipelines_stays_empty() -> None:
    assert (ROOT / "pipelines/__init__.py").read_text() == ""
