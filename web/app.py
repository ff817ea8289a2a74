"""The web application, put together."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from models.connection import connect
from models.search_index import SearchIndex
from web.access import Access, Keeper
from web.alert_pages import alert_router
from web.api import MISTAKES, api_router
from web.api_page import api_page_router
from web.capture_pages import capture_router
from web.etags import Etags
from web.feeds import feed_router
from web.flow_questions import TransferQuestion
from web.following import follower
from web.forms import FormKeys
from web.guard import Guard
from web.health import health_router
from web.login import login_router
from web.mistakes import Mistakes
from web.pages import page_router
from web.plot_pages import plot_router
from web.plot_process import PlotProcess
from web.rates import Rates
from web.reference_pages import reference_router
from web.shown import new_renderer, new_templates
from web.transfer_api import transfer_api
from web.transfer_pages import transfer_router
from web.transfer_plots import series_plot
from web.transfer_views import FlowReader
from web.transfer_words import FILTERS
from web.views import Reader
from web.watch_api import reference_api_router, watch_api_router
from web.watch_pages import watch_router
from web.watch_questions import CoverageQuestion
from web.watch_views import WatchReader

MOST_SECONDS = 10.0  # that the database may take for one page


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


def create_app(
    database_url: str,
    index_folder: Path,
    allowed_hosts: Collection[str] = (),
    now: Callable[[], datetime] = utc_now,
    *,
    needs_login: bool = False,
) -> FastAPI:
    """Give the application over a database and its search index.

    It writes nothing but the index and, with ``needs_login``, who logged in and when.
    The archive is the folder ``captures`` beside the index.
    Raises models.connection.UnusableDatabaseError for an address that cannot be used.
    """
    engine = connect(database_url, reads_only=True, most_seconds=MOST_SECONDS)
    reader, templates = Reader(engine, SearchIndex(index_folder)), new_templates()
    templates.filters |= FILTERS | {"series_plot": series_plot}
    watch, flows = WatchReader(engine, index_folder.parent / "captures"), FlowReader(engine)
    slow = slow_answers(reader, watch, flows, now)
    app = FastAPI(
        title="armswatch",
        version="1",
        responses=MISTAKES,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
        lifespan=follower(reader.index, connect(database_url, reads_only=True), slow),
    )
    keeper, mistakes = Keeper(connect(database_url), now, needs_login), Mistakes(templates)
    mistakes.handle_in(app)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    render = new_renderer(templates, now)
    for router in (
        api_router(reader, now),
        transfer_api(flows),
        watch_api_router(reader, watch, now),
        reference_api_router(),
        api_page_router(app, templates),
        page_router(reader, watch, render, now),
        transfer_router(flows, render),
        plot_router(flows, PlotProcess(), now),
        watch_router(reader, watch, render, now),
        capture_router(watch, render),
        reference_router(render),
        feed_router(reader),
        alert_router(engine, render),
        login_router(keeper, templates),
        health_router(engine, now),
    ):
        app.include_router(router)
    # What is added last is passed first.
    app.add_middleware(Etags)
    app.add_middleware(FormKeys)
    app.add_middleware(Access, keeper=keeper, mistakes=mistakes)
    app.add_middleware(Rates, mistakes=mistakes)
    app.add_middleware(Guard, mistakes=mistakes, allowed_hosts=allowed_hosts)
    return app


def slow_answers(
    reader: Reader, watch: WatchReader, flows: FlowReader, now: Callable[[], datetime]
) -> tuple[Callable[[], object], ...]:
    """Give what the pages in the navigation ask without filters, which counts everything."""
    return (
        lambda: reader.overview(now()),
        lambda: flows.transfers(TransferQuestion()),
        flows.states,
        flows.weapons,
        lambda: watch.volumes(now()),
        lambda: watch.coverage(CoverageQuestion(), now()),
    )
