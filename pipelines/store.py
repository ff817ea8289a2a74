"""Writes what was read, in one transaction a batch: captures, articles with their revisions, and the pages' states."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, ProgrammingError
from sqlalchemy.orm import Session

from models.article import Article, ArticleChange, FingerprintBand, Revision
from models.crawl import Capture
from models.crawl import Page as PageRow
from models.outlet import Outlet
from pipelines.duplicates import Copy, band_keys, fingerprint, same_origin
from pipelines.frontier import Place, clean_text, close_page, page_rows, put_off
from pipelines.items import ArticleDraft, DateValue, Missed, Page, Reading
from pipelines.outcome import Outcome, judge_missed, judge_reading, next_look
from pipelines.outlets import outlet_of_article
from pipelines.stated_claims import claimed_pairs
from pipelines.store_parts import store_claims, store_structured_data, store_table_checks, store_tables
from pipelines.store_transfers import store_transfers
from pipelines.table_checks import check_tables

logger = logging.getLogger(__name__)

Counts = dict[str, int]


# What one item can do wrong; a database that is away raises OperationalError, which is nobody's item.
# What makes the transfers of an article's claims be joined anew.
REJOINING = frozenset({"revision/new", "article/gone", "article/back"})
ITEM_ERRORS = (DataError, IntegrityError, InterfaceError, ProgrammingError, UnicodeError)


def store_batch(engine: Engine, place: Place, batch: Sequence[Reading | Missed], now: datetime) -> Counts:
    """Write a batch and give what happened, by counted name. Same input, same rows.

    An item that the database refuses is set aside (its page stays "kept", its capture stored) and the rest written.
    Raises sqlalchemy.exc.OperationalError while the database is away: nothing of the batch is written then.
    """
    try:
        return _store_all(engine, place, batch, now)
    except ITEM_ERRORS:
        counts: Counts = {}
        for item in batch:
            _add(counts, _store_apart(engine, place, item, now))
        return counts


def _store_apart(engine: Engine, place: Place, item: Reading | Missed, now: datetime) -> Counts:
    try:
        return _store_all(engine, place, [item], now)
    except ITEM_ERRORS as error:
        if isinstance(item, Missed):
            raise
        logger.exception("not stored, kept for a replay: %s", _url(item))
        return _store_all(engine, place, [Reading(item.page, error=f"not stored: {type(error).__name__}")], now)


def _store_all(engine: Engine, place: Place, batch: Sequence[Reading | Missed], now: datetime) -> Counts:
    counts: Counts = {}
    with Session(engine) as session, session.begin():
        rows = page_rows(session, place, list({_url(item) for item in batch}), now)
        before = claimed_pairs(session, {_canonical(item) for item in batch})
        changed = set()
        for item in batch:
            stored = store_item(session, place, rows[_url(item)], item, now)
            _add(counts, stored)
            if not REJOINING.isdisjoint(stored):
                changed.add(_address(session, rows[_url(item)]) or _canonical(item))
        touched = [*(before[url] for url in changed), *claimed_pairs(session, changed).values()]
        _add(counts, store_transfers(session, set().union(*touched)))
    return counts


def _address(session: Session, row: PageRow) -> str | None:
    """Give the canonical address of a page's article; the page of one that is gone does not say it."""
    return session.scalar(select(Article.canonical_url).where(Article.id == row.article_id))


def store_item(session: Session, place: Place, row: PageRow, item: Reading | Missed, now: datetime) -> Counts:
    """Write one reading, or one page that could not be fetched, and close its page."""
    if isinstance(item, Missed):
        return _store_missed(session, place, row, item, now)
    capture = _store_capture(session, place, row, item.page)
    if item.page.status == 304 and (row.etag or row.last_modified):  # else nobody asked whether it changed
        return _close_unchanged(session, row, now)
    outcome = judge_reading(item, row.attempts, now)
    counts: Counts = {f"page/{outcome.state}": 1}
    is_known_article = outcome.state == "irrelevant" and row.article_id is not None
    if outcome.state == "done" or is_known_article:
        outcome = outcome if not is_known_article else Outcome("done", outcome.reason, outcome.next_fetch_at)
        _add(counts, store_article(session, place, row, capture, item))
    elif outcome.state == "gone" and row.article_id is not None:
        _mark_gone(session, row.article_id, item.page.fetched_at)
        counts["article/gone"] = 1
    row.relevance = item.relevance.score if item.relevance else row.relevance
    close_page(row, outcome, _answer_headers(item.page) if item.page.status == 200 else None)
    return counts


def _store_missed(session: Session, place: Place, row: PageRow, missed: Missed, now: datetime) -> Counts:
    if missed.again_at is not None:
        put_off(row, missed.reason, missed.again_at)
        return {"page/put_off": 1, f"missed/{missed.reason}": 1}
    outcome = judge_missed(missed, row.attempts, now)
    session.add(
        Capture(
            page_id=row.id,
            crawl_run_id=place.run_id,
            fetched_at=now,
            final_url=row.url,
            error=clean_text(missed.reason),
        )
    )
    close_page(row, outcome, None)
    return {f"page/{outcome.state}": 1, f"missed/{missed.reason}": 1}


def _close_unchanged(session: Session, row: PageRow, now: datetime) -> Counts:
    """Close a page whose server says that it did not change."""
    article = session.get(Article, row.article_id) if row.article_id else None
    state = "done" if article else "irrelevant"
    close_page(row, Outcome(state, None, next_look(article.published_at, now) if article else None), None)  # type: ignore[arg-type]
    return {"page/unchanged": 1}


def _store_capture(session: Session, place: Place, row: PageRow, page: Page) -> Capture:
    """Write the capture's row; a replayed page keeps the one it has."""
    kept = page.capture
    if kept is not None:
        query = select(Capture).where(Capture.page_id == row.id, Capture.warc_file == kept.warc_file)
        known = session.scalar(query.where(Capture.warc_offset == kept.warc_offset))
        if known is not None:
            return known
    capture = Capture(
        page_id=row.id,
        crawl_run_id=place.run_id,
        fetched_at=page.fetched_at,
        final_url=clean_text(page.final_url) or row.url,
        status=page.status,
        sha256=kept.sha256 if kept else None,
        bytes=kept.bytes if kept else None,
        warc_file=kept.warc_file if kept else None,
        warc_offset=kept.warc_offset if kept else None,
        warc_length=kept.warc_length if kept else None,
    )
    session.add(capture)
    session.flush()
    return capture


def store_article(session: Session, place: Place, row: PageRow, capture: Capture, reading: Reading) -> Counts:
    """Write the article of a relevant page, and a revision where it reads otherwise than before."""
    draft = reading.draft
    assert draft is not None
    assert reading.relevance is not None
    article = session.scalar(select(Article).where(Article.canonical_url == draft.canonical_url).with_for_update())
    is_new = article is None
    if article is None:
        article = Article(
            canonical_url=draft.canonical_url,
            source_id=place.source_id,
            outlet_id=outlet_of_article(session, place.outlet_id, draft.canonical_url),
            first_seen_at=reading.page.fetched_at,
        )
        session.add(article)
    counts: Counts = {"article/new": 1} if is_new else {}
    if not is_new and not _is_newest(session, article, capture):
        row.article_id = article.id
        return counts
    if article.gone_at is not None:
        counts["article/back"] = 1
    _fill_article(article, reading)
    is_modified = session.is_modified(article)
    session.flush()
    row.article_id = article.id
    if _store_revision(session, article, capture, reading):
        counts["revision/new"] = 1
        _store_origin(session, article, draft.text)
    elif not is_new:
        counts["article/unchanged"] = 1
    if is_modified or is_new:
        session.add(ArticleChange(article_id=article.id))
    return counts


def _is_newest(session: Session, article: Article, capture: Capture) -> bool:
    """Tell whether no later capture has spoken for the article: a replay of an old one must not turn it back."""
    current = session.get(Revision, article.current_revision_id) if article.current_revision_id else None
    return current is None or current.seen_at <= capture.fetched_at


def _fill_article(article: Article, reading: Reading) -> None:
    draft, relevance = reading.draft, reading.relevance
    assert draft is not None
    assert relevance is not None
    for name in _SAME_NAME:
        setattr(article, name, getattr(draft, name))
    for name in ("authors", "keywords", "problems"):
        setattr(article, name, list(getattr(draft, name)))
    _fill_dates(article, draft.published, draft.modified)
    article.candidates = [{"field": c.field, "value": c.value, "origin": c.origin} for c in draft.candidates]
    article.relevance, article.relevance_reasons = relevance.score, list(relevance.reasons)
    article.gone_at = None


_SAME_NAME = (
    "headline", "headline_origin", "canonical_origin", "amp_url", "language", "access", "description", "section",
    "image", "publisher", "agency", "body_reader", "body_confidence",
)  # fmt: skip


def _fill_dates(article: Article, published: DateValue | None, modified: DateValue | None) -> None:
    article.published_at = published.at if published else None
    article.published_origin = published.origin if published else None
    article.published_precision = published.precision if published else None
    article.published_raw = published.raw if published else None
    article.published_flag = published.flag if published else None
    article.modified_at = modified.at if modified else None
    article.modified_raw = modified.raw if modified else None


def text_sha256(draft: ArticleDraft) -> str:
    """Digest what a reader sees change: headline and main text."""
    return hashlib.sha256(f"{draft.headline}\n\n{draft.text}".encode()).hexdigest()


def _store_revision(session: Session, article: Article, capture: Capture, reading: Reading) -> bool:
    """Write how the article reads now; False where it reads as before."""
    draft = reading.draft
    assert draft is not None
    digest = text_sha256(draft)
    current = session.get(Revision, article.current_revision_id) if article.current_revision_id else None
    if current is not None and current.capture_id != capture.id and current.text_sha256 == digest:
        return False
    revision = current if current is not None and current.capture_id == capture.id else None
    if revision is None:
        revision = Revision(article_id=article.id, capture_id=capture.id, seen_at=capture.fetched_at)
        session.add(revision)
    revision.headline, revision.text_sha256 = draft.headline, digest
    revision.published_at, revision.modified_at = article.published_at, article.modified_at
    revision.paragraphs = [{"text": each.text, "kind": each.kind} for each in draft.paragraphs]
    session.flush()
    article.current_revision_id = revision.id
    store_structured_data(session, revision.id, draft.structured_data)
    store_tables(session, revision.id, draft.tables)
    store_claims(session, revision.id, reading.claims)
    store_table_checks(session, revision.id, check_tables(reading.claims, draft.tables))
    return True


def _store_origin(session: Session, article: Article, text: str) -> None:
    """Put the article into the origin group of its copies: the group's id is that of its first article."""
    session.execute(FingerprintBand.__table__.delete().where(FingerprintBand.article_id == article.id))  # type: ignore[attr-defined]
    article.fingerprint = fingerprint(text)
    article.origin_group = article.id
    if article.fingerprint is None:
        return
    keys = set(band_keys(article.fingerprint))
    owner = session.scalar(select(Outlet.owner).where(Outlet.id == article.outlet_id))
    this = Copy(str(article.id), article.fingerprint, owner, article.agency)
    alike = select(FingerprintBand.article_id).where(FingerprintBand.key.in_(keys))
    query = select(Article, Outlet.owner).join(Outlet).where(Article.id.in_(alike), Article.id != article.id)
    for other, other_owner in session.execute(query.order_by(Article.id)):
        if same_origin(this, Copy(str(other.id), other.fingerprint, other_owner, other.agency)):
            article.origin_group = other.origin_group
            break
    session.add_all(FingerprintBand(article_id=article.id, key=key) for key in keys)


def _mark_gone(session: Session, article_id: int, seen_at: datetime) -> None:
    article = session.get(Article, article_id)
    if article is not None and article.gone_at is None:
        article.gone_at = seen_at


def _answer_headers(page: Page) -> dict[str, str]:
    headers = page.received.headers if page.received else ()
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _canonical(item: Reading | Missed) -> str:
    draft = None if isinstance(item, Missed) else item.draft
    return draft.canonical_url if draft else _url(item)


def _url(item: Reading | Missed) -> str:
    return item.url if isinstance(item, Missed) else item.page.url


def _add(counts: Counts, more: Counts) -> None:
    for name, number in more.items():
        counts[name] = counts.get(name, 0) + number
