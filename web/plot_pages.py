"""Plots at addresses of their own: SVG and PNG as drawn, CSV as data; unchanged ones are not sent twice."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from web.flow_questions import Drawing, PlotQuestion
from web.plot_process import DrawingError, PlotProcess
from web.plots import Plot, as_csv, digest_of, drawing_request
from web.transfer_views import FlowReader

MEDIA = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}

Form = Literal["svg", "png", "csv"]
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]


def plot_router(reader: FlowReader, process: PlotProcess, now: Callable[[], datetime]) -> APIRouter:
    """Give the routes under /plots."""
    router = APIRouter(prefix="/plots", include_in_schema=False)

    def answer(request: Request, plot: Plot | None, form: Form, drawing: Drawing) -> Response:
        if plot is None:
            raise HTTPException(404, "there is nothing to draw")
        asked = drawing_request(plot, form, drawing, now().date())
        tag = digest_of(plot.rows if form == "csv" else asked)
        headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
        if f'"{tag}"' in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        name = plot.place.strip("/").replace("/", "-")
        headers["Content-Disposition"] = f'{"attachment" if form == "csv" else "inline"}; filename="{name}.{form}"'
        return Response(content_of(plot, form, tag, asked), media_type=MEDIA[form], headers=headers)

    def content_of(plot: Plot, form: Form, tag: str, asked: dict[str, object]) -> bytes:
        if form == "csv":
            return as_csv(plot.rows).encode()
        try:
            return process.draw(tag, asked)
        except DrawingError as error:
            raise HTTPException(503, f"the plot cannot be drawn now: {error}") from error

    @router.get("/transfers/{transfer_id}/{name}.{form}")
    def transfer(
        request: Request, transfer_id: Number, name: str, form: Form, drawing: Annotated[Drawing, Query()]
    ) -> Response:
        return answer(request, reader.transfer_plot(transfer_id, name), form, drawing)

    @router.get("/series/{series_id}.{form}")
    def series(request: Request, series_id: Number, form: Form, drawing: Annotated[Drawing, Query()]) -> Response:
        return answer(request, reader.series_plot(series_id), form, drawing)

    @router.get("/{name}.{form}")
    def counts(request: Request, name: str, form: Form, question: Annotated[PlotQuestion, Query()]) -> Response:
        return answer(request, reader.plot(name, question), form, question.drawing)

    return router
