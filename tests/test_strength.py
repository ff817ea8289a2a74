from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import Transfer
from models.listing_transfers import TransferFilters, TransferRow, list_transfers
from pipelines.as_of import list_transfers_as_of
from pipelines.corroborate import corroborate
from pipelines.items import Page, Reading
from pipelines.store import store_batch
from pipelines.store_registers import RegisterFile, store_register
from pipelines.store_transfers import rebuild_transfers
from pipelines.transfers.drafts import RegisterEntry, StatedClaim, TransferDraft
from tests.test_corroborate import DAY, stated, worth
from tests.test_store_transfers import NOW, TEXTS, place_of, reading

# Outlets of each kind, as their spider files name them.
PAPER = {"outlet_kind": "newspaper", "outlet_state": "GBR"}
DIGEST = {"outlet_kind": "aggregator", "outlet": "Example Digest"}
PARIS = {"outlet_kind": "government", "outlet_state": "FRA", "outlet": "Example Ministry"}
CAIRO = {"outlet_kind": "state media", "outlet_state": "EGY", "outlet": "Example State Radio"}
LONDON = {"outlet_kind": "government", "outlet_state": "GBR", "outlet": "Example Office"}
BY_PARIS = {**PAPER, "attributed_to": "FRA", "modality": "attributed"}
BY_CAIRO = {**PAPER, "attributed_to": "EGY", "modality": "attributed"}
NOTICE = {"status": "approved", "rule": "36(b) notice", "case_number": "26-31"}
ENTRY = RegisterEntry("FRA", "delivered", "UN register, line 4 of unroca.csv", 2026, weapon="Rafale", quantity=6)


def one(*claims: StatedClaim, entries: tuple[RegisterEntry, ...] = ()) -> TransferDraft:
    (draft,) = corroborate(claims, entries)
    return draft


LEVELS: dict[str, tuple[list[StatedClaim], int]] = {
    "an aggregator": ([stated(1, **DIGEST)], 0),
    "two aggregators": ([stated(1, **DIGEST), stated(2, outlet_kind="aggregator")], 0),
    "an aggregator that quotes a party": ([stated(1, **DIGEST, attributed_to="FRA", modality="attributed")], 0),
    "an unknown site that names nobody": ([stated(1)], 0),
    "pages of collections that name nobody": ([stated(1, outlet_kind="archive")], 0),
    "a page that is gone": ([stated(1, **PAPER, is_withdrawn=True)], 0),
    "planned": ([stated(1, **PAPER, modality="hypothetical")], 0),
    "repeated in a FAQ": ([stated(1, **PARIS, in_faq=True)], 0),
    "an unknown site with an author": ([stated(1, is_signed=True)], 1),
    "a paper": ([stated(1, **PAPER)], 1),
    "a paper and an aggregator": ([stated(1, **PAPER), stated(2, **DIGEST)], 1),
    "a paper and its copies": ([stated(n, **PAPER, origin_group=1) for n in (1, 2, 3)], 1),
    "a paper and a plan": ([stated(1, **PAPER), stated(2, **PARIS, modality="hypothetical")], 1),
    "a paper that quotes a third state": ([stated(1, **PAPER, attributed_to="USA", modality="attributed")], 1),
    "an office of a third state": ([stated(1, **LONDON)], 1),
    "state media with hearsay": ([stated(1, **CAIRO, modality="attributed")], 1),
    "a paper that quotes a party": ([stated(1, **BY_PARIS)], 2),
    "two papers that quote one party": ([stated(n, **BY_PARIS) for n in (1, 2)], 2),
    "a ministry": ([stated(1, **PARIS)], 2),
    "a ministry and a paper that quotes it": ([stated(1, **PARIS), stated(2, **BY_PARIS)], 2),
    "state media of a party": ([stated(1, **CAIRO)], 2),
    "both parties, quoted on one page": ([stated(1, **BY_PARIS), stated(1, **BY_CAIRO)], 2),
    "two papers": ([stated(1, **PAPER), stated(2, **PAPER)], 3),
    "a paper that quotes a party, and another": ([stated(1, **BY_PARIS), stated(2, **PAPER)], 3),
    "state media and a paper": ([stated(1, **CAIRO), stated(2, **PAPER)], 3),
    "background of two papers": ([stated(n, **PAPER, modality="historical", year=2026) for n in (1, 2)], 3),
    "a ministry and a paper": ([stated(1, **PARIS), stated(2, **PAPER)], 4),
    "a ministry and the other side's radio": ([stated(1, **PARIS), stated(2, **CAIRO)], 4),
    "two papers, each with a party": ([stated(1, **BY_PARIS), stated(2, **BY_CAIRO)], 4),
    "both parties, and a page that quotes both": (
        [stated(1, **BY_PARIS), stated(2, **BY_CAIRO), stated(3, **BY_PARIS), stated(3, **BY_CAIRO)],
        4,
    ),
    "a notice of its own government": ([stated(1, **PARIS, **NOTICE)], 5),
    "a notice printed by a paper": ([stated(1, **PAPER, **NOTICE)], 1),
    "a contract notice": ([stated(1, **PARIS, is_contract_notice=True)], 5),
    "a contract number in another state's notice": ([stated(1, **LONDON, is_contract_notice=True)], 1),
}


@pytest.mark.parametrize(("claims", "level"), LEVELS.values(), ids=LEVELS)
def test_level_of_a_stage(claims: list[StatedClaim], level: int) -> None:
    (rung,) = one(*claims).rungs
    assert (rung.level, bool(rung.explanation)) == (level, True)


def test_levels_belong_to_stage_and_attribute() -> None:
    """The sale may be 4, its price 1, the number 2."""
    transfer = one(
        stated(1, **PARIS, quantity=18),
        stated(2, **PAPER, **worth(2e9)),
        stated(3, **PAPER, status="delivered", modality="negated"),
    )
    assert [(rung.status, rung.level) for rung in transfer.rungs] == [("contracted", 4), ("delivered", 0)]
    assert [(each.low, each.level) for each in transfer.quantities] == [(18, 2)]
    assert [(each.low, each.level) for each in transfer.amounts] == [(2e9, 1)]


EXPLANATIONS: dict[str, tuple[list[StatedClaim], str]] = {
    "nobody": ([stated(1, modality="hypothetical")], "nobody supports it: only planned, denied or repeated"),
    "one": ([stated(1, "The Harbour", **PAPER)], "1 independent origin: report (The Harbour; 1 article)"),
    "a party and copies": (
        [
            stated(1, "The Harbour", **BY_PARIS),
            stated(2, "Skylance", **BY_PARIS),
            stated(3, "Meridian", **PAPER),
            stated(4, **DIGEST),
            stated(5, **DIGEST),
        ],
        ("2 independent origins, one a party: statement of FRA, the supplier (Skylance, The Harbour; 2 articles); "
        "report (Meridian; 1 article); adds nothing, of an aggregator: Example Digest; 2 articles"),
    ),
    "both parties": (
        [stated(1, **PARIS), stated(2, **CAIRO)],
        (
            "2 independent origins, 2 of them parties: official document of FRA, the supplier (Example Ministry; "
            "1 article); statement of EGY, the recipient (Example State Radio; 1 article); both parties say so, apart "
            "from each other"
        ),
    ),
    "a notice": (
        [stated(1, **PARIS, **NOTICE)],
        "1 independent origin, a party: 36(b) notice of FRA, the supplier (Example Ministry; 1 article)",
    ),
    "an aggregator alone": (
        [stated(1, **DIGEST)],
        "no independent origin; adds nothing, of an aggregator: Example Digest; 1 article",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("claims", "wanted"), EXPLANATIONS.values(), ids=EXPLANATIONS)
def test_explanation(claims: list[StatedClaim], wanted: str) -> None:
    (rung,) = one(*claims).rungs
    assert rung.explanation == wanted


def test_many_names_are_cut_short() -> None:
    (rung,) = one(*(stated(n, f"Outlet {n:02}", **PAPER) for n in range(1, 41))).rungs
    assert (rung.level, "; 35 more" in rung.explanation, len(rung.explanation) < 400) == (3, True, True)


SIX = {"status": "delivered", "quantity": 6}
OTHER_SIDE = replace(ENTRY, reporter="EGY")
NO_NAME = replace(ENTRY, weapon=None, register_category="IV")
PLANE = {**SIX, "register_category": "IV"}
# Levels of the stage and of its number.
REGISTERED: dict[str, tuple[list[StatedClaim], list[RegisterEntry], tuple[int, int]]] = {
    "no entry": ([stated(1, **PAPER, **SIX)], [], (1, 1)),
    "one state's": ([stated(1, **PAPER, **SIX)], [ENTRY], (4, 4)),
    "one state's, beside an aggregator": ([stated(1, **DIGEST, **SIX)], [ENTRY], (2, 2)),
    "one state's, beside its own words": ([stated(1, **PARIS, **SIX)], [ENTRY], (2, 2)),
    "another number": ([stated(1, **PAPER, **SIX)], [replace(ENTRY, quantity=8)], (4, 1)),
    "both states', agreeing": ([stated(1, **PAPER, **SIX)], [ENTRY, OTHER_SIDE], (5, 5)),
    "both states', of two numbers": ([stated(1, **PAPER, **SIX)], [ENTRY, replace(OTHER_SIDE, quantity=7)], (4, 4)),
    "years before": ([stated(1, **PAPER, **SIX)], [replace(ENTRY, year=2023)], (1, 1)),
    "another weapon": ([stated(1, **PAPER, **SIX)], [replace(ENTRY, weapon="Mirage 2000")], (1, 1)),
    "a category and this number": ([stated(1, **PAPER, **PLANE)], [NO_NAME], (4, 4)),
    "a category and another number": ([stated(1, **PAPER, **PLANE)], [replace(NO_NAME, quantity=7)], (1, 1)),
    "another category": ([stated(1, **PAPER, **PLANE)], [replace(NO_NAME, register_category="II")], (1, 1)),
    "another stage": ([stated(1, **PAPER, quantity=6)], [ENTRY], (1, 1)),
}


@pytest.mark.parametrize(("claims", "entries", "wanted"), REGISTERED.values(), ids=REGISTERED)
def test_what_states_report_to_registers(
    claims: list[StatedClaim], entries: list[RegisterEntry], wanted: tuple[int, int]
) -> None:
    transfer = one(*claims, entries=tuple(entries))
    assert (transfer.rungs[0].level, transfer.quantities[0].level) == wanted
    assert ("UN register" in transfer.rungs[0].explanation) == (wanted[0] not in {0, 1})


# Which number is shown first.
FIRST: dict[str, list[StatedClaim]] = {
    "the higher level": [stated(1, **PAPER, quantity=5), stated(2, **BY_PARIS, quantity=7)],
    "a party's, of one level": [
        stated(1, **PAPER, quantity=5), stated(2, **PAPER, quantity=5),
        stated(3, **BY_PARIS, quantity=7), stated(4, **PAPER, quantity=7),
    ],
    "the earlier of an order": [
        stated(1, **PAPER, quantity=5, published_at=DAY + timedelta(3)), stated(2, **PAPER, quantity=7),
    ],
    "the later of a delivery": [
        stated(1, **PAPER, status="delivered", quantity=5),
        stated(2, **PAPER, status="delivered", quantity=7, published_at=DAY + timedelta(3)),
    ],
    "specialists, of one day": [stated(1, **PAPER, quantity=5), stated(2, outlet_kind="specialist press", quantity=7)],
    "what is not only planned": [
        stated(1, **PAPER, modality="hypothetical", quantity=5), stated(2, **PAPER, quantity=7),
    ],
}  # fmt: skip


@pytest.mark.parametrize("claims", FIRST.values(), ids=FIRST)
def test_the_figure_to_show_first(claims: list[StatedClaim]) -> None:
    assert one(*claims).quantities[0].low == 7


def denied(article: int, quote: str, **fields: Any) -> StatedClaim:
    claim = stated(article, **{**PAPER, "modality": "attributed", **fields})
    evidence = replace(claim.claim.evidence, quote=quote)
    return replace(claim, claim=replace(claim.claim, evidence=evidence))


DENIALS = {
    "a report denied": "Cairo denied reports that it bought Rafale fighters from France.",
    "a deed denied": "Cairo has repeatedly denied buying Rafale fighters.",
    "called false": "Cairo called the story of a Rafale order false.",
    "in Spanish": "El Cairo desmintió la compra de cazas Rafale.",
    "in Russian": "Каир опроверг покупку истребителей Rafale.",
    "in French": "Le Caire a démenti l’achat de Rafale.",
}


@pytest.mark.parametrize("quote", DENIALS.values(), ids=DENIALS)
def test_a_denial_by_a_party_puts_the_transfer_in_question(quote: str) -> None:
    transfer = one(stated(1, **PAPER), denied(2, quote, attributed_to="EGY"))
    (rung,), (contradiction,) = transfer.rungs, transfer.contradictions
    assert (rung.level, rung.claims, rung.denials) == (1, (0,), (1,))
    assert (contradiction.field, [side.level for side in contradiction.sides]) == ("existence", [1, 2])


def test_a_denial_by_others_is_about_the_stage() -> None:
    negated = stated(2, **PAPER, modality="negated")
    official = stated(3, **PARIS, modality="negated")
    assert [each.field for each in one(stated(1, **PAPER), negated).contradictions] == ["status"]
    assert [each.field for each in one(stated(1, **PAPER), negated, official).contradictions] == ["existence", "status"]


NO_DENIALS = {
    "a refusal": ("Paris denied Cairo the Rafale, officials said.", {"status": "denied"}),
    "not denied": ("Cairo did not deny reports that it bought Rafale fighters.", {}),
    "an offer turned down": ("Cairo rejected the offer that Paris made for Rafale fighters, he said.", {}),
    "another's words": ("The officials said that Cairo bought Rafale fighters.", {}),
}


@pytest.mark.parametrize(("quote", "fields"), NO_DENIALS.values(), ids=NO_DENIALS)
def test_what_denies_nothing(quote: str, fields: dict[str, Any]) -> None:
    assert one(denied(1, quote, **fields)).rungs[0].level == 1


def level_of(engine: Engine) -> tuple[int | None, int | None]:
    (row,) = transfer_rows(engine)
    return row.level, row.quantity_level


def transfer_rows(engine: Engine) -> tuple[TransferRow, ...]:
    with Session(engine) as session:
        return list_transfers(session, TransferFilters()).rows


@pytest.fixture
def told(engine: Engine) -> Engine:
    """Two papers that say 18."""
    for name in ("meridian", "skylance"):
        store_batch(engine, place_of(engine, name), [reading(name, TEXTS[name], [{"quantity": 18}])], NOW)
    return engine


LATER = NOW + timedelta(days=2)


def test_a_correction_lowers_the_level(told: Engine) -> None:
    assert level_of(told) == (3, 3)
    corrected = reading("skylance", "Correction: nothing was signed, and we were wrong to say so.", [], LATER)
    store_batch(told, place_of(told, "skylance"), [corrected], LATER)
    assert level_of(told) == (1, 1)


def test_a_withdrawn_article_lowers_the_level_and_raises_it_when_it_is_back(told: Engine) -> None:
    read = reading("skylance", TEXTS["skylance"], [{"quantity": 18}], LATER)
    gone = Reading(Page(read.page.url, read.page.url, 410, b"", LATER, "text/html"))
    store_batch(told, place_of(told, "skylance"), [gone], LATER)
    (row,) = transfer_rows(told)
    assert (row.level, row.independent_origins) == (1, 2)
    assert row.rungs[0]["explanation"].endswith("adds nothing, gone from its address: Skylance; 1 article")
    with Session(told) as session:
        days = (LATER - timedelta(hours=1), LATER + timedelta(hours=1))
        assert [list_transfers_as_of(session, TransferFilters(), day).rows[0].level for day in days] == [3, 1]
    store_batch(told, place_of(told, "skylance"), [read], LATER + timedelta(days=1))
    assert level_of(told) == (3, 3)


def test_the_level_as_of_a_day(told: Engine) -> None:
    third = reading("harbour", "The ministry in Paris confirmed it.", [{"attributed_to": "FRA"}], LATER)
    store_batch(told, place_of(told, "harbour"), [third], LATER)
    moments = (NOW, LATER)
    with Session(told) as session:
        found = [list_transfers_as_of(session, TransferFilters(level=3), each).rows for each in moments]
        assert [rows[0].rungs[0]["explanation"][:30] for rows in found] == [
            "2 independent origins: report ", "3 independent origins, one a p",
        ]  # fmt: skip
        assert list_transfers_as_of(session, TransferFilters(level=4), LATER).rows == ()
        assert list_transfers(session, TransferFilters(level=4)).total == 0
        assert list_transfers(session, TransferFilters(level=3)).total == 1


UNROCA = """State,Year,Partner,Export/Import,Category,Number of items,Description of items
France,2026,Egypt,Export,IV,18,Rafale
"""


def test_an_import_of_a_register_strengthens_deliveries(engine: Engine) -> None:
    claim = {"status": "delivered", "quantity": 18, "register_category": "IV"}
    store_batch(engine, place_of(engine, "meridian"), [reading("meridian", TEXTS["meridian"], [claim])], NOW)
    assert level_of(engine) == (1, 1)
    assert store_register(engine, RegisterFile("unroca.csv", UNROCA.encode(), "unroca"), LATER) == (1, True)
    assert level_of(engine) == (4, 4)
    with Session(engine) as session:
        assert list_transfers_as_of(session, TransferFilters(), NOW).rows[0].level == 1
    revised = UNROCA.replace("Egypt", "Greece")
    store_register(engine, RegisterFile("revised.csv", revised.encode(), "unroca"), LATER + timedelta(days=1))
    assert level_of(engine) == (1, 1)


def test_a_contract_notice_is_told_by_the_number_in_its_paragraph(engine: Engine) -> None:
    text = "Example Aero was awarded a contract for 18 fighters for Egypt. The activity is X (N00019-26-C-0012)."
    place = place_of(engine, "notices", kind="government")
    store_batch(engine, place, [reading("notices", text, [{"quantity": 18}])], NOW)
    assert level_of(engine) == (5, 5)


def test_rows_joined_before_there_were_levels_get_them_at_the_next_rejoin(told: Engine) -> None:
    with Session(told) as session, session.begin():
        (row,) = session.scalars(select(Transfer))
        row.level = row.quantity_level = None
        row.rungs = [{name: each for name, each in row.rungs[0].items() if name not in {"level", "explanation"}}]
    (before,) = transfer_rows(told)
    assert (before.level, before.rungs[0]["level"], before.rungs[0]["explanation"]) == (None, None, None)
    rebuild_transfers(told)
    assert level_of(told) == (3, 3)


def test_a_denied_report_alone_is_a_transfer_that_nobody_supports() -> None:
    transfer = one(denied(1, DENIALS["a report denied"], attributed_to="EGY"))
    assert (transfer.status, transfer.independent_origins, transfer.rungs[0].level) == ("general", 0, 0)
    assert transfer.contradictions == ()
