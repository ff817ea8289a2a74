"""From a fetched page to what it says: the one road that crawls, replays and the extract command share."""

from datetime import datetime

from pipelines.claims.article import find_claims
from pipelines.claims.from_tables import name_series
from pipelines.claims.relevance import judge_relevance
from pipelines.extract.article import extract
from pipelines.extract.pdf import extract_pdf, is_pdf
from pipelines.items import ArticleDraft, Page, Reading, Relevance

SNIFF = 1_024  # bytes; what a binary file is known by
BINARY_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00")
HTML_TYPES = ("html", "xml", "text/plain")


def is_html(page: Page) -> bool:
    """Tell whether the body can be a page: the bytes decide, then the declared type."""
    head = page.body[:SNIFF]
    if head.startswith(BINARY_STARTS):
        return False
    if b"<" in head:
        return True
    declared = (page.content_type or "text/html").lower()
    return bool(page.body.strip()) and any(kind in declared for kind in HTML_TYPES)


def can_be_read(page: Page) -> bool:
    """Tell whether the body is of a kind that articles come in."""
    return is_pdf(page.body) or is_html(page)


def read_page(page: Page, now: datetime) -> Reading:
    """Read a page that answered 200: its article, whether it is about arms transfers, and if so its tables' names."""
    if page.status != 200 or not can_be_read(page):
        return Reading(page)
    draft = extract_pdf(page, now) if is_pdf(page.body) else extract(page, now)
    relevance = judge_draft(draft)
    return Reading(page, name_series(draft) if relevance.is_relevant else draft, relevance)


def judge_draft(draft: ArticleDraft) -> Relevance:
    """Judge a draft by headline, lead and text."""
    lead = draft.description or next((each.text for each in draft.paragraphs if each.kind == "text"), None)
    return judge_relevance(draft.headline, lead, draft.text, draft.language)


def add_claims(reading: Reading) -> Reading:
    """Find the claims of a relevant reading."""
    if reading.draft is None or not reading.is_relevant:
        return reading
    return Reading(reading.page, reading.draft, reading.relevance, find_claims(reading.draft), reading.error)
