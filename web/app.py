"""The web application, put together."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from models.connection import connect
from models.search_index import SearchIndex
from web.api import api_router
from web.capture_pages import capture_router
from web.following import follower
from web.guard import Guard
from web.health import find_troubles
from web.mistakes import Mistakes
from web.pages import page_router
from web.plot_pages import plot_router
from web.plot_process import PlotProcess
from web.reference_pages import reference_router
from web.shown import new_renderer, new_templates
from web.transfer_api import transfer_api
from web.transfer_pages import transfer_router
from web.transfer_views import FlowReader
from web.views import Reader
from web.watch_api import reference_api_router, watch_api_router
from web.watch_pages import watch_router
from web.watch_views import WatchReader


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


def create_app(
    database_url: str,
    index_folder: Path,
    allowed_hosts: Collection[str] = (),
    now: Callable[[], datetime] = utc_now,
    *,
    captures_folder: Path | None = None,
) -> FastAPI:
    """Give the application over a database and its search index; it writes nothing but the index.

    The archive is the folder ``captures`` beside the index, unless another is named.

    Raises models.connection.UnusableDatabaseError for an address that cannot be used.
    """
    engine = connect(database_url, reads_only=True)
    reader, templates = Reader(engine, SearchIndex(index_folder)), new_templates()
    app = FastAPI(
        title="armswatch",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
        lifespan=follower(reader.index, engine),
    )
    app.add_middleware(Guard, allowed_hosts=allowed_hosts)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    render = new_renderer(templates, now)
    watch = WatchReader(engine, captures_folder or index_folder.parent / "captures")
    flows = FlowReader(engine)
    for router in (
        api_router(reader, now),
        transfer_api(flows),
        watch_api_router(reader, watch, now),
        reference_api_router(),
        page_router(reader, watch, render, now),
        transfer_router(flows, templates, now),
        plot_router(flows, PlotProcess(), now),
        watch_router(reader, watch, render, now),
        capture_router(watch, render),
        reference_router(render),
    ):
        app.include_router(router)
    Mistakes(templates).handle_in(app)

    @app.get("/healthz", include_in_schema=False)
    def health() -> JSONResponse:
        reasons = find_troubles(engine, now())
        return JSONResponse({"ok": not reasons, "reasons": reasons}, status_code=503 if reasons else 200)

    return app
