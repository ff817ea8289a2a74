"""From a fetched page to an article draft: the one entrance to extraction."""

from dataclasses import replace
from datetime import datetime

from pipelines.extract.access import decide_access
from pipelines.extract.agency import find_agency
from pipelines.extract.authors import read_authors
from pipelines.extract.body import Body, Hints, read_body
from pipelines.extract.dates import read_dates
from pipelines.extract.head import Sources, read_head
from pipelines.extract.headline import read_headline
from pipelines.extract.language import read_language
from pipelines.extract.metadata import (
    read_amp_url,
    read_canonical,
    read_description,
    read_image,
    read_keywords,
    read_publisher,
    read_section,
)
from pipelines.extract.shingles import shingles
from pipelines.extract.structured import find_article, find_structured, text_value
from pipelines.extract.tables import FoundTables, placed_tables, read_tables
from pipelines.extract.tree import parse_page
from pipelines.items import ArticleDraft, Page


def extract(page: Page, now: datetime) -> ArticleDraft:
    """Return what the page says as an article; a poor page gives a draft with problems, never an exception."""
    parsed = parse_page(page)
    structured = find_structured(parsed.tree)
    sources = Sources(page, parsed.tree, read_head(parsed.tree), find_article(structured) or {})
    tables = read_tables(parsed.tree)
    body = read_body(parsed.tree, body_hints(sources, tables), page.rules)
    headline, headline_origin, headlines = read_headline(sources)
    authors, author_candidates = read_authors(sources)
    published, modified, dates = read_dates(sources, now)
    canonical_url, canonical_origin, addresses = read_canonical(sources)
    draft = ArticleDraft(
        url=page.url,
        canonical_url=canonical_url,
        canonical_origin=canonical_origin,
        headline=headline,
        headline_origin=headline_origin,
        authors=authors,
        published=published,
        modified=modified,
        language=read_language(sources, " ".join(body.texts)),
        access=decide_access(sources, body.paragraphs),
        paragraphs=body.paragraphs,
        agency=find_agency(body.texts, authors),
        structured_data=structured,
        tables=placed_tables(tables, body.tables),
        candidates=(*headlines, *author_candidates, *dates, *addresses),
        problems=(*parsed.problems, *tables.problems, *_problems(body, headline)),
    )
    return _with_facts(draft, sources, body)


def _with_facts(draft: ArticleDraft, sources: Sources, body: Body) -> ArticleDraft:
    """Return the draft with the smaller facts, and how its text was read."""
    return replace(
        draft,
        description=read_description(sources),
        section=read_section(sources),
        keywords=read_keywords(sources),
        image=read_image(sources),
        amp_url=read_amp_url(sources),
        publisher=read_publisher(sources),
        body_reader=body.reader,
        body_confidence=body.confidence,
    )


def body_hints(sources: Sources, tables: FoundTables) -> Hints:
    """Return what the rest of the page says about its text."""
    article_body = text_value(sources.article.get("articleBody"))
    return Hints(
        shingles(article_body) if article_body and len(article_body) > 400 else None,
        text_value(sources.article.get("headline")) or sources.head.meta("og:title"),
        text_value(sources.article.get("description")) or sources.head.meta("og:description", "description"),
        frozenset(tables.elements),
        frozenset(tables.lines - {""}),
    )


def _problems(body: Body, headline: str | None) -> list[str]:
    problems = list(body.problems)
    if not body.paragraphs:
        problems.append("no text")
    if headline is None:
        problems.append("no headline")
    return problems
