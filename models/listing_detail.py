"""Everything the database knows about one article."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.article import Article, Revision
from models.crawl import Capture, Page
from models.listing_articles import ArticleRow, article_rows
from models.listing_claims import ClaimRow, claims_of_revision
from models.listing_series import TableCheckRow, TableRow, table_checks_of_revision, tables_of_revision
from models.structured import StructuredData


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of an article: what we hold, where on the page it came from, and what the page printed."""

    name: str
    value: str | float | datetime | tuple[str, ...] | None
    origin: str | None = None
    raw: str | None = None
    precision: str | None = None
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One value the page offered for a field."""

    field: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """One numbered block of the main text."""

    number: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """How the article read at one time."""

    id: int
    seen_at: datetime
    headline: str | None
    published_at: datetime | None
    modified_at: datetime | None
    text_sha256: str
    capture_id: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """One fetch of one of the article's pages, and where its bytes lie."""

    id: int
    page_url: str
    page_state: str
    final_url: str
    fetched_at: datetime
    status: int | None
    sha256: str | None
    bytes: int | None
    warc_file: str | None
    warc_offset: int | None
    error: str | None


@dataclass(frozen=True, slots=True)
class StructuredRow:
    """One JSON-LD or microdata object as the page carried it."""

    position: int
    type: str | None
    data: dict[str, Any] | None
    found_in: str
    repairs: tuple[str, ...]
    raw: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """One article with all its parts as it reads now; ``origin_group`` are the other articles of the same origin."""

    article: ArticleRow
    fields: tuple[FieldRow, ...]
    candidates: tuple[CandidateRow, ...]
    relevance_reasons: tuple[str, ...]
    problems: tuple[str, ...]
    paragraphs: tuple[ParagraphRow, ...]
    tables: tuple[TableRow, ...]
    claims: tuple[ClaimRow, ...]
    table_checks: tuple[TableCheckRow, ...]
    structured_data: tuple[StructuredRow, ...]
    revisions: tuple[RevisionRow, ...]
    captures: tuple[CaptureRow, ...]
    origin_group: tuple[ArticleRow, ...]


def article_detail(session: Session, article: int | str) -> ArticleDetail | None:
    """Give one article by its id or its address (canonical, AMP, or that of a page which leads to it), or None."""
    row = session.get(Article, article) if isinstance(article, int) else _by_address(session, article)
    return _detail(session, row) if row is not None else None


def _by_address(session: Session, url: str) -> Article | None:
    query = select(Article).where(or_(Article.canonical_url == url, Article.amp_url == url)).limit(1)
    through_page = select(Article).join(Page, Page.article_id == Article.id).where(Page.url == url).limit(1)
    return session.scalar(query) or session.scalar(through_page)


def _detail(session: Session, article: Article) -> ArticleDetail:
    revision_id = article.current_revision_id or 0
    revision = session.get(Revision, revision_id)
    return ArticleDetail(
        article=article_rows(session, select(Article).where(Article.id == article.id))[0],
        fields=_fields(article),
        candidates=tuple(CandidateRow(**each) for each in article.candidates),
        relevance_reasons=tuple(article.relevance_reasons),
        problems=tuple(article.problems),
        paragraphs=paragraphs_of(revision),
        tables=tables_of_revision(session, article, revision_id),
        claims=claims_of_revision(session, article, revision_id),
        table_checks=table_checks_of_revision(session, revision_id),
        structured_data=_structured_data(session, revision_id),
        revisions=revision_rows(session, article),
        captures=_captures(session, article),
        origin_group=_origin_group(session, article),
    )


def paragraphs_of(revision: Revision | None) -> tuple[ParagraphRow, ...]:
    """Give the numbered paragraphs of a revision."""
    paragraphs = revision.paragraphs if revision is not None else []
    return tuple(ParagraphRow(number, each["text"], each["kind"]) for number, each in enumerate(paragraphs))


def _fields(article: Article) -> tuple[FieldRow, ...]:
    return (
        FieldRow("headline", article.headline, article.headline_origin),
        FieldRow("authors", tuple(article.authors) or None),
        FieldRow(
            "published_at",
            article.published_at,
            article.published_origin,
            article.published_raw,
            article.published_precision,
            article.published_flag,
        ),
        FieldRow("modified_at", article.modified_at, None, article.modified_raw),
        FieldRow("canonical_url", article.canonical_url, article.canonical_origin),
        FieldRow("amp_url", article.amp_url),
        FieldRow("keywords", tuple(article.keywords) or None),
        *(FieldRow(name, getattr(article, name)) for name in _PLAIN_FIELDS),
    )


_PLAIN_FIELDS = (
    "language", "access", "description", "section", "image", "publisher", "agency", "relevance", "first_seen_at",
    "gone_at", "body_reader", "body_confidence",
)  # fmt: skip


def _structured_data(session: Session, revision_id: int) -> tuple[StructuredRow, ...]:
    query = select(StructuredData).where(StructuredData.revision_id == revision_id).order_by(StructuredData.position)
    return tuple(
        StructuredRow(row.position, row.type, row.data, row.found_in, tuple(row.repairs), row.raw, row.error)
        for row in session.scalars(query)
    )


def revision_rows(session: Session, article: Article) -> tuple[RevisionRow, ...]:
    """Give an article's revisions, the newest first."""
    query = select(Revision).where(Revision.article_id == article.id).order_by(Revision.seen_at.desc(), Revision.id)
    return tuple(
        RevisionRow(
            id=row.id,
            seen_at=row.seen_at,
            headline=row.headline,
            published_at=row.published_at,
            modified_at=row.modified_at,
            text_sha256=row.text_sha256,
            capture_id=row.capture_id,
            is_current=row.id == article.current_revision_id,
        )
        for row in session.scalars(query)
    )


def _captures(session: Session, article: Article) -> tuple[CaptureRow, ...]:
    query = select(Capture, Page.url, Page.state).join(Page).where(Page.article_id == article.id)
    return tuple(
        CaptureRow(
            id=row.id,
            page_url=url,
            page_state=state,
            final_url=row.final_url,
            fetched_at=row.fetched_at,
            status=row.status,
            sha256=row.sha256,
            bytes=row.bytes,
            warc_file=row.warc_file,
            warc_offset=row.warc_offset,
            error=row.error,
        )
        for row, url, state in session.execute(query.order_by(Capture.fetched_at.desc(), Capture.id.desc()))
    )


def _origin_group(session: Session, article: Article) -> tuple[ArticleRow, ...]:
    if article.origin_group is None:
        return ()
    others = select(Article).where(Article.origin_group == article.origin_group, Article.id != article.id)
    return article_rows(session, others.order_by(Article.first_seen_at, Article.id))
