"""How the index follows the database: it takes in the articles that changed after the last change it holds."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, joinedload, load_only
from tantivy import FieldType, Index, IndexWriter, Query, Searcher

from models.article import Article, ArticleChange, Revision
from models.claim import Claim
from models.outlet import Outlet, Source
from models.search_schema import article_document, schema, seen_number

BATCH = 500  # articles read from the database at once
COMMIT_AFTER = 100  # batches
LOOK_BACK = 1000  # PostgreSQL hands out ids before they are committed: a lower one may appear later
WRITER_MEMORY = 128_000_000

# What documents are made of: to read an article's other columns too would take a third of the time.
_READ = (
    load_only(Article.id, Article.headline, Article.authors, Article.published_at, Article.language, Article.access),
    load_only(Revision.id, Revision.seen_at, Revision.paragraphs),
    joinedload(Article.outlet).load_only(Outlet.name, Outlet.country, Outlet.kind),
    joinedload(Article.source).load_only(Source.name).lazyload(Source.outlet),
)
_READ_OF_CLAIMS = load_only(
    Claim.revision_id, Claim.supplier, Claim.recipient, Claim.weapon, Claim.category, Claim.status,
    Claim.value_min, Claim.value_max, Claim.currency,
)  # fmt: skip


def belongs_to(searcher: Searcher, engine: Engine) -> bool:
    """Tell whether the article that changed last reads in the database as in the index."""
    last = last_change(searcher)
    if last == 0:
        return True
    held = searcher.search(Query.term_query(schema(), "change_id", last, "basic"), limit=1).hits[0][1]
    revision_id, seen = (searcher.fast_field_values(name, [held])[0] for name in ("revision_id", "seen"))
    with Session(engine) as session:
        revision = session.get(Revision, revision_id)
        return revision is not None and seen == seen_number(revision)


def follow(index: Index, engine: Engine) -> int:
    """Write the documents of articles that changed, and give their number."""
    searcher = index.searcher()
    missing = _missing(searcher, engine)
    if not missing:
        return 0
    writer, written = index.writer(WRITER_MEMORY, 1), 0
    for number, at in enumerate(range(0, len(missing), BATCH), 1):
        written += _write(writer, engine, missing[at : at + BATCH], is_empty=searcher.num_docs == 0)
        if number % COMMIT_AFTER == 0:
            writer.commit()
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return written


def last_change(searcher: Searcher) -> int:
    """Give the newest change the index holds: read from its own documents, so that it cannot be wrong."""
    found = searcher.aggregate(Query.all_query(), {"last": {"max": {"field": "change_id"}}})
    return int(found["last"]["value"] or 0)


def _missing(searcher: Searcher, engine: Engine) -> list[int]:
    """Give the articles whose newest change the index does not hold, in the order of these changes."""
    after = max(last_change(searcher) - LOOK_BACK, 0)
    newest = func.max(ArticleChange.id)
    query = select(ArticleChange.article_id, newest).where(ArticleChange.id > after).group_by(ArticleChange.article_id)
    with Session(engine) as session:
        changes = session.execute(query.order_by(newest)).all()
    held = _held_changes(searcher, after)
    return [article_id for article_id, change in changes if change not in held]


def _held_changes(searcher: Searcher, after: int) -> set[int]:
    recent = Query.range_query(schema(), "change_id", FieldType.Unsigned, after, None, include_lower=False)
    found = searcher.search(recent, limit=LOOK_BACK + 1, count=False, order_by_field="change_id")
    return {int(change) for change, _ in found.hits}


def _write(writer: IndexWriter, engine: Engine, article_ids: Sequence[int], *, is_empty: bool) -> int:
    """Replace the documents of a batch of articles; tantivy deletes numbers by query, not by term."""
    query = select(Article, Revision).join(Revision, Article.current_revision_id == Revision.id)
    query = query.where(Article.id.in_(article_ids)).options(*_READ)
    with Session(engine) as session:
        changes = _newest_changes(session, article_ids)  # first: what changes meanwhile is taken in again
        rows = session.execute(query).all()
        claims = _claims(session, [revision.id for _, revision in rows])
    if not is_empty:
        writer.delete_documents_by_query(Query.term_set_query(schema(), "article_id", list(article_ids)))
    for article, revision in rows:  # the transaction is over: nobody waits while words are made
        writer.add_document(article_document(article, revision, claims[revision.id], changes[article.id]))
    return len(rows)


def _newest_changes(session: Session, article_ids: Sequence[int]) -> dict[int, int]:
    query = select(ArticleChange.article_id, func.max(ArticleChange.id)).group_by(ArticleChange.article_id)
    return dict(session.execute(query.where(ArticleChange.article_id.in_(article_ids))).all())


def _claims(session: Session, revision_ids: Sequence[int]) -> defaultdict[int, list[Claim]]:
    """Give the claims of each revision."""
    found = defaultdict(list)
    query = select(Claim).where(Claim.revision_id.in_(revision_ids)).order_by(Claim.position).options(_READ_OF_CLAIMS)
    for claim in session.scalars(query):
        found[claim.revision_id].append(claim)
    return found
