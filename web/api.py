"""The JSON twins of the pages."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import JSONResponse

from web.pages import ArticleId
from web.questions import ArticleQuestion
from web.shown import plain
from web.views import Reader


def api_router(reader: Reader, now: Callable[[], datetime]) -> APIRouter:
    """Give the routes under /api/v1."""
    router = APIRouter(prefix="/api/v1", default_response_class=JSONResponse)

    @router.get("/overview")
    def overview() -> JSONResponse:
        """Give totals, the newest articles, and the sources' health."""
        return JSONResponse(plain(reader.overview(now())))

    @router.get("/articles")
    def articles(question: Annotated[ArticleQuestion, Query()]) -> JSONResponse:
        """Give one page of the articles that match, best first or newest first."""
        return JSONResponse(plain(reader.articles(question)))

    @router.get("/articles/{article_id}")
    def article(article_id: ArticleId) -> JSONResponse:
        """Give one article with all its parts."""
        detail = reader.article(article_id)
        if detail is None:
            raise HTTPException(404, f"there is no article {article_id}")
        return JSONResponse(plain(detail))

    @router.get("/sources")
    def sources() -> JSONResponse:
        """List what is watched and how it fares."""
        return JSONResponse(plain(reader.sources(now())))

    return router
