"""Is everything well: the reasons why not."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from models.listing_sources import SourceRow, list_sources


def health_router(engine: Engine, now: Callable[[], datetime]) -> APIRouter:
    """Give the route for whoever watches over us."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    def health() -> JSONResponse:
        reasons = find_troubles(engine, now())
        return JSONResponse({"ok": not reasons, "reasons": reasons}, status_code=503 if reasons else 200)

    return router


def find_troubles(engine: Engine, now: datetime) -> list[str]:
    """Name what is wrong, one line each: a database that cannot be read, sources that are overdue."""
    try:
        with Session(engine) as session:
            return [_overdue(row) for row in list_sources(session, now) if row.is_overdue]
    except SQLAlchemyError as error:
        return [f"the database cannot be read: {type(error).__name__}"]


def _overdue(row: SourceRow) -> str:
    if row.next_crawl_at is None:
        return f"source {row.name} is overdue: it has no time for its next crawl"
    return f"source {row.name} is overdue: it was due at {row.next_crawl_at:%Y-%m-%d %H:%M} UTC"
