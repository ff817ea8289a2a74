"""The HTML pages on articles: the overview, the list, one article, and what changed in it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import HTMLResponse

from web.evidence import claims_of_cells, mark_claims, offers_by_field, origins_by_field, verified_claims
from web.questions import ArticleQuestion
from web.rail import TYPED, article_address, chosen_filters, fields_beside, filter_groups, meant_addresses
from web.shown import Clock, Render
from web.text_diff import diff_paragraphs, diff_words
from web.views import Reader
from web.watch_questions import LARGEST_ID, ChangesQuestion
from web.watch_views import WatchReader

ArticleId = Annotated[int, Path(ge=1, le=LARGEST_ID)]
ROWS_SHOWN = 500  # of a table; its JSON twin has all


def page_router(reader: Reader, watch: WatchReader, render: Render, now: Clock) -> APIRouter:
    """Give the routes of the pages on articles."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @router.get("/")
    def overview() -> HTMLResponse:
        return render("overview.html", view=reader.overview(now()))

    @router.get("/articles")
    def articles(question: Annotated[ArticleQuestion, Query()]) -> HTMLResponse:
        listed = reader.articles(question)
        older = question.page + 1 if question.page < listed.pages else None
        newer = question.page - 1 if question.page > 1 else None
        return render(
            "articles.html",
            question=question,
            listed=listed,
            groups=filter_groups(question, listed.facets),
            chosen=chosen_filters(question, listed.facets),
            meant=meant_addresses(question, listed.suggestions),
            beside_words=fields_beside(question, ["q"]),
            beside_typed=fields_beside(question, TYPED),
            orders={each: article_address(question, order=each) for each in ("relevance", "date")},
            address=article_address(question, page=question.page),
            older=older and article_address(question, page=older),
            newer=newer and article_address(question, page=newer),
            feed=feed_address(question),
        )

    @router.get("/articles/{article_id}")
    def article(article_id: ArticleId) -> HTMLResponse:
        detail = reader.article(article_id)
        if detail is None:
            raise HTTPException(404, f"there is no article {article_id}")
        return render(
            "article.html",
            detail=detail,
            paragraphs=mark_claims(detail.paragraphs, detail.claims),
            cells=claims_of_cells(detail.claims),
            verified=verified_claims(detail),
            offers=offers_by_field(detail),
            origins=origins_by_field(detail),
            rows_shown=ROWS_SHOWN,
        )

    @router.get("/articles/{article_id}/changes")
    def changes(article_id: ArticleId, question: Annotated[ChangesQuestion, Query()]) -> HTMLResponse:
        compared, revisions = watch.changes(article_id, question)
        old, new = ([each.text for each in side] for side in (compared.old_paragraphs, compared.new_paragraphs))
        return render(
            "changes.html",
            compared=compared,
            revisions=revisions,
            headline=diff_words(compared.before.headline or "", compared.after.headline or ""),
            runs=diff_paragraphs(old, new),
        )

    return router


def feed_address(question: ArticleQuestion) -> str:
    """Give the address of the feed of the same articles."""
    asked = question.model_dump(mode="json", exclude_none=True, exclude_defaults=True, exclude={"page", "order"})
    return "/feeds/articles.atom" + (f"?{urlencode(asked)}" if asked else "")
