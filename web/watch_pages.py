"""The HTML pages on what is watched and how: outlets, sources, crawls, the schedule, the ledger of coverage."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse

from web.shown import Clock, Render
from web.views import Reader
from web.volume import draw_volume
from web.watch_questions import LARGEST_ID, PAGE_SIZE, CoverageQuestion, CrawlQuestion
from web.watch_views import WatchReader

RowId = Annotated[int, Path(ge=1, le=LARGEST_ID)]


def watch_router(reader: Reader, watch: WatchReader, render: Render, now: Clock) -> APIRouter:
    """Give the routes of the pages on what is watched."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @router.get("/outlets/{outlet_id}")
    def outlet(outlet_id: RowId) -> HTMLResponse:
        return render("outlet.html", detail=watch.outlet(outlet_id, now()))

    @router.get("/sources")
    def sources() -> HTMLResponse:
        return render("sources.html", sources=reader.sources(now()), volumes=watch.volumes(now()))

    @router.get("/sources/{name:path}")
    def source(name: str) -> HTMLResponse:
        detail = watch.source(name, now())
        return render("source.html", detail=detail, chart=draw_volume(detail.days, detail.expected_a_day))

    @router.get("/crawls")
    def crawls(question: Annotated[CrawlQuestion, Query()]) -> HTMLResponse:
        listed = watch.crawls(question, now())
        has_more = question.offset + len(listed.rows) < listed.total
        return render(
            "crawls.html",
            question=question,
            listed=listed,
            page_size=PAGE_SIZE,
            address=crawl_address(question, question.page),
            older=crawl_address(question, question.page + 1) if has_more else None,
            newer=crawl_address(question, question.page - 1) if question.page > 1 else None,
        )

    @router.get("/crawls/{crawl_id}")
    def crawl(crawl_id: RowId) -> HTMLResponse:
        return render("crawl.html", detail=watch.crawl(crawl_id, now()))

    @router.get("/schedule")
    def schedule() -> HTMLResponse:
        return render("schedule.html", schedule=reader.schedule(now()))

    @router.get("/coverage")
    def coverage(question: Annotated[CoverageQuestion, Query()]) -> HTMLResponse:
        ledger = watch.coverage(question, now())
        has_more = question.offset + len(ledger.rows) < ledger.outlets
        return render(
            "coverage.html",
            question=question,
            ledger=ledger,
            older=coverage_address(question, page=question.page + 1) if has_more else None,
            newer=coverage_address(question, page=question.page - 1) if question.page > 1 else None,
            **coverage_turns(question, ledger.weeks),
        )

    return router


def crawl_address(question: CrawlQuestion, page: int) -> str:
    """Give the address of another page of the same list of crawls."""
    asked = question.model_dump(exclude_none=True, exclude={"page"}) | ({"page": page} if page > 1 else {})
    return "/crawls" + (f"?{urlencode(asked)}" if asked else "")


def coverage_turns(question: CoverageQuestion, weeks: Sequence[date]) -> dict[str, str]:
    """Give the addresses of the weeks before and after those shown, and of those shown."""
    span = timedelta(weeks=question.weeks)
    ends = {"earlier": weeks[0], "here": weeks[0] + span, "later": weeks[0] + 2 * span}
    return {name: coverage_address(question, until=end) for name, end in ends.items()}


def coverage_address(question: CoverageQuestion, **changed: object) -> str:
    """Give the address of another part of the ledger."""
    asked = question.model_copy(update=changed).model_dump(mode="json", exclude_defaults=True)
    return "/coverage" + (f"?{urlencode(asked)}" if asked else "")
