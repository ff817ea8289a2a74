"""The HTML pages."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from web.evidence import claims_of_cells, mark_claims
from web.plots import draw_bars
from web.questions import ArticleQuestion
from web.views import Reader

ArticleId = Annotated[int, Path(ge=1, le=2**63 - 1)]
ROWS_SHOWN = 500  # of a table; its JSON twin has all


def page_router(reader: Reader, templates: Environment, now: Callable[[], datetime]) -> APIRouter:
    """Give the routes of the HTML pages."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    def render(name: str, **values: Any) -> HTMLResponse:
        return HTMLResponse(templates.get_template(name).render(now=now(), **values))

    @router.get("/")
    def overview() -> HTMLResponse:
        return render("overview.html", view=reader.overview(now()))

    @router.get("/articles")
    def articles(question: Annotated[ArticleQuestion, Query()]) -> HTMLResponse:
        listed = reader.articles(question)
        return render(
            "articles.html",
            question=question,
            listed=listed,
            choices=reader.choices(),
            address=page_address(question, question.page),
            feed=feed_address(question),
            older=page_address(question, question.page + 1) if question.page < listed.pages else None,
            newer=page_address(question, question.page - 1) if question.page > 1 else None,
        )

    @router.get("/articles/{article_id}")
    def article(article_id: ArticleId) -> HTMLResponse:
        detail = reader.article(article_id)
        if detail is None:
            raise HTTPException(404, f"there is no article {article_id}")
        charts = {series.id: draw_bars(series.observations) for table in detail.tables for series in table.series}
        paragraphs = mark_claims(detail.paragraphs, detail.claims)
        return render(
            "article.html",
            detail=detail,
            paragraphs=paragraphs,
            cells=claims_of_cells(detail.claims),
            charts=charts,
            rows_shown=ROWS_SHOWN,
        )

    @router.get("/sources")
    def sources() -> HTMLResponse:
        return render("sources.html", sources=reader.sources(now()))

    return router


def page_address(question: ArticleQuestion, page: int) -> str:
    """Give the address of another page of the same list."""
    asked = question.model_dump(mode="json", exclude_none=True, exclude_defaults=True) | {"page": page}
    return "/articles?" + urlencode(asked)


def feed_address(question: ArticleQuestion) -> str:
    """Give the address of the feed of the same articles."""
    asked = question.model_dump(mode="json", exclude_none=True, exclude_defaults=True, exclude={"page", "order"})
    return "/feeds/articles.atom" + (f"?{urlencode(asked)}" if asked else "")
