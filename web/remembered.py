"""Answers that take long in a large database: nobody waits for them twice."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from sqlalchemy.exc import SQLAlchemyError

logger = logging.getLogger(__name__)

QUICK_SECONDS = 0.1  # what takes no longer is found anew each time
# Times as long as finding it took: how long an answer is good, and after which age the next one is waited for.
GOOD_TIMES, OLDEST_TIMES = 20, 300
MOST_QUESTIONS = 100

Question = TypeVar("Question")
Known = TypeVar("Known", bound=Hashable)
Answer = TypeVar("Answer")


class Remembered(Generic[Question, Answer]):
    """Gives an answer that was slow to find as it was a moment ago, while it is found anew in the background."""

    def __init__(
        self, find: Callable[[Question], Answer], quick: float = QUICK_SECONDS, good: float = GOOD_TIMES
    ) -> None:
        self._find, self._quick, self._good = find, quick, good
        self._lock = threading.Lock()
        self._last: tuple[Answer, float, float] | None = None  # the last one that was slow, when found, in what time

    def get(self, question: Question) -> Answer:
        """Give the answer; what its finding raises is raised while there is none to fall back on."""
        if self._last is None:
            return self._find_now(question)
        answer, found_at, took = self._last
        age = time.monotonic() - found_at
        if age > OLDEST_TIMES * took:
            return self._find_now(question)
        if age > self._good * took and self._lock.acquire(blocking=False):
            threading.Thread(target=self._find_behind, args=(question,), name="counting", daemon=True).start()
        return answer

    def _find_now(self, question: Question) -> Answer:
        began = time.monotonic()
        answer = self._find(question)
        ended = time.monotonic()
        self._last = (answer, ended, ended - began) if ended - began >= self._quick else None
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
