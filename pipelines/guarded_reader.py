"""Reads a page within a limit of CPU time; a page that breaks our code costs that page."""

import logging
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from pipelines.items import Page, Reading
from pipelines.reader import read_page

CPU_LIMIT = 20.0  # seconds one page may keep the extractors busy
MEMORY_LIMIT = 1 << 30  # bytes one page may take beside what the process has: streams of a PDF can unpack to anything

logger = logging.getLogger(__name__)


def read_guarded(page: Page) -> Reading:
    """Read a page; where our own code fails, or takes too long, the reading has an error. The one broad catch."""
    try:
        with cpu_limit(CPU_LIMIT), memory_limit(MEMORY_LIMIT):
            return read_page(page, page.fetched_at)
    except Exception as error:
        logger.exception("cannot read %s", page.url)
        return Reading(page, error=f"extraction failed: {type(error).__name__}")


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the block once it has used so much CPU time; only the main thread can be limited."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds} s of CPU")

    previous = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)


@contextmanager
def memory_limit(more: int) -> Iterator[None]:
    """Raise MemoryError in the block where the process would take so many bytes more; where /proc says what it has."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    limit = pages * os.sysconf("SC_PAGE_SIZE") + more
    resource.setrlimit(resource.RLIMIT_AS, (limit if before[1] < 0 else min(limit, before[1]), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
