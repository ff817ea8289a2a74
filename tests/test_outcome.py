from datetime import UTC, datetime, timedelta

import pytest

from pipelines.items import ArticleDraft, Missed, Page, Paragraph, Reading, Relevance
from pipelines.outcome import GIVE_UP_AFTER, judge_missed, judge_reading, next_look

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def page(status: int = 200) -> Page:
    return Page("https://example.org/a", "https://example.org/a", status, b"<p>text", NOW)


def draft(access: str = "full") -> ArticleDraft:
    return ArticleDraft(
        url="https://example.org/a", canonical_url="https://example.org/a", canonical_origin="url", headline="H",
        headline_origin="h1", authors=(), published=None, modified=None, language="en", access=access,
        paragraphs=(Paragraph("text"),),
    )  # fmt: skip


RELEVANT, OTHER = Relevance(True, 0.9), Relevance(False, 0.1, ("no word for arms",))


@pytest.mark.parametrize(
    ("reading", "state"),
    [
        pytest.param(Reading(page(), draft(), RELEVANT), "done", id="relevant"),
        pytest.param(Reading(page(), draft(), OTHER), "irrelevant", id="ordinary news"),
        pytest.param(Reading(page(), draft("consent wall"), OTHER), "refused", id="consent wall with status 200"),
        pytest.param(Reading(page(), draft("soft 404"), OTHER), "gone", id="soft 404"),
        pytest.param(Reading(page(), draft("teaser"), RELEVANT), "done", id="a teaser is an article"),
        pytest.param(Reading(page()), "refused", id="PDF"),
        pytest.param(Reading(page(), error="extraction failed: KeyError"), "kept", id="our own bug"),
        pytest.param(Reading(page(404)), "gone", id="404"),
        pytest.param(Reading(page(410)), "gone", id="410"),
        pytest.param(Reading(page(403)), "refused", id="403"),
        pytest.param(Reading(page(503)), "failed", id="503"),
    ],
)
def test_state_of_a_page(reading: Reading, state: str) -> None:
    outcome = judge_reading(reading, 0, NOW)
    assert outcome.state == state
    assert (outcome.reason is None) == (state == "done")


def test_failures_are_tried_again_ever_later_and_given_up_at_last() -> None:
    waits = []
    for attempts in range(GIVE_UP_AFTER - 1):
        outcome = judge_missed(Missed("https://example.org/a", "timeout", final=False), attempts, NOW)
        assert outcome.next_fetch_at is not None
        waits.append(outcome.next_fetch_at - NOW)
    assert waits == sorted(waits)
    last = judge_missed(Missed("https://example.org/a", "timeout", final=False), GIVE_UP_AFTER - 1, NOW)
    assert last.next_fetch_at is None
    assert last.reason == "timeout; given up"


def test_young_articles_are_looked_at_sooner_than_old_ones() -> None:
    hour, week, old = (next_look(NOW - timedelta(days=days), NOW) for days in (0, 5, 20))
    assert hour is not None
    assert week is not None
    assert old is not None
    assert hour < week < old
    assert next_look(NOW - timedelta(days=400), NOW) is None
