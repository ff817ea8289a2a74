import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks import score
from pipelines.claims.entries import read_rows
from pipelines.claims.vocabulary import CATEGORIES, MODALITIES, QUALIFIERS, STATUSES

ROOT = Path(__file__).parent.parent
# A label that was wrong may be put right; then its new digest goes here in the same commit.
SHA256 = {
    "labelled.jsonl": "2d60c64d80d614c076ee38310e3ddf773c7ca975369975f9526d5909cb374bdb",
    "relevance.jsonl": "700465244beef9bf5029c04b91400857f928260325b711f1d218c2f8104e4132",
}
LABELLED: list[dict[str, Any]] = [
    json.loads(line) for line in (ROOT / "tests/claims/labelled.jsonl").read_text(encoding="utf-8").splitlines()
]
HEADLINES: list[dict[str, Any]] = [
    json.loads(line) for line in (ROOT / "tests/claims/relevance.jsonl").read_text(encoding="utf-8").splitlines()
]
CLAIM_FIELDS = {
    "supplier", "recipient", "equipment", "category", "quantity", "value_amount", "value_currency", "value_qualifier",
    "status", "year", "modality",
}  # fmt: skip
STATES = {
    row["iso3"] for row in read_rows("actors.csv") if row["type"] in {"state", "historic_state", "de_facto_authority"}
}


@pytest.mark.parametrize("name", SHA256)
def test_labels_change_only_on_purpose(name: str) -> None:
    assert hashlib.sha256((ROOT / "tests/claims" / name).read_bytes()).hexdigest() == SHA256[name]


@pytest.mark.parametrize("row", LABELLED, ids=lambda row: row["id"])
def test_labels_obey_the_vocabulary(row: dict[str, Any]) -> None:
    assert set(row) - {"published"} == {"id", "language", "text", "claims"}
    for claim in row["claims"]:
        assert set(claim) - {"value_alt"} == CLAIM_FIELDS
        assert claim["status"] in STATUSES
        assert claim["modality"] in MODALITIES
        assert claim["category"] in CATEGORIES
        assert claim["value_qualifier"] in {None, *QUALIFIERS}
        assert all(name in row["text"] for name in claim["equipment"])
        assert is_party(claim["supplier"], row["text"])
        assert is_party(claim["recipient"], row["text"])
        assert len({claim[field] is None for field in ("value_amount", "value_currency", "value_qualifier")}) == 1
        assert claim["year"] is None or str(claim["year"]) in row["text"]


def is_party(party: str | None, text: str) -> bool:
    return party is None or party in text or (re.fullmatch("[A-Z]{3}", party) is not None and party in STATES)


def test_labels_cover_what_they_should() -> None:
    claims = [claim for row in LABELLED for claim in row["claims"]]
    assert {claim["status"] for claim in claims} == STATUSES
    assert {claim["modality"] for claim in claims} == MODALITIES
    assert {claim["category"] for claim in claims} == CATEGORIES
    assert {claim["value_qualifier"] for claim in claims} == {None, *QUALIFIERS}
    assert sum(not row["claims"] for row in LABELLED) >= 0.35 * len(LABELLED)
    least = {"en": 150, "es": 50, "ru": 50, "fr": 45, "tr": 35}
    assert all(sum(row["language"] == language for row in LABELLED) >= size for language, size in least.items())
    assert len({row["id"] for row in LABELLED}) == len({row["text"] for row in LABELLED}) == len(LABELLED)


def test_the_labels_agree_with_themselves() -> None:
    judged = [score.judge(row["language"], row["claims"], row["claims"]) for row in LABELLED]
    assert score.total(each.tally for each in judged).f1 == 1
    assert all(score.share_right(field, judged) == 1 for field in score.AGREES)


@pytest.fixture(scope="module")
def accuracy() -> Any:
    pytest.importorskip("pipelines.claims.from_text", reason="no finder of claims in text yet: nothing to measure")
    from benchmarks import accuracy  # noqa: PLC0415

    return accuracy


# A little below what was measured: a change that loses more must say why.
LEAST_F1 = {"en": 0.86, "es": 0.91, "ru": 0.9, "fr": 0.96, "tr": 0.8}
LEAST_RIGHT = {"status": 0.93, "modality": 0.96, "quantity": 0.96, "value": 0.96, "category": 0.95, "year": 0.96}
LEAST_RELEVANCE_F1 = {"en": 0.94, "es": 0.96, "ru": 0.96, "fr": 0.94, "tr": 0.95}
LEAST_PRECISION, MOST_FALSE = 0.92, 0.02


@pytest.mark.parametrize("language", LEAST_F1)
def test_claims_are_found_no_worse_than_before(accuracy: Any, language: str) -> None:
    spoken = [each for each in accuracy.judge_passages() if each.language == language]
    assert score.total(each.tally for each in spoken).f1 >= LEAST_F1[language]


@pytest.mark.parametrize("field", LEAST_RIGHT)
def test_fields_are_right_no_less_than_before(accuracy: Any, field: str) -> None:
    assert score.share_right(field, accuracy.judge_passages()) >= LEAST_RIGHT[field]


def test_false_claims_are_no_more_than_before(accuracy: Any) -> None:
    judged = accuracy.judge_passages()
    assert score.total(each.tally for each in judged).precision >= LEAST_PRECISION
    assert score.share_false(judged) <= MOST_FALSE


@pytest.mark.parametrize("language", LEAST_RELEVANCE_F1)
def test_relevance_is_no_worse_than_before(accuracy: Any, language: str) -> None:
    assert accuracy.judge_headlines()[language].f1 >= LEAST_RELEVANCE_F1[language]


def test_the_card_is_current(accuracy: Any) -> None:
    assert accuracy.CARD.read_text(encoding="utf-8") == accuracy.write_card(), "run python -m benchmarks.accuracy"
