"""Whose turn it is at a host: one request at a time and a gap between them, over all crawls of this machine."""

import asyncio
import fcntl
import os
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from scrapy.exceptions import IgnoreRequest

from pipelines.extract.urls import registered_domain

POLL = 0.02  # seconds between two tries for a lock that another crawl holds
WAIT_OUT = 20.0  # a pause up to so many seconds is waited for, a longer one sends the pages back to the frontier
PAUSE_MAX = timedelta(hours=6)
PAUSING = (429, 503)


class NotNowError(IgnoreRequest):
    """The request was not sent, through no fault of its page, which is due again ``until`` (seconds since 1970)."""

    def __init__(self, why: str, until: float) -> None:
        super().__init__(why)
        self.until = until


class HostPausedError(NotNowError):
    """The host asked for a pause (Retry-After) longer than a crawl waits. Raised by HostPace.turn()."""


class BrowserMissingError(NotNowError):
    """The source needs a browser and the extra is not installed. Raised by GuardedDownloadHandler."""


def retry_after(status: int, header: bytes | None, now: datetime) -> timedelta | None:
    """Read how long a 429 or 503 asks us to stay away (RFC 9110, 10.2.3: seconds or a date), 6 hours at most."""
    if status not in PAUSING or not header:
        return None
    text = header.decode("latin-1").strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        wait = timedelta(seconds=int(text))
    else:
        try:
            wait = parsedate_to_datetime(text) - now
        except (ValueError, TypeError):
            return None
    return min(max(wait, timedelta(0)), PAUSE_MAX)


class HostPace:
    """Turns at hosts; names of one registered domain share a turn.

    They are kept in one locked file a domain, which says when the last request ended and how long the host wants to be
    left alone.
    """

    def __init__(self, folder: Path, delay: float) -> None:
        self.folder, self.delay = folder, delay
        folder.mkdir(parents=True, exist_ok=True)

    def _open(self, host: str) -> int:
        name = re.sub(r"[^a-z0-9.-]", "_", registered_domain(host))[:200]
        return os.open(self.folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)

    @asynccontextmanager
    async def turn(self, host: str, crawl_delay: float = 0.0) -> AsyncIterator[None]:
        """Hold the host for one request; ``crawl_delay`` is robots.txt's wish in seconds. Raises HostPausedError."""
        handle = self._open(host)
        try:
            await _lock(handle)
            await self._wait(handle, host, max(self.delay, crawl_delay))
            try:
                yield
            finally:
                # From the answer on: while a connection was being made, the server had seen no request yet.
                _, paused_until = _read(handle)
                _write(handle, time.time(), paused_until)
        finally:
            os.close(handle)  # gives the lock back too

    async def _wait(self, handle: int, host: str, delay: float) -> None:
        last, paused_until = _read(handle)
        now = time.time()
        if paused_until - now > WAIT_OUT:
            raise HostPausedError(f"{host} asked for a pause", paused_until)
        # A clock that was set back must not make us wait for ever.
        wait = max(min(last + delay - now, delay), paused_until - now, 0.0)
        if wait:
            await asyncio.sleep(wait)
        _write(handle, time.time(), paused_until)

    def pause(self, host: str, wait: timedelta) -> None:
        """Leave the host alone for so long; the caller holds its turn."""
        handle = self._open(host)
        try:
            _write(handle, time.time(), time.time() + wait.total_seconds())
        finally:
            os.close(handle)


async def _lock(handle: int) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            await asyncio.sleep(POLL)
        else:
            return


def _read(handle: int) -> tuple[float, float]:
    words = os.pread(handle, 64, 0).split()
    try:
        return float(words[0]), float(words[1])
    except (IndexError, ValueError):  # a new file, or one cut off by a full disk
        return 0.0, 0.0


def _write(handle: int, last: float, paused_until: float) -> None:
    os.pwrite(handle, f"{last:020.6f} {paused_until:020.6f}\n".encode(), 0)
