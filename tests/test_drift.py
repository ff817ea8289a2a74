"""A draft's field and its column have one name; a migrated database is what the models say."""

from dataclasses import fields

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from models import Article, ArticleTable, Base, Claim, Observation, Outlet, Series, StructuredData
from models.connection import UnusableDatabaseError, connect, upgrade
from pipelines import items

# Draft fields that are no column of the same name, and where they are.
ELSEWHERE = {
    items.Outlet: set(),
    items.ArticleDraft: {
        "url": "page.url", "published": "published_at, _origin ...", "modified": "modified_at, _raw",
        "paragraphs": "revision", "structured_data": "structured_data", "tables": "article_table",
    },
    items.StructuredDraft: {"types": "type"},
    items.TableDraft: {"series": "series"},
    items.SeriesDraft: {"observations": "observation"},
    items.Observation: set(),
    items.ClaimDraft: {"evidence": "quote, paragraph, start, end, table, row, column"},
}  # fmt: skip
PAIRS = [
    (items.Outlet, Outlet), (items.ArticleDraft, Article), (items.StructuredDraft, StructuredData),
    (items.TableDraft, ArticleTable), (items.SeriesDraft, Series), (items.Observation, Observation),
    (items.ClaimDraft, Claim), (items.Evidence, Claim),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "table"), PAIRS, ids=lambda each: each.__name__)
def test_fields_and_columns_have_one_name(draft: type, table: type) -> None:
    columns = {column.key for column in inspect(table).columns}
    assert {field.name for field in fields(draft)} - set(ELSEWHERE.get(draft, ())) <= columns


@pytest.mark.filterwarnings(
    "ignore:autogenerate skipping metadata-specified expression-based index",
    "ignore:Skipped unsupported reflection of expression-based index",
)  # neither database tells of them
def test_migrations_make_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    before, after = upgrade(engine)
    assert before == after


def test_a_newer_database_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UnusableDatabaseError, match="newer armswatch"):
        upgrade(engine)


@pytest.mark.parametrize("url", ["nonsense", "mongodb://localhost/x", ""])
def test_an_unusable_address_is_one_clear_line(url: str) -> None:
    with pytest.raises(UnusableDatabaseError):
        upgrade(connect(url))
