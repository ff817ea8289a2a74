"""kill -9 of any process at any moment of the demo, then again: no article lost, none twice."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Article, CrawlRun, Revision
from models import Page as PageRow
from models.connection import connect
from models.promises import broken_promises

ROOT = Path(__file__).parent.parent
KILLS = 10
SEED = 20261122
LONGEST = 8.0  # seconds a demo lives before the kill


def demo(folder: Path, port: int) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ARMSWATCH_")}
    environment |= {"ARMSWATCH_DATA_DIR": str(folder), "ARMSWATCH_NEWSROOM_PORT": str(port), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "cli", "demo", "--port", "0"],
        env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip


def processes(session_id: int) -> list[int]:
    """The processes of one session: the demo, its fork server, its crawls."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == session_id and fields[0] != "Z":
            found.append(int(path.parent.name))
    return sorted(found)


def wait_for_end(session_id: int) -> None:
    """Wait until what the kill left over has ended by itself."""
    deadline = time.monotonic() + 60
    while processes(session_id):
        assert time.monotonic() < deadline, "orphans of a killed demo must end"
        time.sleep(0.1)


def contents(folder: Path) -> tuple[set[str], dict[str, int]]:
    engine = connect(f"sqlite:///{folder / 'demo' / 'armswatch.sqlite3'}", reads_only=True)
    with Session(engine) as session:
        urls = list(session.scalars(select(Article.canonical_url)))
        counts = {
            "articles": len(urls),
            "revisions": session.scalar(select(func.count()).select_from(Revision)),
            "pages": session.scalar(select(func.count()).select_from(PageRow)),
            "running": session.scalar(select(func.count()).where(CrawlRun.finished_at.is_(None))),
        }
        integrity = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar()
    broken = [rows for _, rows in broken_promises(engine) if rows]
    engine.dispose()
    assert integrity == "ok"
    assert broken == []
    assert len(set(urls)) == len(urls)
    return {url.split("/", 3)[3] for url in urls}, counts


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], dict[str, int]]:
    """What a demo that nobody kills collects."""
    folder = tmp_path_factory.mktemp("whole")
    with demo(folder, 8391) as process:
        output, _ = process.communicate(timeout=400)
    assert process.returncode == 0, output
    return contents(folder)


def test_kill_at_random_moments(tmp_path: Path, undisturbed: tuple[set[str], dict[str, int]]) -> None:
    chance = random.Random(SEED)
    for number in range(KILLS):
        with demo(tmp_path, 8392) as process:
            time.sleep(chance.uniform(0.5, LONGEST))
            alive = processes(process.pid)
            if number % 2 or len(alive) < 2:
                os.kill(process.pid, signal.SIGKILL)  # the scheduler itself: the rest must end alone
            else:
                victim = chance.choice(alive[1:])  # a crawl, or the fork server
                os.kill(victim, signal.SIGKILL)
                time.sleep(chance.uniform(0.0, 2.0))
                os.kill(process.pid, signal.SIGKILL)
            process.communicate()
        wait_for_end(process.pid)
    with demo(tmp_path, 8392) as process:
        output, _ = process.communicate(timeout=400)
    assert process.returncode == 0, output
    urls, counts = contents(tmp_path)
    assert urls == undisturbed[0]
    assert counts == undisturbed[1]


def test_kill_of_one_crawl_is_made_good_within_the_run(
    tmp_path: Path, undisturbed: tuple[set[str], dict[str, int]]
) -> None:
    with demo(tmp_path, 8393) as process:
        deadline = time.monotonic() + 60
        while len(processes(process.pid)) < 4 and time.monotonic() < deadline:
            time.sleep(0.05)
        os.kill(processes(process.pid)[-1], signal.SIGKILL)
        output, _ = process.communicate(timeout=400)
    assert process.returncode == 0, output
    assert contents(tmp_path) == undisturbed
