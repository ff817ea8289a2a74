from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import Article, Claim, Revision, Source, Transfer, ledger, transfer_claim
from models.promises import broken_promises
from pipelines.frontier import Place
from pipelines.items import (
    ArticleDraft,
    CaptureDraft,
    ClaimDraft,
    DateValue,
    Evidence,
    Page,
    Paragraph,
    Reading,
    Relevance,
)
from pipelines.store import store_batch
from pipelines.store_transfers import rebuild_transfers

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def place_of(engine: Engine, name: str, owner: str | None = None, kind: str = "newspaper") -> Place:
    facts = {
        "name": name.title(),
        "homepage": None,
        "country": "FR",
        "languages": ["en"],
        "kind": kind,
        "owner": owner,
    }
    ledger.register_sources(engine, [ledger.SourceFacts(name, timedelta(hours=1), 20, facts)], NOW)
    with Session(engine) as session:
        source = session.scalars(select(Source).where(Source.name == name)).one()
        return Place(source.id, source.outlet_id, None)


def reading(slug: str, text: str, claims: list[dict[str, Any]], at: datetime = NOW) -> Reading:
    """A page read: each claim quotes the whole text."""
    url = f"https://{slug}.example/story"
    published = DateValue(at, at.isoformat(), "json-ld", "minute", zoned=True)
    draft = ArticleDraft(
        url, url, "link", text[:30], "h1", (), published, None, "en", "full", (Paragraph(text),),
    )  # fmt: skip
    defaults: dict[str, Any] = {
        "supplier": "FRA", "recipient": "EGY", "weapon": "Rafale", "weapon_raw": ("Rafale",), "category": "aircraft",
        "status": "contracted", "modality": "asserted", "rule": "test", "confidence": 0.9,
        "evidence": Evidence(text, paragraph=0, start=0, end=len(text)),
    }  # fmt: skip
    kept = CaptureDraft("day.warc.gz", int(at.timestamp()), 100, "ab" * 32, 90)
    page = Page(url, url, 200, b"", at, "text/html", capture=kept)
    drafts = tuple(ClaimDraft(**{**defaults, **claim}) for claim in claims)
    return Reading(page, draft, Relevance(is_relevant=True, score=0.9), drafts)


def transfers(engine: Engine) -> list[Transfer]:
    with Session(engine, expire_on_commit=False) as session:
        return list(session.scalars(select(Transfer).order_by(Transfer.key)))


def rows(engine: Engine) -> list[tuple[Any, ...]]:
    with Session(engine) as session:
        found = session.execute(select(*Transfer.__table__.columns).order_by(Transfer.id)).all()
        links = session.execute(select(transfer_claim).order_by(transfer_claim.c.claim_id)).all()
    return [tuple(row) for row in (*found, *links)]


def unbroken(engine: Engine) -> None:
    assert [(promise, broken) for promise, broken in broken_promises(engine) if broken] == []


TEXTS = {
    "meridian": "Egypt signed for 18 Rafale fighters on Monday, the chief of procurement told our reporter in Cairo.",
    "skylance": "A contract over a dozen French jets was inked in Paris, said people close to the negotiators there.",
}  # fmt: skip


@pytest.fixture
def two(engine: Engine) -> Engine:
    """Two outlets that say different numbers."""
    for name, number in (("meridian", 18), ("skylance", 12)):
        store_batch(engine, place_of(engine, name), [reading(name, TEXTS[name], [{"quantity": number}])], NOW)
    return engine


def test_batches_join_into_one_transfer_and_keep_the_contradiction(two: Engine) -> None:
    (transfer,) = transfers(two)
    assert (transfer.supplier, transfer.recipient, transfer.weapon) == ("FRA", "EGY", "Rafale")
    assert (transfer.status, transfer.independent_origins) == ("contracted", 2)
    assert (transfer.quantity_min, transfer.quantity_max) == (12, 18)
    (contradiction,) = transfer.contradictions
    assert [(side["low"], side["outlets"]) for side in contradiction["sides"]] == [
        (18, ["Meridian"]),
        (12, ["Skylance"]),
    ]
    assert transfer.first_reported_at == NOW
    with Session(two) as session:
        claims = set(session.scalars(select(Claim.id)))
    assert {claim for side in contradiction["sides"] for claim in side["claims"]} == claims
    unbroken(two)


def test_the_same_batch_again_and_a_rebuild_change_nothing(two: Engine) -> None:
    before = rows(two)
    store_batch(two, place_of(two, "third"), [reading("third", "Nothing of the kind was said here.", [])], NOW)
    assert rows(two) == before
    assert rebuild_transfers(two) == 1
    assert rows(two) == before


def test_an_edit_moves_the_transfer_and_keeps_its_id(two: Engine) -> None:
    place, later = place_of(two, "meridian"), NOW + timedelta(hours=5)
    (before,) = transfers(two)
    edited = TEXTS["meridian"].replace("18", "12")
    store_batch(two, place, [reading("meridian", edited, [{"quantity": 12}], later)], later)
    (after,) = transfers(two)
    assert (after.id, after.contradictions) == (before.id, [])
    assert (after.quantity_min, after.quantity_max) == (12, 12)
    unbroken(two)


def test_a_claim_taken_back_leaves_no_transfer(two: Engine) -> None:
    later = NOW + timedelta(hours=5)
    for name in TEXTS:
        corrected = reading(name, f"Correction by {name}: no such contract was ever reported by us.", [], later)
        store_batch(two, place_of(two, name), [corrected], later)
    assert transfers(two) == []
    with Session(two) as session:
        assert session.execute(select(transfer_claim)).all() == []
    unbroken(two)


def test_an_earlier_year_gives_a_new_key_and_the_same_id(two: Engine) -> None:
    (before,) = transfers(two)
    text = "The deal of 2025 for the Rafale is now being filled, an official of the yard in Bordeaux let it be known."
    store_batch(two, place_of(two, "third"), [reading("third", text, [{"year": 2025}])], NOW)
    (after,) = transfers(two)
    assert (before.key, after.key) == ("FRA > EGY: Rafale, 2026", "FRA > EGY: Rafale, 2025")
    assert (after.id, after.independent_origins) == (before.id, 3)
    unbroken(two)


def test_copies_and_outlets_of_one_owner_are_one_origin(engine: Engine) -> None:
    text = "Egypt has ordered Rafale fighters from France, the ministry said. " * 5
    for name in ("one", "two"):
        store_batch(engine, place_of(engine, name), [reading(name, text + name, [{}])], NOW)
    other = "Quite another sentence about Rafale fighters that Cairo bought, written by a desk that is owned elsewhere."
    for name in ("three", "four"):
        place = place_of(engine, name, owner="Example Media")
        store_batch(engine, place, [reading(name, f"{other} {name * 30}", [{}])], NOW)
    (transfer,) = transfers(engine)
    assert transfer.independent_origins == len(transfer.origins) == 2
    unbroken(engine)


def test_values_of_two_kinds_are_kept_apart(engine: Engine) -> None:
    ceiling = {"status": "approved", "value_max": 5e9, "currency": "USD", "value_kind": "notification ceiling"}
    price = {"value_min": 3e9, "value_max": 3e9, "currency": "EUR", "value_kind": "contract"}
    store_batch(engine, place_of(engine, "one"), [reading("one", "Words about both.", [ceiling, price])], NOW)
    (transfer,) = transfers(engine)
    assert (transfer.value_min, transfer.value_max, transfer.currency, transfer.value_kind) == (
        3e9,
        3e9,
        "EUR",
        "contract",
    )
    assert [(each["kind"], each["currency"], each["low"], each["high"]) for each in transfer.amounts] == [
        ("notification ceiling", "USD", None, 5e9), ("contract", "EUR", 3e9, 3e9),
    ]  # fmt: skip
    assert transfer.contradictions == []


def test_only_touched_pairs_are_joined_anew(two: Engine) -> None:
    with Session(two) as session, session.begin():
        session.scalars(select(Transfer)).one().category = "left alone"
    other = reading("third", "Spain delivered corvettes to Norway.", [{"supplier": "ESP", "recipient": "NOR"}])
    store_batch(two, place_of(two, "third"), [other], NOW)
    assert sorted(each.category or "" for each in transfers(two)) == ["aircraft", "left alone"]


def test_a_broken_transfer_breaks_a_promise(two: Engine) -> None:
    with Session(two) as session, session.begin():
        session.scalars(select(Transfer)).one().independent_origins = 7
        session.execute(
            transfer_claim.delete().where(transfer_claim.c.claim_id == select(Claim.id).limit(1).scalar_subquery())
        )
        session.add(Transfer(
            key="nothing", status="general", independent_origins=0, items=[], beside=[], rungs=[], quantities=[],
            amounts=[], origins=[], contradictions=[], agreements=[],
        ))  # fmt: skip
    broken = {promise: rows for promise, rows in broken_promises(two) if rows}
    assert len(broken) == 3


def test_rows_of_earlier_revisions_stay_out(two: Engine) -> None:
    later = NOW + timedelta(hours=5)
    text = TEXTS["meridian"].replace("18", "20")
    store_batch(two, place_of(two, "meridian"), [reading("meridian", text, [{"quantity": 20}], later)], later)
    with Session(two) as session:
        current = set(session.scalars(select(Article.current_revision_id)))
        joined = select(Claim.revision_id).join(transfer_claim, transfer_claim.c.claim_id == Claim.id)
        assert set(session.scalars(joined)) == current
        assert len(session.scalars(select(Revision.id)).all()) == 3
