"""The strongest claim of an article, on both databases."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.listing_quotes import strongest_claims
from tests.sample_rows import add_article, add_claim, add_revision, add_table

TEXT = "France sells Egypt 30 Rafale jets, a minister said."
WEAK: dict[str, dict[str, Any]] = {
    "one side": {"recipient": None, "confidence": 1.0},
    "said by somebody": {"modality": "attributed", "confidence": 1.0},
    "general": {"status": "general", "confidence": 1.0},
    "less sure": {"confidence": 0.7},
    "a table's cell": {
        "paragraph": None,
        "start": None,
        "end": None,
        "table": 0,
        "row": 0,
        "column": 1,
        "confidence": 1.0,
    },
}


@pytest.fixture
def session(engine: Engine) -> Any:
    with Session(engine) as session, session.begin():
        yield session


def test_the_strongest_is_chosen(session: Session) -> None:
    for name, weaker in WEAK.items():
        article = add_article(session, name, TEXT)
        add_claim(session, article, "30 Rafale", **weaker)
        add_claim(session, article, "France sells Egypt 30 Rafale jets")
        add_claim(session, article, "Egypt", **weaker)
        quote = strongest_claims(session, [article.id])[article.id]
        assert (quote.number, quote.quote, quote.is_verified) == (2, "France sells Egypt 30 Rafale jets", True), name


def test_only_claims_of_the_current_revision_count(session: Session) -> None:
    article, silent = add_article(session, "story", TEXT), add_article(session, "silent", TEXT)
    add_claim(session, article, "30 Rafale", confidence=1.0)
    add_revision(session, article, "France sells Egypt 24 Rafale jets.")
    assert strongest_claims(session, [article.id, silent.id]) == {}
    add_claim(session, article, "24 Rafale")
    assert strongest_claims(session, [article.id, silent.id])[article.id].quote == "24 Rafale"


def test_a_cell_is_shown_with_what_it_is_about(session: Session) -> None:
    article = add_article(session, "story", TEXT)
    add_table(session, article, {2020: 3.0, 2021: 5.0})
    cell = {"paragraph": None, "start": None, "end": None, "table": 0, "row": 1, "column": 1}
    claim = add_claim(session, article, "30", **cell)
    claim.quote = "5"
    quote = strongest_claims(session, [article.id])[article.id]
    assert (quote.quote, quote.column, quote.row_head, quote.is_verified) == ("5", "Aircraft", "2021", True)


@pytest.mark.parametrize(
    "place",
    [{"start": 1, "end": 10}, {"paragraph": 7}, {"paragraph": None, "table": 0, "row": 0, "column": 0}],
    ids=["elsewhere", "no such paragraph", "no such table"],
)
def test_a_quote_that_does_not_stand_there_is_not_called_verified(session: Session, place: dict[str, Any]) -> None:
    article = add_article(session, "story", TEXT)
    claim = add_claim(session, article, "30 Rafale")
    for name, value in place.items():
        setattr(claim, name, value)
    session.flush()
    assert not strongest_claims(session, [article.id])[article.id].is_verified
