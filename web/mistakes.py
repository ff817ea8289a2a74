"""Answers when something is wrong: one clear line, as a page or as JSON where programs read."""

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from starlette.exceptions import HTTPException

from models.connection import is_too_slow
from models.search_index import QuerySyntaxError

logger = logging.getLogger(__name__)

PROGRAMS_READ = ("/api/", "/feeds/")  # paths whose answers are JSON when something is wrong


class Mistakes:
    """The handlers of what views raise."""

    def __init__(self, templates: Environment) -> None:
        self._templates = templates

    def handle_in(self, app: FastAPI) -> None:
        """Make the application answer with these handlers."""
        app.add_exception_handler(HTTPException, self._http)
        app.add_exception_handler(RequestValidationError, self._bad_request)
        app.add_exception_handler(QuerySyntaxError, self._bad_query)
        app.add_exception_handler(SQLAlchemyError, self.database)
        app.add_exception_handler(Exception, self._bug)

    def answer(self, path: str, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
        """Say in one line what is wrong, as the path asks for it."""
        if path.startswith(PROGRAMS_READ):
            return JSONResponse({"error": message}, status_code=status, headers=headers)
        page = self._templates.get_template("mistake.html").render(status=status, message=message)
        return HTMLResponse(page, status_code=status, headers=headers)

    def _http(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        message = "there is no such page" if error.detail == "Not Found" else error.detail
        return self.answer(request.url.path, error.status_code, message, error.headers)

    def _bad_request(self, request: Request, error: Exception) -> Response:
        """Name the first thing wrong; an id that is no number is something that is not there."""
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        place, name = first["loc"][0], str(first["loc"][-1])
        if place == "path":
            return self.answer(request.url.path, 404, f"there is no such {name.removesuffix('_id')}")
        message = first["msg"].removeprefix("Value error, ")
        return self.answer(request.url.path, 400, message if name == place else f"{name}: {message}")

    def _bad_query(self, request: Request, error: Exception) -> Response:
        return self.answer(request.url.path, 400, f"the search cannot be understood: {error}")

    def database(self, request: Request, error: Exception) -> Response:
        """Say that the database did not answer; the log says why."""
        if isinstance(error, DBAPIError) and is_too_slow(error):
            return self.answer(request.url.path, 503, "this takes too long to find out; ask for less")
        logger.error("the database cannot be read", exc_info=error)
        return self.answer(request.url.path, 503, "the database cannot be read now; try again later")

    def _bug(self, request: Request, _error: Exception) -> Response:
        """Answer for a fault of ours; the server raises and logs it all the same."""
        return self.answer(request.url.path, 500, "that is a fault of ours; the log has more")
