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


# As the Register printed them until about 2015, here in one paragraph and with invented goods: no numbers in brackets,
# a "$" in the first line of the values alone.
OLDER = (
    "[Transmittal Nos. 11-39] Transmittal No. 11-39, Notice of Proposed Issuance of Letter of Offer (i) Prospective "
    "Purchaser: Kuwait (ii) Total Estimated Value: ------- Major Defense Equipment *......... $45 million "
    "Other.......... 155 million ----------- TOTAL.......... 200 million * as defined in Section 47(6) of the Arms "
    "Export Control Act. (iii) Description and Quantity or Quantities of Articles or Services under Consideration for "
    "Purchase: {articles} (iv) Military Department: Navy (LVV) (viii) Date Report Delivered to Congress: July 22, 2011"
)
LISTS = {
    "digits": (
        "24 AGM-84L HARPOON missiles, 1,000 launch rails, up to 18 F-16C/D Block 52 aircraft, 155 mm fuzes.",
        [
            ("AGM-84L HARPOON missiles", 24, "exact"),
            ("launch rails", 1000, "exact"),
            ("F-16C/D Block 52 aircraft", 18, "up_to"),
        ],
    ),
    "words": ("twelve AH-64E aircraft and spare parts", [("AH-64E aircraft and spare parts", 12, "exact")]),
    "services": ("follow-on support of two frigates, spare parts.", [(None, None, None)]),
    "none but other articles": ("Major Defense Equipment: None Non-MDE: radios and spare parts", [(None, None, None)]),
}


@pytest.mark.parametrize(("articles", "wanted"), LISTS.values(), ids=LISTS)
def test_older_wording(articles: str, wanted: list[tuple[object, ...]]) -> None:
    draft = draft_of(OLDER.format(articles=articles))
    claims = find_notice_claims(draft)
    check_evidence(draft, claims)
    assert [
        (claim.weapon_raw[0] if claim.weapon_raw else None, claim.quantity, claim.quantity_qualifier)
        for claim in claims
    ] == wanted
    for claim in claims:
        assert (claim.recipient, claim.value_max, claim.case_number) == ("KWT", 2e8, "11-39")
        assert claim.value_parts == (("major defense equipment", 4.5e7), ("other", 1.55e8))
        assert claim.happened_on == date(2011, 7, 22)


def test_other_articles_in_paragraphs_of_their_own_are_quoted_without_their_label() -> None:
    first, rest = JOINED.split("Major Defense Equipment (MDE):")
    after = rest[rest.index(" (iv)") :]
    draft = draft_of(first, "Major Defense Equipment (MDE):", "None", "Non-MDE:", "Also included are radios.", after)
    (claim,) = find_notice_claims(draft)
    check_evidence(draft, (claim,))
    assert (claim.evidence.quote, claim.quantity, claim.weapon_raw) == ("Also included are radios.", None, ())


def test_each_notice_of_a_document_has_its_own_case() -> None:
    second = JOINED.replace("24–07", "24–08").replace("Norway", "Denmark")
    claims = find_notice_claims(draft_of(JOINED, second))
    assert {(claim.recipient, claim.case_number) for claim in claims} == {("NOR", "24-07"), ("DNK", "24-08")}


def test_a_report_of_an_enhancement_belongs_to_the_earlier_case() -> None:
    draft = draft_of(
        "Transmittal No. 17-0A REPORT OF ENHANCEMENT OR UPGRADE",
        "(i) Purchaser: Australia",
        "(ii) Sec. 36(b)(1), AECA Transmittal No.: 09-36 Date: 17 July 2009 Military Department: Air Force",
        "(iii) Description: Congress was notified of support for a fleet of four (4) C-17A aircraft at $300 million.",
        "(iv) Significance: The sale will support ten (10) aircraft.",
        "(vi) Date Report Delivered to Congress: November 14, 2017",
    )
    (claim,) = find_notice_claims(draft)
    check_evidence(draft, (claim,))
    assert (claim.recipient, claim.case_number, claim.happened_on) == ("AUS", "09-36", date(2017, 11, 14))
    assert (claim.quantity, claim.value_max, claim.status) == (None, None, "approved")  # the fleet is no new purchase
