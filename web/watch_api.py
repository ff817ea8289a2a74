"""The JSON twins of the pages on what is watched, on captures and revisions, and of those that explain the data."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from pipelines.captured import CapturedPage
from web.capture_pages import CaptureId
from web.dictionary import data_dictionary
from web.documents import read_document
from web.pages import ArticleId
from web.shown import Clock, plain
from web.views import Reader
from web.watch_pages import RowId
from web.watch_questions import ChangesQuestion, CoverageQuestion, CrawlQuestion
from web.watch_views import WatchReader


def watch_api_router(reader: Reader, watch: WatchReader, now: Clock) -> APIRouter:
    """Give the routes under /api/v1 on what is watched, on captures and on revisions."""
    router = APIRouter(prefix="/api/v1", default_response_class=JSONResponse)

    @router.get("/outlets/{outlet_id}")
    def outlet(outlet_id: RowId) -> JSONResponse:
        """Give one outlet with its family, its sources and its newest articles."""
        return JSONResponse(plain(watch.outlet(outlet_id, now())))

    @router.get("/sources/{name:path}")
    def source(name: str) -> JSONResponse:
        """Give one source with its volume by day, its fields' coverage, its pages by state, its last crawls."""
        return JSONResponse(plain(watch.source(name, now())))

    @router.get("/crawls")
    def crawls(question: Annotated[CrawlQuestion, Query()]) -> JSONResponse:
        """Give one page of the crawls, the latest started first."""
        return JSONResponse(plain(watch.crawls(question, now())))

    @router.get("/crawls/{crawl_id}")
    def crawl(crawl_id: RowId) -> JSONResponse:
        """Give one crawl with what it counted and fetched."""
        return JSONResponse(plain(watch.crawl(crawl_id, now())))

    @router.get("/schedule")
    def schedule() -> JSONResponse:
        """Give what runs, what is overdue and what is due next."""
        return JSONResponse(plain(reader.schedule(now())))

    @router.get("/coverage")
    def coverage(question: Annotated[CoverageQuestion, Query()]) -> JSONResponse:
        """Give for each outlet and week how well it was watched, and what became of the pages found."""
        return JSONResponse(plain(watch.coverage(question, now())))

    @router.get("/articles/{article_id}/changes")
    def changes(article_id: ArticleId, question: Annotated[ChangesQuestion, Query()]) -> JSONResponse:
        """Compare two revisions of an article: their texts, and the facts that are other than before."""
        return JSONResponse(plain(watch.changes(article_id, question)[0]))

    @router.get("/captures/{capture_id}")
    def capture(capture_id: CaptureId) -> JSONResponse:
        """Give one capture with the headers of the answer and its body as text, unless it is none."""
        detail = watch.capture(capture_id)
        captured = watch.captured(detail)
        answer = {"headers": captured.headers, "text": captured.text} if isinstance(captured, CapturedPage) else None
        return JSONResponse(plain({"capture": detail, "answer": answer, "damage": None if answer else captured}))

    return router


def reference_api_router() -> APIRouter:
    """Give the routes under /api/v1 that explain the data."""
    router = APIRouter(prefix="/api/v1", default_response_class=JSONResponse)

    @router.get("/dictionary")
    def dictionary() -> JSONResponse:
        """Describe every table and column."""
        return JSONResponse(plain(data_dictionary()))

    @router.get("/accuracy")
    def accuracy() -> JSONResponse:
        """Say how often claims and relevance are right, as measured."""
        return JSONResponse(plain(read_document("accuracy.md")))

    return router
