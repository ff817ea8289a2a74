"""The JSON twins of the pages of transfers, states, pairs and weapons."""

from dataclasses import fields, is_dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from web.flow_questions import FlowQuestion, NameInPath, StateInPath, TransferQuestion
from web.plot_pages import Number
from web.plots import Plot
from web.shown import plain
from web.transfer_pages import PAIR_PLOTS, found, weapon_view
from web.transfer_views import FlowReader


def transfer_api(reader: FlowReader) -> APIRouter:
    """Give the routes under /api/v1."""
    router = APIRouter(prefix="/api/v1", default_response_class=JSONResponse)

    @router.get("/views/transfers")
    def transfers(question: Annotated[TransferQuestion, Query()]) -> JSONResponse:
        """Give one page of the transfers that match, those reported last on top, and counts for each filter."""
        return JSONResponse(twin(reader.transfers(question)))

    @router.get("/views/transfers/{transfer_id}")
    def transfer(transfer_id: Number) -> JSONResponse:
        """Give one transfer: ladder, figures, origins, contradictions, and the claims with their words."""
        return JSONResponse(twin(found(reader.transfer(transfer_id), f"transfer {transfer_id}")))

    @router.get("/countries")
    def countries() -> JSONResponse:
        """Count the transfers of all states and groups."""
        return JSONResponse(twin(reader.states()))

    @router.get("/countries/{state:path}")
    def country(state: StateInPath) -> JSONResponse:
        """Give what a state or group supplies and receives."""
        return JSONResponse(twin(found(reader.country(state), f"state or group called {state}")))

    @router.get("/pairs/{supplier}/{recipient:path}")
    def pair(supplier: StateInPath, recipient: StateInPath) -> JSONResponse:
        """Give the transfers from one state or group to another."""
        return JSONResponse(twin(reader.flow(FlowQuestion(supplier=supplier, recipient=recipient), PAIR_PLOTS)))

    @router.get("/weapons")
    def weapons() -> JSONResponse:
        """Give the designations by category, with how many transfers there are of each."""
        return JSONResponse(twin(reader.weapons()))

    @router.get("/weapons/{name:path}")
    def weapon(name: NameInPath) -> JSONResponse:
        """Give the transfers of a weapon."""
        return JSONResponse(twin(weapon_view(reader, name)))

    return router


def twin(value: Any) -> Any:
    """Turn a view into what JSON knows; a plot becomes its words, its data and the addresses of its files."""
    if isinstance(value, Plot):
        files = {form: value.address(form) for form in ("svg", "png", "csv")}
        return {"title": value.title, "text": value.text, "rows": plain(list(value.rows)), **files}
    if is_dataclass(value):
        return {field.name: twin(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(name): twin(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [twin(each) for each in value]
    return plain(value)
