"""Proof of the promises over the whole database: each check names what it proves and the rows that break it."""

from collections.abc import Callable, Iterator

from sqlalchemy import Engine, func, or_, select
from sqlalchemy.orm import Session

from models.article import Article, Revision
from models.claim import Claim
from models.crawl import Capture, CrawlRun, Page
from models.table import ArticleTable, TableCheck
from models.transfer import Transfer, transfer_claim

BATCH = 500


def broken_promises(engine: Engine) -> Iterator[tuple[str, list[str]]]:
    """Give each promise with the rows that break it; an empty list proves it."""
    for check in CHECKS:
        with Session(engine) as session:
            yield (check.__doc__ or check.__name__).rstrip("."), list(check(session))


def _evidence(session: Session) -> Iterator[str]:
    """Every claim's quote stands in its revision's text, at its place."""
    query = select(Claim, Revision.paragraphs).join(Revision).where(Claim.paragraph.is_not(None))
    for claim, paragraphs in session.execute(query.execution_options(yield_per=BATCH)):
        at = claim.paragraph
        text = paragraphs[at]["text"] if at is not None and at < len(paragraphs) else ""
        if text[claim.start : claim.end] != claim.quote or not claim.quote:
            yield f"claim {claim.id}"


def _table_evidence(session: Session) -> Iterator[str]:
    """Every claim from a table quotes the cell it names."""
    query = select(Claim, ArticleTable.rows).where(Claim.table.is_not(None)).outerjoin(
        ArticleTable, (ArticleTable.revision_id == Claim.revision_id) & (ArticleTable.position == Claim.table)
    )  # fmt: skip
    for claim, rows in session.execute(query.execution_options(yield_per=BATCH)):
        try:
            cell = rows[claim.row][claim.column]
        except (TypeError, IndexError):
            cell = None
        if cell != claim.quote:
            yield f"claim {claim.id}"


def _claim_has_place(session: Session) -> Iterator[str]:
    """Every claim has evidence: a place in the text or in a table."""
    query = select(Claim.id).where(Claim.paragraph.is_(None), Claim.table.is_(None))
    yield from (f"claim {number}" for number in session.scalars(query))


def _table_checks(session: Session) -> Iterator[str]:
    """Every check of a text against its table names a claim of the text and a cell."""
    for place, is_cell in ((TableCheck.claim, False), (TableCheck.cell, True)):
        origin = Claim.table.is_not(None) if is_cell else Claim.paragraph.is_not(None)
        named = select(Claim.id).where(Claim.revision_id == TableCheck.revision_id, Claim.position == place, origin)
        broken = select(TableCheck.id).where(place.is_not(None), ~named.exists())
        yield from (f"table_check {number}" for number in session.scalars(broken))


def _done_pages(session: Session) -> Iterator[str]:
    """Every page that is done leads to an article, and every article has a page and a revision of its own."""
    yield from (
        f"page {n}" for n in session.scalars(select(Page.id).where(Page.state == "done", Page.article_id.is_(None)))
    )
    own = select(Revision.id).where(Revision.id == Article.current_revision_id, Revision.article_id == Article.id)
    yield from (f"article {n}" for n in session.scalars(select(Article.id).where(~own.exists())))
    paged = select(Page.id).where(Page.article_id == Article.id)
    yield from (f"article {n}" for n in session.scalars(select(Article.id).where(~paged.exists())))


def _captures(session: Session) -> Iterator[str]:
    """Every capture lies in the archive or says why not."""
    query = select(Capture.id).where(
        Capture.warc_file.is_(None), Capture.error.is_(None), Capture.status.is_not(None), Capture.status != 304
    )
    yield from (f"capture {number}" for number in session.scalars(query))


def _reasons(session: Session) -> Iterator[str]:
    """Every page that failed, was refused or is gone says why."""
    query = select(Page.id).where(Page.state.in_(("failed", "refused", "gone")), Page.reason.is_(None))
    yield from (f"page {number}" for number in session.scalars(query))


def _runs(session: Session) -> Iterator[str]:
    """Every closed crawl has an outcome, and no source has two crawls at once."""
    closed = select(CrawlRun.id).where(CrawlRun.finished_at.is_not(None), CrawlRun.outcome.is_(None))
    yield from (f"crawl_run {number}" for number in session.scalars(closed))
    twice = select(CrawlRun.source_id).where(CrawlRun.finished_at.is_(None)).group_by(CrawlRun.source_id)
    yield from (f"source {number}" for number in session.scalars(twice.having(func.count() > 1)))


def _transfer_has_claims(session: Session) -> Iterator[str]:
    """Every transfer has claims, all of articles as they read now, and of its own pair."""
    linked = select(transfer_claim.c.claim_id).where(transfer_claim.c.transfer_id == Transfer.id)
    yield from (f"transfer {number}" for number in session.scalars(select(Transfer.id).where(~linked.exists())))
    query = select(Transfer.id).join(transfer_claim, transfer_claim.c.transfer_id == Transfer.id)
    query = query.join(Claim, Claim.id == transfer_claim.c.claim_id).join(Revision, Revision.id == Claim.revision_id)
    query = query.join(Article, Article.id == Revision.article_id)
    is_wrong = or_(
        Article.current_revision_id != Revision.id,
        Transfer.supplier.is_distinct_from(Claim.supplier),
        Transfer.recipient.is_distinct_from(Claim.recipient),
    )
    yield from (f"transfer {number}" for number in session.scalars(query.where(is_wrong).distinct()))


def _claim_has_transfer(session: Session) -> Iterator[str]:
    """Every claim of a stage of a pair, in a text as it reads now and not negated, belongs to a transfer."""
    linked = select(transfer_claim.c.claim_id).where(transfer_claim.c.claim_id == Claim.id)
    query = select(Claim.id).join(Article, Article.current_revision_id == Claim.revision_id)
    query = query.where(
        Claim.supplier.is_not(None),
        Claim.recipient.is_not(None),
        Claim.status != "general",
        Claim.modality != "negated",
        or_(Claim.table.is_(None), Claim.rule != "series"),
        ~linked.exists(),
    )
    yield from (f"claim {number}" for number in session.scalars(query))


def _origins(session: Session) -> Iterator[str]:
    """No transfer counts more independent origins than its claims have origin groups."""
    groups = func.count(func.distinct(func.coalesce(Article.origin_group, Article.id)))
    query = select(Transfer.id).join(transfer_claim, transfer_claim.c.transfer_id == Transfer.id)
    query = query.join(Claim, Claim.id == transfer_claim.c.claim_id).join(Revision, Revision.id == Claim.revision_id)
    query = query.join(Article, Article.id == Revision.article_id).group_by(Transfer.id, Transfer.independent_origins)
    counted = query.having(Transfer.independent_origins > groups)
    yield from (f"transfer {number}" for number in session.scalars(counted))


CHECKS: tuple[Callable[[Session], Iterator[str]], ...] = (
    _evidence, _table_evidence, _claim_has_place, _table_checks, _done_pages, _captures, _reasons, _runs,
    _transfer_has_claims, _claim_has_transfer, _origins,
)  # fmt: skip
