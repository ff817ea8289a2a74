"""The HTML pages of transfers, states, pairs and weapons."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse

from web.flow_questions import FlowQuestion, NameInPath, StateInPath, TransferQuestion
from web.plot_pages import Number
from web.shown import Render
from web.transfer_views import FlowReader, FlowView

PAIR_PLOTS = ("timeline", "years", "categories", "stages")
WEAPON_PLOTS = ("flows", "years", "recipients-map", "stages")


def transfer_router(reader: FlowReader, render: Render) -> APIRouter:
    """Give the routes of the HTML pages."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @router.get("/transfers")
    def transfers(question: Annotated[TransferQuestion, Query()]) -> HTMLResponse:
        return render("transfers.html", question=question, listed=reader.transfers(question))

    @router.get("/transfers/{transfer_id}")
    def transfer(transfer_id: Number) -> HTMLResponse:
        view = found(reader.transfer(transfer_id), f"transfer {transfer_id}")
        return render("transfer.html", view=view, row=view.transfer)

    @router.get("/countries")
    def countries() -> HTMLResponse:
        return render("countries.html", listed=reader.states())

    @router.get("/countries/{state:path}")
    def country(state: StateInPath) -> HTMLResponse:
        return render("country.html", view=found(reader.country(state), f"state or group called {state}"))

    @router.get("/pairs/{supplier}/{recipient:path}")
    def pair(supplier: StateInPath, recipient: StateInPath) -> HTMLResponse:
        question = FlowQuestion(supplier=supplier, recipient=recipient)
        back = FlowQuestion(supplier=recipient, recipient=supplier)
        view = reader.flow(question, PAIR_PLOTS)
        return render("pair.html", view=view, question=question, back=reader.flow(back, ()).totals)

    @router.get("/weapons")
    def weapons() -> HTMLResponse:
        return render("weapons.html", shelves=reader.weapons())

    @router.get("/weapons/{name:path}")
    def weapon(name: NameInPath) -> HTMLResponse:
        return render("weapon.html", view=weapon_view(reader, name), name=name, question=FlowQuestion(weapon=name))

    return router


def found(view: Any, name: str) -> Any:
    """Give what was found. Raises HTTPException where nothing was."""
    if view is None:
        raise HTTPException(404, f"there is no {name}")
    return view


def weapon_view(reader: FlowReader, name: str) -> FlowView:
    """Gather the transfers of a weapon. Raises HTTPException where there are none."""
    view = reader.flow(FlowQuestion(weapon=name), WEAPON_PLOTS)
    return found(view if view.totals.transfers else None, f"weapon called {name} in any transfer")
