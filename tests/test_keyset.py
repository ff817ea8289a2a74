"""Reading a list on from a row gives what follows in the whole list, in every database."""

from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.filters import ArticleFilters
from models.listing_articles import articles_after, list_articles
from models.listing_claims import claims_after, list_claims
from models.listing_series import list_series, series_after
from models.listing_transfers import TransferFilters, list_transfers, transfers_after
from pipelines.store_transfers import rebuild_transfers
from tests.sample_rows import NOW, add_article, add_claim, add_table

LISTS = (
    (list_articles, articles_after, ArticleFilters(), lambda row: (row.published_at, row.id)),
    (list_claims, claims_after, ArticleFilters(), lambda row: (row.published_at, row.article_id, row.id)),
    (
        list_series,
        series_after,
        ArticleFilters(),
        lambda row: (row.published_at, row.article_id, row.table, row.position),
    ),
    (list_transfers, transfers_after, TransferFilters(), lambda row: (row.first_reported_at, row.key)),
)


def test_every_row_leads_to_those_behind_it(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        for number in range(9):
            at = None if number % 3 == 0 else NOW - timedelta(days=number // 2)
            article = add_article(session, f"story-{number}", f"Sold {number} K2, and {number} K9.", published_at=at)
            for name in ("K2", "K9"):
                add_claim(
                    session, article, f"{number} {name}", weapon=f"{name} {number}", supplier="KOR", recipient="POL"
                )
            add_table(session, article, {2020: 1.0})
    rebuild_transfers(engine)
    with Session(engine) as session:
        for begin, after, filters, place in LISTS:
            whole = begin(session, filters, limit=50).rows
            assert len(whole) >= 9
            for at, row in enumerate(whole):
                assert after(session, filters, place(row), limit=50) == whole[at + 1 :]
