"""What changed between two revisions: in facts and in words."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.fact_changes import find_claim_changes
from models.listing_claims import ClaimRow
from models.listing_revisions import compare_revisions
from tests.sample_rows import add_article, add_claim, add_revision
from web.text_diff import diff_paragraphs, diff_words

FIELDS: dict[str, Any] = dict.fromkeys(ClaimRow.__dataclass_fields__) | {
    "supplier": "KOR", "recipient": "POL", "weapon": "K2", "weapon_raw": ("K2",), "quantity": 12,
    "status": "contracted", "modality": "asserted", "quote": "12 K2", "category": "armoured vehicles", "rule": "buys",
    "confidence": 0.9,
}  # fmt: skip


def claim(**fields: Any) -> ClaimRow:
    return ClaimRow(**FIELDS | fields)


CASES: dict[str, tuple[list[ClaimRow], list[ClaimRow], list[tuple[str, str | None, str | None]]]] = {
    "a number cut": ([claim()], [claim(quantity=10)], [("quantity", "12", "10")]),
    "supplier removed": ([claim()], [claim(supplier=None)], [("supplier", "KOR", None)]),
    "supplier named at last": ([claim(supplier=None)], [claim()], [("supplier", None, "KOR")]),
    "a stage further": ([claim()], [claim(status="delivered")], [("status", "contracted", "delivered")]),
    "now only said by somebody": (
        [claim()],
        [claim(modality="attributed", attributed_to="the ministry")],
        [("modality", "asserted", "attributed"), ("said by", None, "the ministry")],
    ),
    "only the words": ([claim()], [claim(quote="twelve K2", confidence=0.5, rule="signs")], []),
    "another order": ([claim(), claim(weapon="K9")], [claim(weapon="K9"), claim()], []),
    "about became exact": (
        [claim(quantity_qualifier="about")],
        [claim(quantity_qualifier="exact")],
        [("quantity", "about 12", "12")],
    ),
    "a ceiling became a price": (
        [claim(value_max=2e9, value_qualifier="up_to", currency="USD", value_kind="ceiling")],
        [claim(value_min=1.5e9, value_max=1.5e9, value_qualifier="exact", currency="USD", value_kind="contract")],
        [("value", "2,000,000,000 up_to USD ceiling", "1,500,000,000 USD contract")],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_facts_that_changed(case: tuple[list[ClaimRow], list[ClaimRow], list[Any]]) -> None:
    before, after, expected = case
    changes = find_claim_changes(before, after)
    assert [(each.fact, each.old, each.new) for change in changes for each in change.facts] == expected
    assert all(change.before and change.after for change in changes)


def test_claims_that_came_and_went() -> None:
    old, new = (
        claim(recipient="EGY", supplier="FRA", weapon="Rafale"),
        claim(recipient="NOR", supplier="DEU", weapon="212"),
    )
    changes = find_claim_changes([claim(), old], [new, claim()])
    assert [(each.before, each.after) for each in changes] == [(old, None), (None, new)]


def test_each_claim_is_paired_with_the_most_alike() -> None:
    left = [claim(quantity=5), claim(weapon="K9", quantity=7)]
    right = [claim(weapon="K9", quantity=8), claim(quantity=6)]
    changes = find_claim_changes(left, right)
    assert [(each.facts[0].old, each.facts[0].new) for each in changes] == [("5", "6"), ("7", "8")]


def test_words() -> None:
    pieces = diff_words("Estonia will buy 18 K9 howitzers.", "Estonia will buy 12 K9 howitzers now.")
    assert [(each.text, each.change) for each in pieces] == [
        ("Estonia will buy ", "same"),
        ("18", "removed"),
        ("12", "added"),
        (" K9 howitzers", "same"),
        (" now", "added"),
        (".", "same"),
    ]


def test_paragraphs_that_stayed_stand_together() -> None:
    runs = diff_paragraphs(["a", "b", "c", "old", "d"], ["a", "b", "c", "new", "d", "e"])
    assert [(run.is_same, len(run.paragraphs)) for run in runs] == [(True, 3), (False, 1), (True, 1), (False, 1)]


@given(some.lists(some.text("ab c.", max_size=12), max_size=6), some.lists(some.text("ab c.", max_size=12), max_size=6))
def test_a_diff_holds_both_texts_whole(before: list[str], after: list[str]) -> None:
    pieces = [each for run in diff_paragraphs(before, after) for part in run.paragraphs for each in part.pieces]
    assert "".join(each.text for each in pieces if each.change != "added") == "".join(before)
    assert "".join(each.text for each in pieces if each.change != "removed") == "".join(after)


HUGE = {
    "many equal words": ("a " * 30_000, "b " + "a " * 29_000),
    "many words": (" ".join(map(str, range(30_000))), " ".join(map(str, range(30_000, 0, -1)))),
    "one word": ("x" * 500_000, "y" * 500_000),
}


@pytest.mark.parametrize("case", HUGE.values(), ids=HUGE)
def test_huge_texts_take_no_time(case: tuple[str, str]) -> None:
    began = time.process_time()
    pieces = diff_words(*case)
    assert "".join(each.text for each in pieces if each.change != "removed") == case[1]
    assert time.process_time() - began < 2


def test_revisions_are_compared_the_older_one_first(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        article = add_article(session, "k9", "South Korea sells Estonia 18 K9.")
        facts = {"supplier": "KOR", "recipient": "EST", "weapon": "K9"}
        add_claim(session, article, "18 K9", quantity=18, **facts)
        first = article.current_revision_id
        article.headline = "Estonia cuts its order"
        add_revision(session, article, "South Korea sells Estonia 12 K9.")
        add_claim(session, article, "12 K9", quantity=12, **facts)
        assert first is not None
        assert article.current_revision_id is not None
        found = compare_revisions(session, article.id, article.current_revision_id, first)
        assert found is not None
        assert (found.before.id, found.after.id) == (first, article.current_revision_id)
        assert [(each.fact, each.old, each.new) for each in found.headings] == [
            ("headline", "K9", "Estonia cuts its order")
        ]
        assert [(each.fact, each.old, each.new) for each in found.claims[0].facts] == [("quantity", "18", "12")]
        other = add_article(session, "other", "Other.")
        assert compare_revisions(session, other.id, first, first) is None
        assert compare_revisions(session, 99, first, first) is None
