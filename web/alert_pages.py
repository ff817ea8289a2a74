"""Alerts: what they ask, what was found for them and how sending goes; as pages, JSON twins, and feeds."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.listing_alerts import AlertRow, DeliveryRow, list_alerts, list_deliveries
from web.feed_formats import Entry, Feed
from web.feeds import write_feed
from web.shown import Render, plain
from web.watch_views import found


@dataclass(frozen=True, slots=True)
class AlertDetail:
    """One alert with what was found for it, the newest first."""

    alert: AlertRow
    deliveries: tuple[DeliveryRow, ...]


def alert_router(engine: Engine, render: Render) -> APIRouter:
    """Give the routes of alerts."""
    router = APIRouter()

    def listed() -> tuple[AlertRow, ...]:
        with Session(engine) as session:
            return list_alerts(session)

    def detail(name: str) -> AlertDetail:
        with Session(engine) as session:
            alert = found(next((row for row in list_alerts(session) if row.name == name), None), f"alert {name}")
            return AlertDetail(alert, list_deliveries(session, alert.id))

    @router.get("/alerts", include_in_schema=False)
    def alerts_page() -> HTMLResponse:
        return render("alerts.html", alerts=listed())

    @router.get("/alerts/{name:path}", include_in_schema=False)
    def alert_page(name: str) -> HTMLResponse:
        return render("alert.html", detail=detail(name))

    @router.get("/api/v1/alerts")
    def alerts() -> JSONResponse:
        """List the alerts: what they ask, where they send, how sending goes."""
        return JSONResponse(plain(listed()))

    @router.get("/api/v1/alerts/{name:path}")
    def alert(name: str) -> JSONResponse:
        """Give one alert with what was found for it."""
        return JSONResponse(plain(detail(name)))

    @router.get("/feeds/alerts/{name:path}.{form}", include_in_schema=False)
    def feed(request: Request, name: str, form: str) -> Response:
        """Give what was found for an alert as a feed."""
        entries = tuple(_entry(row, str(request.base_url)) for row in detail(name).deliveries)
        home = f"{request.base_url}alerts/{name}"
        return write_feed(form, Feed(f"armswatch:alert {name}", f"armswatch: {name}", home, str(request.url), entries))

    return router


def _entry(row: DeliveryRow, base: str) -> Entry:
    facts = row.facts
    return Entry(
        name=row.item,
        title=facts.get("headline") or row.subject,
        link=f"{base}{facts['kind']}s/{facts['id']}",
        author=facts.get("outlet") or ", ".join(facts.get("outlets", ())) or "armswatch",
        published_at=row.found_at,
        updated_at=row.found_at,
        lines=tuple(_lines(facts)),
    )


def _lines(facts: dict[str, Any]) -> list[str]:
    if facts["kind"] == "article":
        return [f"“{claim['quote']}”" for claim in facts["claims"]]
    return [f"{status}, independent origins: {origins}" for status, origins in facts["rungs"].items()]
