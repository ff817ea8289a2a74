"""Answers when something is wrong: one clear line, as a page or as JSON under /api."""

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from models.search_index import QuerySyntaxError

logger = logging.getLogger(__name__)


class Mistakes:
    """The handlers of what views raise."""

    def __init__(self, templates: Environment) -> None:
        self._templates = templates

    def handle_in(self, app: FastAPI) -> None:
        """Make the application answer with these handlers."""
        app.add_exception_handler(HTTPException, self._http)
        app.add_exception_handler(RequestValidationError, self._bad_request)
        app.add_exception_handler(QuerySyntaxError, self._bad_query)
        app.add_exception_handler(SQLAlchemyError, self._database)

    def _answer(
        self, request: Request, status: int, message: str, headers: Mapping[str, str] | None = None
    ) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": message}, status_code=status, headers=headers)
        page = self._templates.get_template("mistake.html").render(status=status, message=message)
        return HTMLResponse(page, status_code=status, headers=headers)

    def _http(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        message = "there is no such page" if error.detail == "Not Found" else error.detail
        return self._answer(request, error.status_code, message, error.headers)

    def _bad_request(self, request: Request, error: Exception) -> Response:
        """Name the first thing wrong; the id of an article that is no number is an article that is not there."""
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        if first["loc"][0] == "path":
            return self._answer(request, 404, f"there is no such {first['loc'][1].removesuffix('_id')}")
        return self._answer(request, 400, f"{first['loc'][-1]}: {first['msg']}")

    def _bad_query(self, request: Request, error: Exception) -> Response:
        return self._answer(request, 400, f"the search cannot be understood: {error}")

    def _database(self, request: Request, error: Exception) -> Response:
        logger.error("the database cannot be read", exc_info=error)
        return self._answer(request, 503, "the database cannot be read now; try again later")
