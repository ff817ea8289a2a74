"""Slow answers are given again at once and found anew behind."""

import threading
import time
from datetime import datetime

import pytest
from sqlalchemy.exc import OperationalError

from tests.sample_rows import NOW
from web.remembered import Remembered, RememberedEach


class Counting:
    """Answers how often it was asked, as slowly as it is told; fails from the second time on if it is told so."""

    def __init__(self, seconds: float, *, fails: bool = False) -> None:
        self.seconds, self.fails, self.asked = seconds, fails, 0
        self.answered = threading.Event()

    def find(self, now: datetime) -> int:
        assert now == NOW
        self.asked += 1
        try:
            if self.fails and self.asked > 1:
                raise OperationalError("SELECT", {}, Exception("away"))
            time.sleep(self.seconds)
        finally:
            if self.asked > 1:
                self.answered.set()
        return self.asked


def test_what_is_quick_is_found_each_time() -> None:
    remembered = Remembered(Counting(0).find, quick=1)
    assert [remembered.get(NOW) for _ in range(3)] == [1, 2, 3]


def test_what_is_slow_is_given_again() -> None:
    counting = Counting(0.05)
    remembered = Remembered(counting.find, quick=0.01)
    assert [remembered.get(NOW) for _ in range(5)] == [1] * 5
    assert counting.asked == 1


def test_what_is_old_is_found_anew_by_one_in_the_background() -> None:
    counting = Counting(0.05)
    remembered = Remembered(counting.find, quick=0.01, good=0)
    assert [remembered.get(NOW) for _ in range(3)] == [1, 1, 1]
    assert counting.answered.wait(5)
    deadline = time.monotonic() + 5
    while (answer := remembered.get(NOW)) == 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert answer >= 2


def test_what_is_too_old_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.remembered.OLDEST_TIMES", 0)
    remembered = Remembered(Counting(0.05).find, quick=0.01)
    assert [remembered.get(NOW) for _ in range(3)] == [1, 2, 3]


def test_a_database_that_went_away_leaves_the_last_answer() -> None:
    counting = Counting(0.05, fails=True)
    remembered = Remembered(counting.find, quick=0.01, good=0)
    assert [remembered.get(NOW) for _ in range(2)] == [1, 1]
    assert counting.answered.wait(5)
    assert remembered.get(NOW) == 1


def test_the_first_answer_fails_aloud() -> None:
    counting = Counting(0, fails=True)
    counting.asked = 1
    with pytest.raises(OperationalError):
        Remembered(counting.find).get(NOW)


def test_each_question_has_its_answer_and_those_asked_last_are_kept() -> None:
    asked = []

    def find(question: str) -> str:
        asked.append(question)
        time.sleep(0.11)
        return question.upper()

    remembered = RememberedEach(find, most=2)
    assert [remembered.get(each) for each in "abaacaba"] == list("ABAACABA")
    assert asked == ["a", "b", "c", "b"]
