"""The HTML pages that explain the data: the dictionary of tables and columns, and how often claims are right."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from web.dictionary import data_dictionary
from web.documents import read_document
from web.shown import Render


def reference_router(render: Render) -> APIRouter:
    """Give the routes of the pages that explain the data."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @router.get("/dictionary")
    def dictionary() -> HTMLResponse:
        return render("dictionary.html", tables=data_dictionary())

    @router.get("/accuracy")
    def accuracy() -> HTMLResponse:
        return render("accuracy.html", parts_of_page=read_document("accuracy.md"))

    return router
