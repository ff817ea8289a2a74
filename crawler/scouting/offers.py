"""The ways in a site offers: where to look for them, what each names, and which is the best."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.base_spiders import ApiFields
from crawler.base_spiders.api_pages import parse_api_page
from crawler.base_spiders.documents import read_text, root_name
from crawler.base_spiders.feed_formats import parse_feed
from crawler.base_spiders.found_dates import found_at
from crawler.base_spiders.json_formats import read_json
from crawler.base_spiders.listing_links import parse_listing
from crawler.base_spiders.sitemap_formats import parse_sitemap
from crawler.scouting.api_guess import guess_fields
from crawler.scouting.scout import Answer
from pipelines.extract.head import Head
from pipelines.extract.urls import canonical_or_none, is_same_site
from pipelines.items import Found

Kind = Literal["feed", "sitemap", "listing", "api"]

FEED_PATHS = (
    "/feed/",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/rss",
    "/index.xml",
    "/feed.json",
    "/feeds/posts/default",
)
SITEMAP_PATHS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml", "/sitemap_index.xml")
LINKED_MAX = 8  # feeds a page links to that are looked at
SAMPLES = 40
STALE = timedelta(days=45)
_FEED_TYPES = re.compile(r"^(?:application/(?:rss|atom|feed|rdf)\+(?:xml|json)|text/xml)", re.IGNORECASE)
_FEED_HREF = re.compile(r"(?:^|[/._?=-])(?:rss|feeds?|atom)(?:$|[/._?=&-])", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|/replies|/activity", re.IGNORECASE)
_NEWS_MARK = b"schemas/sitemap-news/"
_NEWS_NAME = re.compile(r"news(?!letter)|latest|recent|article|post|story|stories", re.IGNORECASE)
_OTHER_NAME = re.compile(r"image|video|tag|categor|author|product|page-sitemap|static|taxonom|event", re.IGNORECASE)
_RANK = {"feed": 3.0, "api": 2.0, "sitemap": 1.5, "listing": 0.0}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be a way in, and how we came to know it."""

    url: str
    found_by: str


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way in, as read: how many articles it names, how many of them on the site itself and with a date.

    ``per_week`` is measured over the dates it gives; ``problem`` says why it cannot be used.
    """

    kind: Kind | None
    url: str
    found_by: str
    items: int = 0
    on_site: int = 0
    dated: int = 0
    newest_at: datetime | None = None
    per_week: float | None = None
    is_news: bool = False
    title: str | None = None
    fields: ApiFields | None = None
    samples: tuple[Found, ...] = ()
    children: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def is_usable(self) -> bool:
        """Tell whether articles of the site can be found through it."""
        return self.problem is None and self.items > 0 and 2 * self.on_site >= self.items


def linked_feeds(tree: HtmlElement, url: str) -> list[Candidate]:
    """Give the feeds a page declares, else those it links to."""
    declared = [
        Candidate(link, "link element")
        for element in tree.iter("link")
        if "alternate" in (element.get("rel") or "").lower().split()
        and _FEED_TYPES.match(element.get("type") or "")
        and (link := canonical_or_none(element.get("href"), url))
        and not _COMMENTS.search(f"{link} {element.get('title') or ''}")
        and not element.get("hreflang")
        and "/wp-json/" not in link
        and "oembed" not in link
    ]
    linked = [
        Candidate(link, "link on the page")
        for element in tree.iter("a")
        if _FEED_HREF.search(urlsplit(element.get("href") or "").path[-60:])
        and (link := canonical_or_none(element.get("href"), url))
        and is_same_site(link, url)
    ]
    return unique([*declared, *([] if declared else linked)])[:LINKED_MAX]


def interface_of(head: Head, url: str) -> list[Candidate]:
    """Give the list of posts of a WordPress site that names its JSON interface."""
    root = head.link("https://api.w.org/")
    posts = canonical_or_none(urljoin(root + ("" if root.endswith("/") else "/"), "wp/v2/posts"), url) if root else None
    return [Candidate(posts, "api.w.org link")] if posts else []


def well_known(url: str, paths: Iterable[str]) -> list[Candidate]:
    """Give the addresses on a host that are worth a try."""
    return [Candidate(urljoin(url, path), "well-known path") for path in paths]


def unique(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep the first of each address."""
    return list({each.url: each for each in reversed(list(candidates))}.values())[::-1]


def read_way_in(answer: Answer, found_by: str, site: str) -> WayIn:
    """Read an answer as the kind of way in it is; ``site`` is the address whose articles are wanted."""
    way = WayIn(None, answer.final_url if answer.moved_to else answer.url, found_by)
    if not answer.is_good:
        return replace(way, problem=answer.cause or f"status {answer.status}")
    text, _ = read_text(answer.body, answer.content_type)
    root = root_name(text)
    if text.startswith(("{", "[")):
        return _read_json(answer, text, way, site)
    if root in ("rss", "feed", "rdf"):
        feed = parse_feed(answer.body, answer.final_url, answer.content_type)
        return _filled(replace(way, kind="feed", title=_feed_title(text)), feed.found, site)
    if root in ("urlset", "sitemapindex"):
        return _read_sitemap(answer, way, site)
    if root in ("html", "head", "body", "div", "script") or "html" in (answer.content_type or ""):
        listing = parse_listing(answer.body, answer.final_url, answer.content_type)
        return _filled(replace(way, kind="listing"), listing.found, site)
    return replace(way, problem="neither feed, sitemap, JSON nor page")


def _feed_title(text: str) -> str | None:
    match = re.search(r"<title[^>]{0,200}>\s{0,50}(?:<!\[CDATA\[)?([^<\]]{1,200})", text[:20_000])
    return match[1].strip() if match else None


def _read_json(answer: Answer, text: str, way: WayIn, site: str) -> WayIn:
    feed = parse_feed(answer.body, answer.final_url, answer.content_type)
    if feed.found and "jsonfeed.org" in text[:2000]:
        return _filled(replace(way, kind="feed"), feed.found, site)
    try:
        fields = guess_fields(read_json(text))
    except ValueError:
        return replace(way, problem="malformed JSON")
    if fields is None:
        return replace(way, problem="JSON without a list of articles")
    page = parse_api_page(answer.body, answer.final_url, answer.content_type, fields)
    return _filled(replace(way, kind="api", fields=fields), page.found, site)


def _read_sitemap(answer: Answer, way: WayIn, site: str) -> WayIn:
    result = parse_sitemap(answer.body, answer.final_url, answer.content_type)
    way = replace(way, kind="sitemap", is_news=_NEWS_MARK in answer.body[:5000] or _NEWS_MARK in answer.body)
    if not result.found and result.children:
        return replace(way, children=best_children([child.url for child in result.children]))
    return _filled(way, result.found, site)


def best_children(urls: Sequence[str]) -> tuple[str, ...]:
    """Order the children of a sitemap index, newest first as given: those named after news first, pictures never."""
    wanted = [url for url in urls if not _OTHER_NAME.search(urlsplit(url).path)]
    return tuple(sorted(wanted, key=lambda url: _NEWS_NAME.search(urlsplit(url).path) is None))


def _filled(way: WayIn, found: Sequence[Found], site: str) -> WayIn:
    dates = sorted((at for each in found if (at := found_at(each))), reverse=True)
    if not found:
        return replace(way, problem="names no article")
    on_site = [each for each in found if is_same_site(each.url, site)]
    return replace(
        way,
        items=len(found),
        on_site=len(on_site),
        dated=len(dates),
        newest_at=dates[0] if dates else None,
        per_week=per_week_of(dates[:100]),
        samples=tuple(on_site[:SAMPLES]),
        problem=None if 2 * len(on_site) >= len(found) else "names mostly pages of other sites",
    )


def per_week_of(dates: Sequence[datetime]) -> float | None:
    """Measure articles a week over dates, newest first; None where they are too few to tell."""
    if len(dates) < 3 or dates[0] - dates[-1] < timedelta(hours=1):
        return None
    return round((len(dates) - 1) * (timedelta(weeks=1) / (dates[0] - dates[-1])), 1)


def best_first(ways: Iterable[WayIn], given: str) -> list[WayIn]:
    """Order ways in: what the user named, what serves the section they named, feeds before the rest, the fullest."""
    listed = list(ways)
    newest = max((way.newest_at for way in listed if way.is_usable and way.newest_at), default=None)
    return sorted(listed, key=lambda way: _worth(way, given, newest), reverse=True)


def _worth(way: WayIn, given: str, newest: datetime | None) -> tuple[bool, bool, bool, bool, float, float, float]:
    section = urlsplit(given).path.rstrip("/")
    is_stale = newest is not None and way.newest_at is not None and newest - way.newest_at > STALE
    return (
        way.is_usable,
        way.url == given and way.kind != "listing",
        not is_stale,
        bool(section) and way.kind != "listing" and urlsplit(way.url).path.startswith(section),
        _RANK.get(way.kind or "", -1.0) + (1.0 if way.is_news else 0.0),
        way.dated / way.items if way.items else 0.0,
        way.per_week or 0.0,
    )
