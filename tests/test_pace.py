import asyncio
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.pace import HostPace, HostPausedError, retry_after

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


async def _hold(pace: HostPace, host: str, log: list[tuple[float, float]]) -> None:
    async with pace.turn(host):
        begin = time.monotonic()
        await asyncio.sleep(0.03)
        log.append((begin, time.monotonic()))


def test_one_at_a_time_and_a_gap_between_two_crawls_of_one_host(tmp_path: Path) -> None:
    log: list[tuple[float, float]] = []

    async def both() -> None:
        # Two HostPace objects stand for two processes: the lock is on the file, not in the object.
        await asyncio.gather(
            *(_hold(HostPace(tmp_path, 0.1), host, log) for host in ("www.example.org", "example.org", "m.example.org"))
        )

    asyncio.run(both())
    log.sort()
    for (_, end), (next_begin, _) in pairwise(log):
        assert next_begin >= end
        assert next_begin - end >= 0.095, "the gap is one between an answer and the next request"


def test_different_hosts_do_not_wait_for_each_other(tmp_path: Path) -> None:
    log: list[tuple[float, float]] = []

    async def both() -> None:
        await asyncio.gather(*(_hold(HostPace(tmp_path, 5.0), host, log) for host in ("a.example", "b.test")))

    began = time.monotonic()
    asyncio.run(both())
    assert time.monotonic() - began < 2


def test_a_long_pause_sends_pages_back(tmp_path: Path) -> None:
    pace = HostPace(tmp_path, 0.0)
    pace.pause("example.org", timedelta(minutes=5))

    async def ask() -> None:
        async with pace.turn("example.org"):
            pass

    with pytest.raises(HostPausedError):
        asyncio.run(ask())


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    [
        (429, b"120", 120),
        (503, b"Fri, 20 Nov 2026 12:01:00 GMT", 60),
        (503, b"99999999", 6 * 3600),  # capped
        (429, b"Fri, 20 Nov 2026 11:00:00 GMT", 0),  # in the past
        (429, b"soon", None),
        (429, None, None),
        (200, b"120", None),
    ],
)
def test_retry_after(status: int, header: bytes | None, seconds: int | None) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert retry_after(status, header, NOW) == expected
