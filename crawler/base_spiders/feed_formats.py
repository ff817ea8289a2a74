"""RSS 0.9x, 1.0 and 2.0, Media RSS, Atom and JSON Feed: from the bytes of a feed to what it names; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from urllib.parse import urljoin, urlsplit

import feedparser
from lxml import etree

from crawler.base_spiders.documents import iterate_elements, iterate_fragments, local_name, read_markup, root_name
from crawler.base_spiders.feed_items import XML_BASE, plain_text, read_item, read_json_item
from crawler.base_spiders.found_dates import parse_found_date
from crawler.base_spiders.json_formats import look_up, read_json, text_or_none
from pipelines.extract.urls import canonical_or_none
from pipelines.items import Found

MAX_ITEMS = 5_000
MAX_SCANNED = 30_000
MAX_ITEM = 200_000
# feedparser takes 143 s for 200,000 items: it sees only what it reads in about a second.
MAX_FEEDPARSER = 100_000
_ITEM_START = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ITEM_NAMES = frozenset({"item", "entry"})
_HEAD_NAMES = frozenset({"link", "ttl", "updateperiod", "updatefrequency", "rss", "channel", "feed", "rdf"})
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}


@dataclass(slots=True)
class FeedResult:
    """What a feed names, what was wrong with it, its next page, how long it asks to be left alone, what the cap cut."""

    found: list[Found] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    next_url: str | None = None
    ttl: timedelta | None = None
    left_out: int = 0


def parse_feed(body: bytes, url: str, content_type: str | None = None) -> FeedResult:
    """Return what the feed at ``url`` names; never raises on what a server may send."""
    text, problems = read_markup(body, content_type)
    result = FeedResult(problems=problems)
    if not text:
        problems.append("empty feed")
    elif text.startswith(("{", "[")):
        _read_json_feed(text, url, result)
    elif root_name(text) in ("html", "head", "body", "script", "div"):
        problems.append("html instead of feed")
    else:
        _read_xml_feed(text, url, result)
    return _finish(result)


def _finish(result: FeedResult) -> FeedResult:
    """Keep each URL once and the newest ``MAX_ITEMS``; name the problems once each."""
    unique = list({found.url: found for found in reversed(result.found)}.values())[::-1]  # the first of each stays
    result.found = newest(unique, MAX_ITEMS)
    result.left_out += len(unique) - len(result.found)
    if result.left_out:
        result.problems.append("too many items")
    if not result.found and not result.problems:
        result.problems.append("empty feed")
    result.problems = list(dict.fromkeys(result.problems))
    return result


def newest(found: list[Found], limit: int) -> list[Found]:
    """Return all in the order given when they fit, else the ``limit`` newest; undated ones count as their neighbour."""
    if len(found) <= limit:
        return found
    keys: list[float] = []
    for one in found:
        instant = parse_found_date(one.published_raw or one.modified_raw)
        keys.append(instant.timestamp() if instant else (keys[-1] if keys else float("inf")))
    order = sorted(range(len(found)), key=lambda index: -keys[index])
    return [found[index] for index in order[:limit]]


def _read_xml_feed(text: str, url: str, result: FeedResult) -> None:
    starts = [match.start() for match in islice(_ITEM_START.finditer(text), MAX_SCANNED)]
    base = _read_head(text[: starts[0] if starts else len(text)], url, result)
    problems: list[str] = []
    items = [read_item(element, url, base) for element in islice(_items(text, problems), MAX_SCANNED)]
    if sum(item is not None for item in items) < len(starts):
        items += _read_fragments(text, starts, url, base)
    for item in items:
        _add(result, item)
    result.problems += dict.fromkeys(problems)
    if len(starts) == MAX_SCANNED:
        result.left_out = sum(1 for _ in _ITEM_START.finditer(text)) - MAX_SCANNED
    if not items:
        _read_with_feedparser(text, url, result)


def _items(text: str, problems: list[str]) -> Iterator[etree._Element]:
    return iterate_elements(text, _ITEM_NAMES, problems)


def _add(result: FeedResult, found: Found | None) -> None:
    if found is None:
        result.problems.append("item without link")
    else:
        result.found.append(found)


def _read_fragments(text: str, starts: list[int], url: str, base: str) -> Iterator[Found]:
    for tries in iterate_fragments(text, starts, _ITEM_NAMES, MAX_ITEM):
        yield from islice((found for each in tries if (found := read_item(each, url, base))), 1)


def _read_head(head: str, url: str, result: FeedResult) -> str:
    """Take next page and time to live from what stands before the items; return the base of relative links."""
    base, site, period, frequency = None, None, None, 1
    for element in iterate_elements(head, _HEAD_NAMES, []):
        name, text = local_name(element), (element.text or "").strip()
        base = base or element.get(XML_BASE) or (element.get("BASE") if name == "channel" else None)
        if name == "link" and element.get("rel") == "next":
            result.next_url = _way_in(element.get("href"), url)
        elif name == "link" and not element.get("rel"):
            site = site or _way_in(element.get("href") or text, url)
        elif name == "ttl" and text.isdecimal():
            period = min(int(text[:6]), 43_200)
        elif name == "updateperiod":
            period = period or _PERIODS.get(text.lower())
        elif name == "updatefrequency" and text.isdecimal():
            frequency = max(1, int(text[:4]))
    result.ttl = timedelta(minutes=period / frequency) if period else None
    if base:
        return urljoin(url, base)
    return site if site and urlsplit(site).hostname != urlsplit(url).hostname else url


def _way_in(link: str | None, url: str) -> str | None:
    joined = urljoin(url, link.strip()) if link else None
    return joined if canonical_or_none(joined) else None


def _read_json_feed(text: str, url: str, result: FeedResult) -> None:
    try:
        feed = read_json(text)
    except ValueError:
        result.problems.append("malformed")
        return
    items = look_up(feed, "items")
    if not isinstance(items, list):
        result.problems.append("json without items")
        return
    result.next_url = _way_in(text_or_none(look_up(feed, "next_url")), url)
    for item in items[:MAX_SCANNED]:
        _add(result, read_json_item(item, url))


def _read_with_feedparser(text: str, url: str, result: FeedResult) -> None:
    """Ask the more patient reader about what ours found nothing in."""
    parsed = feedparser.parse(
        text[:MAX_FEEDPARSER].encode(),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
    )
    for entry in parsed.entries[:MAX_ITEMS]:
        link = canonical_or_none(entry.get("link"), url)
        title = plain_text(entry.get("title") or "")
        found = Found(link, url, title, entry.get("published"), None, entry.get("updated")) if link else None
        _add(result, found)
    if not parsed.entries:
        result.problems.append("not a feed" if not parsed.version else "empty feed")
