"""Feeds of searches and of transfers."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from models.article_search import FoundArticle, search_articles
from models.listing_claims import ClaimRow, claims_of_articles
from models.listing_transfers import TransferRow, list_transfers
from web.feed_formats import Entry, Feed, write_atom, write_json, write_rss
from web.flow_questions import FlowQuestion
from web.questions import ArticleQuestion
from web.shown import is_web_address, show_number
from web.views import Reader

ENTRIES = 100
CLAIMS = 1000
FORMATS: dict[str, tuple[str, Callable[[Feed], bytes]]] = {
    "atom": ("application/atom+xml", write_atom),
    "rss": ("application/rss+xml", write_rss),
    "json": ("application/feed+json", write_json),
}


def feed_router(reader: Reader) -> APIRouter:
    """Give the routes of the feeds; a format they do not know is not there."""
    router = APIRouter(prefix="/feeds", include_in_schema=False)

    @router.get("/articles.{form}")
    def articles(request: Request, form: str, question: Annotated[ArticleQuestion, Query()]) -> Response:
        """Give the newest articles that match, whatever order or page is asked."""
        search = replace(question.search, order="date")
        with Session(reader.engine) as session:
            found = search_articles(session, reader.index, search, ENTRIES).rows
            claims = claims_of_articles(session, [each.article.id for each in found], CLAIMS)
        entries = _article_entries(found, claims, str(request.base_url))
        return write_feed(form, _feed(request, "articles", question, entries))

    @router.get("/transfers.{form}")
    def transfers(request: Request, form: str, question: Annotated[FlowQuestion, Query()]) -> Response:
        """Give the transfers that match, those reported first most recently on top."""
        with Session(reader.engine) as session:
            rows = list_transfers(session, question.filters, ENTRIES).rows
        entries = tuple(_transfer_entry(row, str(request.base_url)) for row in rows)
        return write_feed(form, _feed(request, "transfers", question, entries))

    return router


def write_feed(form: str, feed: Feed) -> Response:
    """Give a feed in a format; raises HTTPException 404 for one that is not known."""
    if form not in FORMATS:
        raise HTTPException(404, f"there is no feed in the format {form}: {', '.join(FORMATS)}")
    kind, write = FORMATS[form]
    return Response(write(feed), media_type=f"{kind}; charset=utf-8")


def _feed(request: Request, name: str, question: BaseModel, entries: tuple[Entry, ...]) -> Feed:
    asked = question.model_dump(mode="json", exclude_none=True, exclude_defaults=True, exclude={"page", "order"})
    query = f"?{urlencode(asked)}" if asked else ""
    said = ", ".join(str(value) if key == "q" else f"{key} {value}" for key, value in asked.items())
    title = f"armswatch: {name}" + (f", {said}" if said else "")
    return Feed(f"armswatch:{name}{query}", title, f"{request.base_url}{name}{query}", str(request.url), entries)


def _article_entries(found: Sequence[FoundArticle], claims: Sequence[ClaimRow], base: str) -> tuple[Entry, ...]:
    by_article: defaultdict[int, list[ClaimRow]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article_id].append(claim)
    return tuple(_article_entry(each, by_article[each.article.id], base) for each in found)


def _article_entry(found: FoundArticle, claims: Sequence[ClaimRow], base: str) -> Entry:
    article, snippet = found.article, "".join(part.text for part in found.snippet)
    page = f"{base}articles/{article.id}"
    return Entry(
        name=article.url,
        title=article.headline or article.url,
        link=article.url if is_web_address(article.url) else page,
        author=article.outlet,
        published_at=article.published_at or article.first_seen_at,
        updated_at=max(article.published_at or article.first_seen_at, article.first_seen_at),
        lines=(
            article.outlet,
            *filter(None, [snippet]),
            *map(claim_line, claims),
            f"As archived, with evidence: {page}",
        ),
    )


def claim_line(claim: ClaimRow) -> str:
    """Say in one line what a claim states, with the words that say so."""
    item = claim.weapon or ", ".join(claim.weapon_raw) or claim.category or "unnamed goods"
    number = f"{show_number(claim.quantity)} " if claim.quantity is not None else ""
    pair = f"{claim.supplier or 'unknown'} to {claim.recipient or 'unknown'}"
    return f"{pair}: {number}{item}, {claim.status.replace('_', ' ')}: “{claim.quote}”"


def _transfer_entry(row: TransferRow, base: str) -> Entry:
    item = row.weapon or ", ".join(row.items) or row.category or "unnamed goods"
    pair = f"{row.supplier or 'unknown'} to {row.recipient or 'unknown'}"
    first = row.first_reported_at or row.first_seen_at or datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return Entry(
        name=f"armswatch:transfer:{row.key}",
        title=f"{pair}: {item}, {row.status.replace('_', ' ')}",
        link=f"{base}transfers/{row.id}",
        author="armswatch",
        published_at=first,
        updated_at=max([first, *_seen(row.rungs)]),
        lines=tuple(_transfer_lines(row)),
    )


def _seen(rungs: Sequence[dict[str, Any]]) -> list[datetime]:
    return [datetime.fromisoformat(rung["first_seen_at"]) for rung in rungs if rung["first_seen_at"]]


def _transfer_lines(row: TransferRow) -> list[str]:
    stages = [f"{rung['status'].replace('_', ' ')}, independent origins: {rung['origins']}" for rung in row.rungs]
    outlets = sorted({outlet for origin in row.origins for outlet in origin["outlets"]})
    contradictions = [f"Contradiction on {each['field']}: {each['note']}" for each in row.contradictions]
    return [*stages, f"Outlets: {', '.join(outlets) or 'none'}", *contradictions]
