"""The archived pages as captured: what was asked and answered, and the body as a page that does nothing, or as text."""

from base64 import b64encode
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from pipelines.captured import CapturedPage
from web.shown import Render
from web.watch_questions import LARGEST_ID
from web.watch_views import WatchReader

CaptureId = Annotated[int, Path(ge=1, le=LARGEST_ID)]
STYLE = b"body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:1rem auto;overflow-wrap:anywhere}"
STYLE_DIGEST = b64encode(sha256(STYLE).digest()).decode()
# A foreign page is shown in a frame of this one alone, as a stranger to it, and may neither load nor run anything.
STYLE = (
    b"body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:1rem auto;padding:0 1rem;overflow-wrap:anywhere}"
)
STYLE_DIGEST = b64encode(sha256(STYLE).digest()).decode()
FOREIGN = {
    "Content-Security-Policy": (
        f"sandbox; default-src 'none'; style-src 'sha256-{STYLE_DIGEST}'; frame-ancestors 'self'; base-uri 'none'; "
        "form-action 'none'"
    ),
    "X-DNS-Prefetch-Control": "off",
    "Cache-Control": "private, max-age=3600",
}
FRAMES_OURS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
}


def capture_router(watch: WatchReader, render: Render) -> APIRouter:
    """Give the routes of archived pages."""
    router = APIRouter(include_in_schema=False)

    @router.get("/captures/{capture_id}")
    def capture(capture_id: CaptureId) -> HTMLResponse:
        detail = watch.capture(capture_id)
        captured = watch.captured(detail)
        page = captured if isinstance(captured, CapturedPage) else None
        found = {each.number: page.has_words(each.quote) for each in detail.quotes} if page and page.is_html else {}
        answer = render("capture.html", detail=detail, page=page, damage=captured, found=found)
        answer.headers.update(FRAMES_OURS)
        return answer

    @router.get("/captures/{capture_id}/page")
    def page(capture_id: CaptureId) -> Response:
        captured = _whole(watch, capture_id)
        if not captured.is_html:
            raise HTTPException(404, f"capture {capture_id} is no HTML page")
        styled = captured.without_life().replace(b"<!doctype html>", b"<!doctype html><style>" + STYLE + b"</style>", 1)
        return Response(styled, media_type="text/html; charset=utf-8", headers=FOREIGN)

    @router.get("/captures/{capture_id}/source")
    def source(capture_id: CaptureId) -> Response:
        captured = _whole(watch, capture_id)
        if captured.text is None:
            raise HTTPException(404, f"capture {capture_id} is no text")
        return PlainTextResponse(captured.text.encode("utf-8", "replace"), headers=FOREIGN)

    @router.get("/captures/{capture_id}/raw")
    def raw(capture_id: CaptureId) -> Response:
        name = {"Content-Disposition": f'attachment; filename="capture-{capture_id}.body"'}
        body = _whole(watch, capture_id).received.body
        return Response(body, media_type="application/octet-stream", headers=FOREIGN | name)

    return router


def _whole(watch: WatchReader, capture_id: int) -> CapturedPage:
    """Read a capture whole; raises HTTPException 404 with the reason where that cannot be."""
    captured = watch.captured(watch.capture(capture_id))
    if isinstance(captured, str):
        raise HTTPException(404, captured)
    return captured
