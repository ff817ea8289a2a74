"""Answers that take long in a large database: nobody waits for them twice."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from sqlalchemy.exc import SQLAlchemyError

logger = logging.getLogger(__name__)

QUICK_SECONDS = 0.03  # what takes no longer is found anew each time
KEPT_SECONDS = 60.0
OLDEST_SECONDS = 3600.0  # what is older is waited for
MOST_QUESTIONS = 100

Question = TypeVar("Question")
Known = TypeVar("Known", bound=Hashable)
Answer = TypeVar("Answer")


class Remembered(Generic[Question, Answer]):
    """Gives an answer that was slow to find as it was a moment ago, while it is found anew in the background."""

    def __init__(
        self, find: Callable[[Question], Answer], quick: float = QUICK_SECONDS, kept: float = KEPT_SECONDS
    ) -> None:
        self._find, self._quick, self._kept = find, quick, kept
        self._lock = threading.Lock()
        self._last: tuple[Answer, float] | None = None  # the last one that was slow, and when it was found

    def get(self, question: Question) -> Answer:
        """Give the answer; what its finding raises is raised while there is none to fall back on."""
        last = self._last
        if last is None or (age := time.monotonic() - last[1]) > OLDEST_SECONDS:
            return self._find_now(question)
        if age > self._kept and self._lock.acquire(blocking=False):
            threading.Thread(target=self._find_behind, args=(question,), name="counting", daemon=True).start()
        return last[0]

    def _find_now(self, question: Question) -> Answer:
        began = time.monotonic()
        answer = self._find(question)
        ended = time.monotonic()
        self._last = (answer, ended) if ended - began >= self._quick else None
        return answer

    def _find_behind(self, question: Question) -> None:
        try:
            self._find_now(question)
        except SQLAlchemyError as error:
            logger.warning("what the database holds cannot be counted now: %s", error)
        finally:
            self._lock.release()


class RememberedEach(Generic[Known, Answer]):
    """Does the same for each of many questions; those asked last are kept."""

    def __init__(self, find: Callable[[Known], Answer], most: int = MOST_QUESTIONS) -> None:
        self._find, self._most = find, most
        self._lock = threading.Lock()
        self._answers: OrderedDict[Known, Remembered[Known, Answer]] = OrderedDict()

    def get(self, question: Known) -> Answer:
        """Give the answer; what its finding raises is raised while there is none to fall back on."""
        with self._lock:
            remembered = self._answers.setdefault(question, Remembered(self._find))
            self._answers.move_to_end(question)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return remembered.get(question)
