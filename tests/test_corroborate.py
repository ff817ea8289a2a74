import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pipelines.corroborate import corroborate
from pipelines.items import ClaimDraft, Evidence
from pipelines.transfers.drafts import StatedClaim, TransferDraft

DAY = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
CLAIM_FIELDS = frozenset(ClaimDraft.__dataclass_fields__)


def stated(article: int = 1, outlet: str | None = None, **fields: Any) -> StatedClaim:
    """One claim of an article; by default each article is of an outlet and a text of its own."""
    claim: dict[str, Any] = {
        "supplier": "FRA",
        "recipient": "EGY",
        "weapon": "Rafale",
        "weapon_raw": ("Rafale fighters",),
        "category": "aircraft",
        "status": "contracted",
        "modality": "asserted",
        "rule": "test",
        "confidence": 0.9,
        "evidence": Evidence("words", paragraph=0, start=article * 10, end=article * 10 + 5),
    }
    claim |= {name: fields.pop(name) for name in list(fields) if name in CLAIM_FIELDS}
    around: dict[str, Any] = {
        "claim_id": 100 + article,
        "origin_group": article,
        "published_at": DAY + timedelta(hours=article),
        "first_seen_at": DAY + timedelta(hours=article, minutes=20),
    }
    return StatedClaim(
        claim=ClaimDraft(**claim), article_id=article, outlet=outlet or f"Outlet {article}", **around | fields
    )


def worth(amount: float, currency: str = "USD") -> dict[str, Any]:
    return {"value_min": amount, "value_max": amount, "currency": currency}


def one(*claims: StatedClaim) -> TransferDraft:
    drafts = corroborate(claims)
    assert len(drafts) == 1
    return drafts[0]


ORIGINS: dict[str, tuple[list[StatedClaim], int]] = {
    "three outlets, three origins": ([stated(1), stated(2), stated(3)], 3),
    "three outlets of one owner": ([stated(n, owner="Example Media") for n in (1, 2, 3)], 1),
    "an outlet and its owner's own": ([stated(1, outlet="Example Media"), stated(2, owner="Example Media")], 1),
    "one wire text on three sites": ([stated(n, origin_group=1) for n in (1, 2, 3)], 1),
    "one agency credited": ([stated(n, agency="Transmar Press") for n in (1, 2)], 1),
    "an agency and who credits it": ([stated(1, outlet="Transmar Press"), stated(2, agency="Transmar Press")], 1),
    "both quote the same paper": ([stated(n, attributed_to="the Financial Times") for n in (1, 2)], 1),
    "a paper and who quotes it": ([stated(1, outlet="Financial Times"), stated(2, attributed_to="Financial Times")], 1),
    "two parties quoted": ([stated(1, attributed_to="Dassault"), stated(2, attributed_to="Egyptian ministry")], 2),
    "unnamed sources of one day": ([stated(n, attributed_to="sources", modality="attributed") for n in (1, 2)], 1),
    "unnamed sources of two weeks": (
        [stated(1, attributed_to="officials"), stated(2, attributed_to="officials", published_at=DAY + timedelta(9))],
        2,
    ),
    "two articles of one outlet": ([stated(1, outlet="Harbour"), stated(2, outlet="Harbour")], 1),
    "a FAQ proves nothing": ([stated(1), stated(2, in_faq=True)], 1),
    "plans prove nothing": ([stated(1), stated(2, modality="hypothetical")], 1),
    "denials prove nothing": ([stated(1), stated(2, modality="negated")], 1),
    "background proves what it tells of": ([stated(1), stated(2, modality="historical", year=2026)], 2),
}


@pytest.mark.parametrize(("claims", "wanted"), ORIGINS.values(), ids=ORIGINS)
def test_independent_origins(claims: list[StatedClaim], wanted: int) -> None:
    transfer = one(*claims)
    assert transfer.independent_origins == len(transfer.origins) == wanted
    assert len(transfer.claims) == len(claims)


def test_an_origin_says_what_is_shared() -> None:
    transfer = one(stated(1, owner="Example Media"), stated(2, owner="Example Media"), stated(3))
    assert [origin.shared for origin in transfer.origins] == [("one voice: example media",), ()]
    assert transfer.origins[0].outlets == ("Outlet 1", "Outlet 2")


# Each list is one pair's claims; the numbers group them into the transfers wanted.
JOINING: dict[str, list[tuple[int, StatedClaim]]] = {
    "order and delivery years later": [
        (1, stated(1, year=2021, quantity=30)),
        (1, stated(2, status="delivered", year=2024, quantity=6)),
    ],
    "another pair": [(1, stated(1)), (2, stated(2, recipient="GRC"))],
    "another designation": [(1, stated(1)), (2, stated(2, weapon="Mirage 2000", weapon_raw=("Mirage 2000",)))],
    "a kind of goods that can only be these": [
        (1, stated(1)),
        (1, stated(2, weapon=None, weapon_raw=("fighter jets",))),
    ],
    "a kind of goods that could be either": [
        (1, stated(1)),
        (2, stated(2, weapon="NH90", weapon_raw=("NH90",))),
        (3, stated(3, weapon=None, weapon_raw=("aircraft",))),
    ],
    "another kind of goods": [
        (1, stated(1)),
        (2, stated(2, weapon=None, weapon_raw=("frigates",), category="ships")),
    ],
    "two kinds of ships": [
        (1, stated(1, weapon=None, weapon_raw=("frigates",), category="ships")),
        (2, stated(2, weapon=None, weapon_raw=("submarines",), category="ships")),
        (1, stated(3, weapon=None, weapon_raw=("multi-purpose frigates",), category="ships")),
    ],
    "two things one article tells apart": [
        (1, stated(1, quantity=24)),
        (2, stated(1, weapon=None, weapon_raw=("helicopters",), quantity=38)),
    ],
    "two names one article has for one thing": [
        (1, stated(1, quantity=24, weapon_type="combat aircraft", weapon_raw=("Rafale",))),
        (1, stated(1, weapon=None, weapon_raw=("fighter jets",))),
    ],
    "a weapon and its parts in one notice": [
        (1, stated(1, weapon="AIM-120", weapon_raw=("AIM-120D missiles",), quantity=210, case_number="26-34")),
        (2, stated(1, weapon=None, weapon_raw=("AIM-120D guidance sections",), quantity=6, case_number="26-34")),
    ],
    "two orders one article tells apart": [(1, stated(1, quantity=24)), (2, stated(1, quantity=30))],
    "a follow-on order": [(1, stated(1, year=2021, quantity=30)), (2, stated(2, year=2022, quantity=12))],
    "one order, two numbers": [(1, stated(1, quantity=18)), (1, stated(2, quantity=12))],
    "an old order and a new one": [(1, stated(1, year=2015, modality="historical")), (2, stated(2, year=2021))],
    "arms in general, two years": [
        (1, stated(1, weapon=None, weapon_raw=("arms",), category="other", year=2022)),
        (2, stated(2, weapon=None, weapon_raw=("weapons",), category="other", year=2023)),
        (1, stated(3, weapon=None, weapon_raw=("military equipment",), category=None, year=2022)),
    ],
    "one case number": [
        (1, stated(1, status="approved", case_number="26-31", year=2026)),
        (1, stated(2, status="approved", case_number="26-31", year=2024)),
        (2, stated(3, status="approved", case_number="26-34", year=2026)),
    ],
    "a supplier nobody names": [(1, stated(1)), (2, stated(2, supplier=None))],
    "two seizures": [
        (1, stated(1, status="seized")),
        (2, stated(2, status="seized", published_at=DAY + timedelta(days=300))),
    ],
}  # fmt: skip


@pytest.mark.parametrize("cases", JOINING.values(), ids=JOINING)
def test_joining(cases: list[tuple[int, StatedClaim]]) -> None:
    claims = [claim for _, claim in cases]
    wanted: dict[int, set[int]] = {}
    for place, (group, _) in enumerate(cases):
        wanted.setdefault(group, set()).add(place)
    found = [set(draft.claims) for draft in corroborate(claims)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, wanted.values()))


NOWHERE = {
    "a statistic": stated(status="general"),
    "a negation alone": stated(modality="negated"),
    "no side at all": stated(supplier=None, recipient=None),
    "one side and arms in general": stated(supplier=None, weapon=None, weapon_raw=("arms",), category=None),
    "a cell of a series": stated(rule="series", evidence=Evidence("1.1", table=0, row=1, column=1), value_min=1e9),
}


@pytest.mark.parametrize("claim", NOWHERE.values(), ids=NOWHERE)
def test_claims_that_found_no_transfer(claim: StatedClaim) -> None:
    assert corroborate([claim]) == ()


def test_two_outlets_that_contradict_each_other_are_both_kept() -> None:
    transfer = one(stated(1, outlet="Meridian Brief", quantity=18), stated(2, outlet="Skylance", quantity=12))
    assert [(figure.low, figure.high, figure.outlets, figure.origins) for figure in transfer.quantities] == [
        (18, 18, ("Meridian Brief",), 1), (12, 12, ("Skylance",), 1),
    ]  # fmt: skip
    (contradiction,) = transfer.contradictions
    assert (contradiction.field, [side.low for side in contradiction.sides]) == ("quantity", [18, 12])
    assert transfer.independent_origins == 2


NUMBERS: dict[str, tuple[list[StatedClaim], list[str]]] = {
    "about fits": ([stated(1, quantity=100, quantity_qualifier="about"), stated(2, quantity=95)], []),
    "over fits": ([stated(1, quantity=20, quantity_qualifier="over"), stated(2, quantity=24)], []),
    "up to fits": ([stated(1, quantity=40, quantity_qualifier="up_to"), stated(2, quantity=24)], []),
    "up to does not fit": ([stated(1, quantity=40, quantity_qualifier="up_to"), stated(2, quantity=50)], ["quantity"]),
    "parts of an order": (
        [stated(1, status="delivering", quantity=6), stated(2, status="delivering", quantity=8)],
        [],
    ),
    "deliveries of two months": (
        [
            stated(1, status="delivered", quantity=6),
            stated(2, status="delivered", quantity=8, published_at=DAY + timedelta(60)),
        ],
        [],
    ),
    "one delivery, two numbers": (
        [stated(1, status="delivered", quantity=6), stated(2, status="delivered", quantity=8)],
        ["quantity"],
    ),
    "more delivered than ordered": ([stated(1, quantity=6), stated(2, status="delivered", quantity=8)], ["quantity"]),
    "a plan contradicts nobody": ([stated(1, quantity=6), stated(2, modality="hypothetical", quantity=8)], []),
    "rounded values": ([stated(1, **worth(2.2e9)), stated(2, **worth(2.25e9))], []),
    "values apart": (
        [stated(1, **worth(2e9)), stated(2, **worth(3e9))],
        ["value"],
    ),
    "two currencies are never compared": (
        [stated(1, **worth(2e9)), stated(2, **worth(3e9, "EUR"))],
        [],
    ),
    "two kinds are never compared": (
        [stated(1, **worth(2e9), value_kind="contract"), stated(2, **worth(1e9), value_kind="ceiling")],
        [],
    ),
    "delivered and cancelled": ([stated(1, status="delivered"), stated(2, status="cancelled")], ["status"]),
    "delivered and denied": ([stated(1, status="delivered"), stated(2, status="denied")], ["status"]),
    "denied by words afterwards": ([stated(1), stated(2, modality="negated")], ["status"]),
    "not yet, before": ([stated(1, modality="negated", published_at=DAY - timedelta(30)), stated(2)], []),
}  # fmt: skip


@pytest.mark.parametrize(("claims", "fields"), NUMBERS.values(), ids=NUMBERS)
def test_contradictions(claims: list[StatedClaim], fields: list[str]) -> None:
    assert [each.field for each in one(*claims).contradictions] == fields


def test_the_ladder_shows_each_stage_with_its_three_times() -> None:
    later = {"published_at": DAY + timedelta(days=200), "first_seen_at": DAY + timedelta(days=203)}
    transfer = one(
        stated(1, status="approved", happened_on=date(2026, 2, 3), year=2026),
        stated(2, status="contracted", year=2026),
        stated(3, status="contracted"),
        stated(4, status="delivering", modality="hypothetical", **later),
        stated(5, status="suspended", **later),
    )
    assert [rung.status for rung in transfer.rungs] == ["approved", "contracted", "delivering", "suspended"]
    approved, contracted, delivering, suspended = transfer.rungs
    assert (approved.happened, contracted.happened, suspended.happened) == ("2026-02-03", "2026", None)
    assert (contracted.origins, contracted.claims) == (2, (1, 2))
    assert (delivering.origins, delivering.claims, delivering.plans) == (0, (), (3,))
    assert (suspended.published_at, suspended.first_seen_at) == (later["published_at"], later["first_seen_at"])
    assert (transfer.status, transfer.beside) == ("contracted", ("suspended",))
    assert (transfer.year_min, transfer.year_max) == (2026, 2026)


STATUS = {
    "further wins": (["negotiating", "delivered", "contracted"], "delivered", ()),
    "a gift": (["donated"], "donated", ("donated",)),
    "only beside the ladder": (["seized"], "seized", ("seized",)),
    "licence and order": (["contracted", "licensed_production"], "contracted", ("licensed_production",)),
}


@pytest.mark.parametrize(("stages", "status", "beside"), STATUS.values(), ids=STATUS)
def test_status(stages: list[str], status: str, beside: tuple[str, ...]) -> None:
    transfer = one(*(stated(number + 1, status=each) for number, each in enumerate(stages)))
    assert (transfer.status, transfer.beside) == (status, beside)


def test_what_is_only_planned_has_no_stage() -> None:
    transfer = one(stated(1, modality="hypothetical"))
    assert (transfer.status, transfer.independent_origins) == ("general", 0)


def series(article: int, year: int, value: float) -> StatedClaim:
    place = Evidence(str(value), table=0, row=year - 2000, column=1)
    return stated(
        article, weapon=None, weapon_raw=(), category=None, status="general", rule="series", evidence=place,
        value_min=value, value_max=value, currency="USD", value_kind="arms exports", year=year,
    )  # fmt: skip


def told(article: int, year: int | None, value: float, qualifier: str, **fields: Any) -> StatedClaim:
    claim: dict[str, Any] = {
        "weapon": None, "weapon_raw": ("military equipment",), "category": "other", "status": "delivered",
        "value_min": value, "value_max": None if qualifier == "over" else value, "value_qualifier": qualifier,
        "currency": "USD", "year": year,
    }  # fmt: skip
    return stated(article, **claim | fields)


AGAINST_TABLES = {
    "over a billion, 1.1 printed": ([told(1, 2023, 1e9, "over"), series(1, 2023, 1.1e9)], 1, 0),
    "outside rounding": ([told(1, 2019, 0.8e9, "exact"), series(1, 2019, 0.5e9)], 0, 1),
    "another year": ([told(1, 2023, 1e9, "over"), series(1, 2021, 0.6e9)], 0, 0),
    "no year": ([told(1, None, 1e9, "over"), series(1, 2023, 1.1e9)], 0, 0),
    "an order of that year": ([told(1, 2023, 1e9, "exact", status="contracted"), series(1, 2023, 5e9)], 0, 0),
    "one kind of goods": ([told(1, 2023, 1e9, "exact", weapon_raw=("radars",)), series(1, 2023, 5e9)], 0, 0),
    "another page": ([told(1, 2023, 1e9, "over"), series(2, 2023, 1.1e9)], 0, 0),
    "a scale mistaken": ([told(1, 2023, 1.1e9, "exact"), series(1, 2023, 1.1e6)], 0, 1),
}


@pytest.mark.parametrize(("claims", "agreements", "contradictions"), AGAINST_TABLES.values(), ids=AGAINST_TABLES)
def test_text_against_table(claims: list[StatedClaim], agreements: int, contradictions: int) -> None:
    transfer = one(*claims)
    assert (len(transfer.agreements), len(transfer.contradictions)) == (agreements, contradictions)
    assert (transfer.independent_origins, transfer.claims) == (1, (0,))  # a page that agrees with itself is one origin


def test_the_order_of_claims_does_not_matter() -> None:
    claims = [claim for cases in JOINING.values() for _, claim in cases]
    claims = [replace(claim, claim_id=place) for place, claim in enumerate(claims)]
    first = facts(claims)
    for seed in range(5):
        shuffled = random.Random(seed).sample(claims, len(claims))
        assert facts(shuffled) == first


def facts(claims: list[StatedClaim]) -> list[tuple[Any, ...]]:
    return [
        (draft.key, draft.status, draft.independent_origins, sorted(claims[place].claim_id for place in draft.claims))
        for draft in corroborate(claims)
    ]


def test_many_claims_of_one_pair_are_joined_in_time() -> None:
    weapons = [{"weapon": f"Type {number}", "weapon_raw": (f"Type {number}",)} for number in range(60)]
    claims = [
        stated(number, **weapons[number % 60], year=2000 + number % 25, quantity=number % 7)
        for number in range(5_000)
    ]  # fmt: skip
    assert len({place for draft in corroborate(claims) for place in draft.claims}) == 5_000
