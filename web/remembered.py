"""Counts of everything, which take long in a large database: nobody waits for them twice."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy.exc import SQLAlchemyError

logger = logging.getLogger(__name__)

QUICK_SECONDS = 0.03  # what takes no longer is found anew each time
KEPT_SECONDS = 60.0

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """Gives an answer that was slow to find as it was a moment ago, while it is found anew in the background."""

    def __init__(
        self, find: Callable[[datetime], Answer], quick: float = QUICK_SECONDS, kept: float = KEPT_SECONDS
    ) -> None:
        self._find, self._quick, self._kept = find, quick, kept
        self._lock = threading.Lock()
        self._last: tuple[Answer, float] | None = None  # and when it was found
        self._took = 0.0

    def get(self, now: datetime) -> Answer:
        """Give the answer as of ``now``; what its finding raises is raised while there is none to fall back on."""
        last = self._last
        if last is None or self._took < self._quick:
            return self._find_now(now)
        if time.monotonic() - last[1] > self._kept and self._lock.acquire(blocking=False):
            threading.Thread(target=self._find_behind, args=(now,), name="counting", daemon=True).start()
        return last[0]

    def _find_now(self, now: datetime) -> Answer:
        began = time.monotonic()
        answer = self._find(now)
        ended = time.monotonic()
        self._last, self._took = (answer, ended), ended - began
        return answer

    def _find_behind(self, now: datetime) -> None:
        try:
            self._find_now(now)
        except SQLAlchemyError as error:
            logger.warning("what the database holds cannot be counted now: %s", error)
        finally:
            self._lock.release()
