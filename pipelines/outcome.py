"""Pure: in which state a page ends after one look at it, and when it is looked at again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pipelines.items import ArticleDraft, Missed, Page, Reading

PageState = Literal["wanted", "kept", "done", "irrelevant", "failed", "gone", "refused"]

GIVE_UP_AFTER = 8  # attempts; with the waits below that is about five days
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(days=2)
ASK_REFUSED_AGAIN = timedelta(days=7)
NOT_ARTICLE = {"consent wall": "refused", "login": "refused", "soft 404": "gone"}
# Young articles change often, old ones hardly: (age up to, time to the next look).
LOOKS = (
    (timedelta(days=1), timedelta(hours=3)),
    (timedelta(days=7), timedelta(days=1)),
    (timedelta(days=30), timedelta(days=7)),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The page's new state with its reason; ``next_fetch_at`` is None where nobody needs to look again."""

    state: PageState
    reason: str | None
    next_fetch_at: datetime | None = None
    counts_as_attempt: bool = False


def judge_missed(missed: Missed, attempts: int, now: datetime) -> Outcome:
    """Judge a page that was asked for and gave no answer; ``attempts`` are those before this one."""
    if missed.final:
        again = now + ASK_REFUSED_AGAIN if missed.reason == "robots" else None
        return Outcome("refused", missed.reason, again)
    return _failed(missed.reason, attempts, now)


def judge_reading(reading: Reading, attempts: int, now: datetime) -> Outcome:
    """Judge a page that gave an answer."""
    page, draft = reading.page, reading.draft
    if reading.error is not None:
        return Outcome("kept", reading.error)
    if page.status != 200:
        return _judge_status(page, attempts, now)
    if draft is None or not (draft.paragraphs or draft.headline):
        return Outcome("refused", "neither HTML nor PDF" if draft is None else _why_empty(draft))
    if draft.access in NOT_ARTICLE:
        state: PageState = "gone" if draft.access == "soft 404" else "refused"
        return Outcome(state, draft.access, now + ASK_REFUSED_AGAIN)
    if not reading.is_relevant:
        return Outcome("irrelevant", "; ".join(reading.relevance.reasons)[:200] if reading.relevance else None)
    return Outcome("done", None, next_look(_published(draft), now))


def _why_empty(draft: ArticleDraft) -> str:
    return next((problem for problem in draft.problems if problem.startswith("PDF")), "no text")


def _judge_status(page: Page, attempts: int, now: datetime) -> Outcome:
    if page.status in (404, 410):
        return Outcome("gone", f"status {page.status}")
    if page.status in (401, 402, 403, 451):
        return Outcome("refused", f"blocked: status {page.status}", now + ASK_REFUSED_AGAIN)
    return _failed(f"status {page.status}", attempts, now)


def _failed(reason: str, attempts: int, now: datetime) -> Outcome:
    if attempts + 1 >= GIVE_UP_AFTER:
        return Outcome("failed", f"{reason}; given up", counts_as_attempt=True)
    wait = min(FIRST_WAIT * 4**attempts, LONGEST_WAIT)
    return Outcome("failed", reason, now + wait, counts_as_attempt=True)


def _published(draft: ArticleDraft) -> datetime | None:
    return draft.published.at if draft.published else None


def next_look(published_at: datetime | None, now: datetime) -> datetime | None:
    """Say when an article is looked at again; one without a date counts as a week old."""
    age = now - published_at if published_at else timedelta(days=7)
    return next((now + wait for oldest, wait in LOOKS if age <= oldest), None)
