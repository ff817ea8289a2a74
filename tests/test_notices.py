import json
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from newsroom.server import Newsroom
from pipelines.claims.from_notices import find_notice_claims
from pipelines.extract.article import extract
from pipelines.items import ArticleDraft, ClaimDraft, Page, Paragraph

TRUTH = json.loads((Path(__file__).parent.parent / "newsroom" / "expected.json").read_text(encoding="utf-8"))
NOTICES = [each for each in TRUTH["articles"] if each["outlet"] == "notices"]
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(port=0) as running:
        running.edition = 2
        yield running


def draft_of(*texts: str) -> ArticleDraft:
    paragraphs = tuple(Paragraph(text) for text in texts)
    return ArticleDraft(
        "https://x.example/1", "https://x.example/1", "link", "Arms Sales Notification", "h1", (), None, None, "en",
        "full", paragraphs,
    )  # fmt: skip


def check_evidence(draft: ArticleDraft, claims: tuple[ClaimDraft, ...]) -> None:
    for claim in claims:
        place = claim.evidence
        assert place.paragraph is not None
        assert draft.paragraphs[place.paragraph].text[place.start : place.end] == place.quote != ""


@pytest.mark.parametrize("truth", NOTICES, ids=lambda each: each["path"].rsplit("/", 1)[-1])
def test_every_notice_of_the_newsroom_is_read_whole(newsroom: Newsroom, truth: dict) -> None:
    address = f"http://127.0.0.1:{newsroom.port}{truth['path']}"
    request = urllib.request.Request(address, headers={"Host": f"notices.localhost:{newsroom.port}"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
        body = answer.read()
    draft = extract(Page(address, address, 200, body, NOW, "text/html"), NOW)
    claims = find_notice_claims(draft)
    check_evidence(draft, claims)
    number = truth["path"].split("/")[-2]
    if number not in TRUTH["notices"]:
        assert claims == ()
        return
    notice = TRUTH["notices"][number]
    assert [[claim.weapon_raw[0], claim.quantity] for claim in claims if claim.weapon_raw] == notice["items"]
    assert claims
    for claim in claims:
        assert (claim.supplier, claim.recipient, claim.status) == ("USA", notice["recipient"], "approved")
        assert (claim.value_min, claim.value_max, claim.currency) == (None, notice["total"], "USD")
        assert (claim.value_kind, claim.value_qualifier) == ("notification ceiling", "up_to")
        parts = {"major defense equipment": notice["major_defense_equipment"], "other": notice["other"]}
        assert dict(claim.value_parts or ()) == parts
        assert claim.happened_on == date.fromisoformat(notice["delivered_to_congress"])
        assert claim.case_number in {"26-31", "26-34", "26-27", "26-25", "26-19", "25-88"}


JOINED = (
    "[Transmittal No. 24–07] Notice of Proposed Issuance of Letter of Offer (i) (U) Prospective Purchaser: Government "
    "of Norway (ii) (U) Total Estimated Value: Major Defense Equipment * ........ $ 1,040 million Other ..... $.06 "
    "billion 'TOTAL ..... $1.1 billion (iii) (U) Description and Quantity or Quantities of Articles or Services under "
    "Consideration for Purchase: Major Defense Equipment (MDE): Up to two thousand four hundred (2,400) AGM-114R "
    "Hellfire missiles; and one hundred and five (105) M299 launchers (100 new, 5 spare). Non-MDE: Also included are "
    "six (6) training devices. (iv) (U) Military Department: Army (NO-B-ABC) (viii) (U) Date Report Delivered to "
    "Congress: February 30, 2024"
)


def test_all_items_in_one_paragraph() -> None:
    draft = draft_of(JOINED)
    claims = find_notice_claims(draft)
    check_evidence(draft, claims)
    assert [(claim.weapon_raw[0], claim.quantity, claim.quantity_qualifier) for claim in claims] == [
        ("AGM-114R Hellfire missiles", 2400, "up_to"), ("M299 launchers", 105, "exact"),
    ]  # fmt: skip
    first = claims[0]
    assert (first.recipient, first.case_number, first.value_max) == ("NOR", "24-07", 1.1e9)
    assert first.value_parts == (("major defense equipment", 1.04e9), ("other", pytest.approx(6e7)))
    assert first.weapon is not None
    assert first.category == "missiles"
    assert (first.happened_on, first.year) == (None, None)  # there is no 30 February


@pytest.mark.parametrize(
    ("purchaser", "wanted"),
    [
        ("The Government of the Kingdom of Saudi Arabia", "SAU"),
        ("Taipei Economic and Cultural Representative Office in the United States (TECRO)", "TWN"),
        ("NATO Support and Procurement Agency (NSPA)", "NATO Support and Procurement Agency (NSPA)"),
        ("Government of the Republic of Korea", "KOR"),
    ],
    ids=["kingdom", "taipei", "an agency keeps its name", "korea"],
)
def test_purchasers(purchaser: str, wanted: str) -> None:
    claims = find_notice_claims(draft_of(*JOINED.replace("Government of Norway", purchaser).split(" (iii) ")))
    assert {claim.recipient for claim in claims} == {wanted}


def test_without_a_total_there_is_no_value() -> None:
    claims = find_notice_claims(draft_of(JOINED.replace("TOTAL", "SUM")))
    assert {(claim.value_max, claim.currency, claim.value_kind) for claim in claims} == {(None, None, None)}


def test_other_texts_are_no_notice() -> None:
    text = "The State Department approved a possible sale of twelve (12) aircraft to Jordan. Transmittal No. 25-88."
    assert find_notice_claims(draft_of(text)) == ()


def test_hostile_text_is_read_in_time() -> None:
    label = "(iii) Description and Quantity or Quantities of Articles or Services under Consideration for Purchase: "
    bombs = [
        label + "one " * 50_000,
        "(" * 50_000,
        "(ii) Total Estimated Value: Other" + "." * 200_000,
        " ( 1" * 50_000,
    ]
    assert find_notice_claims(draft_of(JOINED, *bombs))
