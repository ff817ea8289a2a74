"""What a data package holds: tables with their fields, and the rows of each for a scope."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from exports.scope import Scope, claim_name, claims, revisions, transfers
from models.article import Article
from models.outlet import Outlet
from models.table import ArticleTable, Observation, Series
from models.transfer import LEVELS


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its type as the Table Schema standard has it, and the column of the data model that describes it.

    Types are string, integer, number, boolean, datetime (UTC), date, and array (of texts). ``meaning`` stands where
    the data model has no such column.
    """

    name: str
    type: str
    column: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """A table of the package; ``rows`` yields its rows in an order that stays, each as long as ``fields``."""

    name: str
    title: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: Callable[[Session, Scope], Iterator[tuple[Any, ...]]]


def _outlet_rows(session: Session, scope: Scope) -> Iterator[tuple[Any, ...]]:
    for outlet in session.scalars(select(Outlet).order_by(Outlet.name)):
        if scope.filters.outlet is None or outlet.name.lower() == scope.filters.outlet.lower():
            yield outlet.name, outlet.homepage, outlet.country, outlet.languages, outlet.kind, outlet.owner


def _article_rows(session: Session, scope: Scope) -> Iterator[tuple[Any, ...]]:
    for revision, article, outlet, capture in revisions(session, scope):
        yield (
            article.canonical_url, outlet.name, revision.headline, article.authors, revision.published_at,
            article.published_precision, article.published_origin, revision.modified_at, article.first_seen_at,
            revision.seen_at, article.language, article.access, article.agency, _first_of_group(session, article),
            revision.text_sha256, capture.sha256, capture.warc_file, capture.warc_offset,
        )  # fmt: skip


def _first_of_group(session: Session, article: Article) -> str | None:
    if article.origin_group in {None, article.id}:
        return article.canonical_url
    return session.scalar(select(Article.canonical_url).where(Article.id == article.origin_group))


_CLAIM = (
    ("supplier", "string"), ("recipient", "string"), ("weapon", "string"), ("weapon_raw", "array"),
    ("category", "string"), ("register_category", "string"), ("quantity", "integer"), ("quantity_qualifier", "string"),
    ("value_min", "number"), ("value_max", "number"), ("value_qualifier", "string"), ("currency", "string"),
    ("value_kind", "string"), ("status", "string"), ("modality", "string"), ("attributed_to", "string"),
    ("year", "integer"), ("happened_on", "date"), ("case_number", "string"), ("in_faq", "boolean"), ("quote", "string"),
    ("paragraph", "integer"), ("start", "integer"), ("end", "integer"), ("table", "integer"), ("row", "integer"),
    ("column", "integer"), ("rule", "string"), ("confidence", "number"),
)  # fmt: skip


def _claim_rows(session: Session, scope: Scope) -> Iterator[tuple[Any, ...]]:
    for claim, revision, article, outlet, _ in claims(session, scope):
        own = (getattr(claim, name) for name, _ in _CLAIM)
        name = claim_name(claim, revision, article)
        yield name, article.canonical_url, outlet.name, revision.published_at, revision.seen_at, *own


_TRANSFER = (
    ("key", "string"), ("supplier", "string"), ("recipient", "string"), ("weapon", "string"), ("category", "string"),
    ("items", "array"), ("status", "string"), ("beside", "array"), ("quantity_min", "integer"),
    ("quantity_max", "integer"), ("value_min", "number"), ("value_max", "number"), ("currency", "string"),
    ("value_kind", "string"), ("independent_origins", "integer"), ("level", "integer"),
    ("quantity_level", "integer"), ("value_level", "integer"), ("case_number", "string"), ("year_min", "integer"),
    ("year_max", "integer"), ("first_reported_at", "datetime"), ("first_seen_at", "datetime"),
)  # fmt: skip


def _transfer_rows(session: Session, scope: Scope) -> Iterator[tuple[Any, ...]]:
    for row, _ in transfers(session, scope):
        contradicted = sorted({each["field"] for each in row.contradictions})
        yield *(getattr(row, name) for name, _ in _TRANSFER), contradicted


def _level_rows(session: Session, scope: Scope) -> Iterator[tuple[Any, ...]]:
    for row, _ in transfers(session, scope):
        for what, parts in (("stage", row.rungs), ("quantity", row.quantities), ("value", row.amounts)):
            for number, part in enumerate(parts):
                figure = (part.get(name) for name in ("low", "high", "currency", "kind"))
                yield (
                    row.key,
                    what,
                    number,
                    part["status"],
                    *figure,
                    part["origins"],
                    part["level"],
                    part["explanation"],
                )


def _link_rows(session: Session, scope: Scope) -> Iterator[tuple[Any, ...]]:
    """Link transfers to the claims of the scope; a transfer may rest on further claims that filters leave out."""
    names = {claim.id: claim_name(claim, revision, article) for claim, revision, article, *_ in claims(session, scope)}
    for row, ids in transfers(session, scope):
        yield from ((row.key, name) for name in sorted(names[each] for each in ids if each in names))


def _observation_rows(session: Session, scope: Scope) -> Iterator[tuple[Any, ...]]:
    query = select(Observation, Series, ArticleTable).join(Series, Series.id == Observation.series_id)
    query = query.join(ArticleTable, ArticleTable.id == Series.table_id)
    order = (ArticleTable.position, Series.position, Observation.position)
    for revision, article, _, _ in revisions(session, scope):
        of_article = query.where(ArticleTable.revision_id == revision.id).order_by(*order)
        for each, series, table in session.execute(of_article):
            yield (
                article.canonical_url, table.position, series.position, table.caption, series.label, series.supplier,
                series.recipient, series.measure, series.unit, series.value_kind, each.period, each.value, each.raw,
                each.missing,
            )  # fmt: skip


def _named(table: str, pairs: Iterable[tuple[str, str]]) -> tuple[Field, ...]:
    return tuple(Field(name, kind, f"{table}.{name}") for name, kind in pairs)


LEVEL_MEANING = f"how strong it is: {', '.join(f'{number} {word}' for number, word in enumerate(LEVELS))}"
_URL = Field("article", "string", "article.canonical_url")
_OUTLET = Field("outlet", "string", "outlet.name")
_CLAIM_NAME = Field(
    "claim", "string", meaning="name of the claim: a digest of the article's address and text, and its place in it"
)
RESOURCES = (
    Resource(
        "outlets", "Outlets that are watched", ("name",),
        _named("outlet", (
            ("name", "string"), ("homepage", "string"), ("country", "string"), ("languages", "array"),
            ("kind", "string"), ("owner", "string"),
        )),
        _outlet_rows,
    ),
    Resource(
        "articles", "Articles about arms transfers, as they read last by the day of the package", ("article",),
        (
            _URL, _OUTLET, *_named("revision", (("headline", "string"),)),
            *_named("article", (("authors", "array"),)), *_named("revision", (("published_at", "datetime"),)),
            *_named("article", (("published_precision", "string"), ("published_origin", "string"))),
            *_named("revision", (("modified_at", "datetime"),)), *_named("article", (("first_seen_at", "datetime"),)),
            *_named("revision", (("seen_at", "datetime"),)),
            *_named("article", (("language", "string"), ("access", "string"), ("agency", "string"))),
            Field("origin_group", "string", meaning="address of the first article of its origin group"),
            *_named("revision", (("text_sha256", "string"),)),
            Field("capture_sha256", "string", "capture.sha256"),
            *_named("capture", (("warc_file", "string"), ("warc_offset", "integer"))),
        ),
        _article_rows,
    ),
    Resource(
        "claims", "What those articles claim, each with the words or the cell that say so", ("claim",),
        (
            _CLAIM_NAME, _URL, _OUTLET, *_named("revision", (("published_at", "datetime"), ("seen_at", "datetime"))),
            *_named("claim", _CLAIM),
        ),
        _claim_rows,
    ),
    Resource(
        "transfers", "Transfers: claims about the same thing, joined", ("key",),
        (
            *_named("transfer", _TRANSFER),
            Field("contradicted", "array", meaning="fields on which its claims contradict each other"),
        ),
        _transfer_rows,
    ),
    Resource(
        "transfer_levels", "How strong each stage, number and value of a transfer is, and why",
        ("transfer", "what", "position"),
        (
            Field("transfer", "string", "transfer.key"),
            Field("what", "string", meaning="stage, quantity or value"),
            Field("position", "integer", meaning="its place; the first quantity or value is the one to show first"),
            Field("status", "string", "claim.status"),
            Field("low", "number", meaning="lowest number or value; empty where it is open, and for stages"),
            Field("high", "number", meaning="highest number or value, likewise"),
            *_named("claim", (("currency", "string"), ("value_kind", "string"))),
            Field("origins", "integer", meaning="independent sources that support it"),
            Field("level", "integer", meaning=LEVEL_MEANING),
            Field("explanation", "string", meaning="which origins the level rests on, and what added nothing"),
        ),
        _level_rows,
    ),
    Resource(
        "transfer_claims", "Which claims a transfer rests on", ("transfer", "claim"),
        (Field("transfer", "string", "transfer.key"), _CLAIM_NAME),
        _link_rows,
    ),
    Resource(
        "observations", "Values of time series in those articles' tables, a row a period, gaps named",
        ("article", "table", "series", "period"),
        (
            _URL, Field("table", "integer", "article_table.position"), Field("series", "integer", "series.position"),
            *_named("article_table", (("caption", "string"),)),
            *_named("series", (
                ("label", "string"), ("supplier", "string"), ("recipient", "string"), ("measure", "string"),
                ("unit", "string"), ("value_kind", "string"),
            )),
            *_named("observation", (
                ("period", "integer"), ("value", "number"), ("raw", "string"), ("missing", "boolean"),
            )),
        ),
        _observation_rows,
    ),
)  # fmt: skip
