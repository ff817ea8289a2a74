"""Which answer belongs to which path of a sample outlet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from newsroom import render
from newsroom.content import Article, Site

TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json_feed": "application/feed+json"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One response before the connection's own matters (compression, conditional requests)."""

    status: int
    content_type: str
    body: bytes
    modified: datetime | None = None
    location: str | None = None


def answer(site: Site, target: str, port: int, number: int) -> Answer:
    """What an outlet says to a request target in an edition."""
    base = f"http://{site.slug}.localhost:{port}"
    edition = render.Edition(site, base, number, tuple(site.articles(number)))
    split = urlsplit(target)
    path = split.path
    if path == "/robots.txt":
        return Answer(200, "text/plain; charset=utf-8", site.settings["robots"].replace("{{base}}", base).encode())
    if moved := site.settings.get("redirects", {}).get(path):
        return Answer(301, "text/html", b"", location=moved if "://" in moved else base + moved)
    return (
        _way_in(edition, path, split.query)
        or _article(edition, path)
        or _listing(edition, path)
        or _missing(edition, path)
    )


def _way_in(edition: render.Edition, path: str, query: str) -> Answer | None:
    way = next((way for way in edition.site.settings.get("ways_in", ()) if way["path"] == path), None)
    if way is None:
        return None
    kind = way["kind"]
    if kind == "api":
        return _documents(edition, way, query)
    if kind == "json_feed":
        text = render.json_feed(edition, way)
    else:
        text = render.broken_feed(edition, way) if kind == "broken_rss" else render.feed(edition, way)
    if path.endswith(".gz"):
        return Answer(200, "application/gzip", render.compressed(text), edition.modified)
    return Answer(200, TYPES.get(kind.removeprefix("broken_"), "application/xml"), text.encode(), edition.modified)


def _documents(edition: render.Edition, way: Mapping[str, Any], query: str) -> Answer:
    number = parse_qs(query).get("page", ["1"])[0]
    if not re.fullmatch(r"[1-9]\d{0,3}", number):
        return Answer(400, "application/json", b'{"errors": {"page": "is not a number"}}')
    return Answer(200, "application/json", render.documents(edition, way, int(number)).encode(), edition.modified)


def _article(edition: render.Edition, path: str) -> Answer | None:
    for article in edition.articles:
        if path == article.path:
            return _html(edition, article)
        if article.more.get("amp") and path == article.path + "amp/":
            return _html(edition, article, "amp.html")
        if "document_number" in article.more and path == render.raw_text_path(article):
            text = re.sub(r"<[^>]*>", "", article.html)
            return Answer(200, "text/plain; charset=utf-8", text.encode(), article.modified)
    return None


def _html(edition: render.Edition, article: Article, template: str | None = None) -> Answer:
    template = template or article.more.get("template")
    text = render.page(edition, template, article=article, url=edition.base + article.path)
    settings = {**edition.site.settings, **article.more}
    return _encoded(settings, 200, text, article.modified)


def _listing(edition: render.Edition, path: str) -> Answer | None:
    """The front page, a section, or a page of the paged listing."""
    settings = edition.site.settings
    shown = [article for article in edition.articles if not article.more.get("unlisted")]
    if path == "/":
        return _list_page(edition, shown)
    if path in (sections := {settings["section_path"].format(name): name for name in settings["sections"]}):
        return _list_page(edition, [article for article in shown if article.section == sections[path]])
    if listing := settings.get("listing"):
        size, pages = listing["size"], -(-len(shown) // listing["size"])
        for number in range(1, pages + 1):
            if path == listing_path(listing["path"], number):
                following = listing_path(listing["path"], number + 1) if number < pages else None
                return _list_page(edition, shown[(number - 1) * size : number * size], following)
    return None


def listing_path(path: str, number: int) -> str:
    """Where a page of the paged listing stands: the first at the path itself."""
    return path if number == 1 else f"{path}page/{number}/"


def _list_page(edition: render.Edition, shown: list[Article], following: str | None = None) -> Answer:
    text = render.page(edition, shown=shown, following=following)
    return _encoded(edition.site.settings, 200, text, edition.modified)


def _missing(edition: render.Edition, path: str) -> Answer:
    status = 410 if path in edition.site.removed(edition.number) else 404
    message = edition.site.settings["messages"][str(status)]
    return _encoded(edition.site.settings, status, render.page(edition, message=message, shown=[]))


def _encoded(settings: Mapping[str, Any], status: int, text: str, modified: datetime | None = None) -> Answer:
    """The page in the outlet's encoding, which is declared in the header, in a meta tag, or both."""
    encoding = settings.get("encoding", "utf-8")
    kind = "text/html" if settings.get("charset_in") == "meta" else f"text/html; charset={encoding}"
    return Answer(status, kind, text.encode(encoding, "xmlcharrefreplace"), modified)
