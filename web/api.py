"""The interface for programs: JSON of what the database holds, under /api/v1."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from models.article_search import FoundArticle
from models.facets import Facets
from models.listing_claims import ClaimRow
from models.listing_detail import ArticleDetail
from models.listing_series import SeriesRow
from models.listing_sources import SourceRow
from web.api_lists import ApiLists, Listed
from web.api_questions import ArticlesAsked, ClaimsAsked, SeriesAsked, TransfersAsked
from web.api_shapes import TransferShape, TransferWhole
from web.pages import ArticleId
from web.questions import ArticleQuestion
from web.shown import plain
from web.views import Overview, Reader

TransferId = Annotated[int, Path(ge=1, le=2**63 - 1)]


class Mistake(BaseModel):
    """What every answer is that cannot be what was asked for: one line that says why."""

    error: str


MISTAKES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Mistake, "description": "The question is at fault, or the right to ask it."},
    "5XX": {"model": Mistake, "description": "The database cannot answer now, or the fault is ours."},
}


def api_router(reader: Reader, now: Callable[[], datetime]) -> APIRouter:
    """Give the routes under /api/v1."""
    router = APIRouter(prefix="/api/v1", default_response_class=JSONResponse)
    lists = ApiLists(reader)

    @router.get("/overview", response_model=Overview)
    def overview() -> JSONResponse:
        """Give totals, the newest articles, and the sources' health."""
        return JSONResponse(plain(reader.overview(now())))

    @router.get("/articles", response_model=Listed[FoundArticle])
    def articles(asked: Annotated[ArticlesAsked, Query()]) -> JSONResponse:
        """List the articles that match, best first or newest first."""
        return part(lists.articles(asked))

    @router.get("/facets", response_model=Facets)
    def facets(asked: Annotated[ArticleQuestion, Query()]) -> JSONResponse:
        """Count the articles that match by the values of each filter."""
        return JSONResponse(plain(reader.facets(asked)))

    @router.get("/articles/{article_id}", response_model=ArticleDetail)
    def article(article_id: ArticleId) -> JSONResponse:
        """Give one article with all its parts."""
        return found(reader.article(article_id), f"there is no article {article_id}")

    @router.get("/claims", response_model=Listed[ClaimRow])
    def claims(asked: Annotated[ClaimsAsked, Query()]) -> JSONResponse:
        """List what articles state as they read now, each with the words or the cell that say so."""
        return part(lists.claims(asked))

    @router.get("/series", response_model=Listed[SeriesRow])
    def series(asked: Annotated[SeriesAsked, Query()]) -> JSONResponse:
        """List tables read as time series, gaps named."""
        return part(lists.series(asked))

    @router.get("/transfers", response_model=Listed[TransferShape])
    def transfers(asked: Annotated[TransfersAsked, Query()]) -> JSONResponse:
        """List transfers: claims of independent outlets about the same thing, joined."""
        return part(lists.transfers(asked))

    @router.get("/transfers/{transfer_id}", response_model=TransferWhole)
    def transfer(transfer_id: TransferId) -> JSONResponse:
        """Give one transfer with its claims."""
        return found(reader.transfer(transfer_id), f"there is no transfer {transfer_id}")

    @router.get("/sources", response_model=list[SourceRow])
    def sources() -> JSONResponse:
        """List what is watched and how it fares."""
        return JSONResponse(plain(reader.sources(now())))

    return router


def found(value: Any, otherwise: str) -> JSONResponse:
    """Give one thing. Raises HTTPException 404 where it is not there."""
    if value is None:
        raise HTTPException(404, otherwise)
    return JSONResponse(plain(value))


def part(listed: Listed[Any]) -> JSONResponse:
    """Give a part of a list, with the address of the next one in a header too (RFC 8288)."""
    headers = {"Link": f'<{listed.next}>; rel="next"'} if listed.next else None
    return JSONResponse(plain(dict(listed)), headers=headers)
