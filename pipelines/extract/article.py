"""From a fetched page to an article draft: the one entrance to extraction."""

from datetime import datetime

from pipelines.extract.authors import read_authors
from pipelines.extract.body import Hints, read_body
from pipelines.extract.dates import read_dates
from pipelines.extract.head import Sources, read_head
from pipelines.extract.headline import read_headline
from pipelines.extract.shingles import shingles
from pipelines.extract.structured import find_article, find_structured, text_value
from pipelines.extract.tree import parse_page
from pipelines.extract.urls import canonical_or_none
from pipelines.items import ArticleDraft, Page


def extract(page: Page, now: datetime) -> ArticleDraft:
    """Return what the page says as an article; a poor page gives a draft with problems, never an exception."""
    parsed = parse_page(page)
    structured = find_structured(parsed.tree)
    sources = Sources(page, parsed.tree, read_head(parsed.tree), find_article(structured) or {})
    headline, headline_origin, headlines = read_headline(sources)
    authors, author_candidates = read_authors(sources)
    published, modified, _ = read_dates(sources, now)
    body = read_body(parsed.tree, body_hints(sources))
    return ArticleDraft(
        url=page.url,
        canonical_url=canonical_or_none(page.final_url) or page.final_url,
        canonical_origin="url",
        headline=headline,
        headline_origin=headline_origin,
        authors=authors,
        published=published,
        modified=modified,
        language=None,
        access="unknown",
        paragraphs=body.paragraphs,
        structured_data=structured,
        candidates=(*headlines, *author_candidates),
        problems=parsed.problems,
        body_reader=body.reader,
        body_confidence=body.confidence,
    )


def body_hints(sources: Sources) -> Hints:
    """Return what the rest of the page says about its text."""
    article_body = text_value(sources.article.get("articleBody"))
    return Hints(
        shingles(article_body) if article_body and len(article_body) > 400 else None,
        text_value(sources.article.get("headline")) or sources.head.meta("og:title"),
        text_value(sources.article.get("description")) or sources.head.meta("og:description", "description"),
    )
