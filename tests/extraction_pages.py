"""Pages with invented text for the tests of extraction."""

from datetime import UTC, datetime

from pipelines.items import Page, Rules

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
FIRST = "The ministry of Examplia signed a contract for twelve trainer aircraft on Monday, its spokesman said."
SECOND = (
    "Deliveries are to begin in the spring of next year and to end eighteen months later, according to the ministry."
)
THIRD = "The maker, Example Aero, declined to name the price, but put the value of spare parts at four million dollars."
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(html: str | bytes, url: str = "https://news.example/world/article-1", **more) -> Page:
    body = html.encode() if isinstance(html, str) else html
    more.setdefault("rules", Rules())
    return Page(url=url, final_url=url, status=more.pop("status", 200), body=body, fetched_at=NOW, **more)


def article(inside: str = TEXT, head: str = "", lang: str = "en") -> str:
    return f"<html lang='{lang}'><head>{head}</head><body><main><article>{inside}</article></main></body></html>"
