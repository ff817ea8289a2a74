"""RSS 0.9x, 1.0 and 2.0, Media RSS, Atom and JSON Feed: from the bytes of a feed to what it names; pure."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice, pairwise
from operator import itemgetter
from urllib.parse import urljoin, urlsplit

import feedparser
from lxml import etree

from crawler.base_spiders.documents import iterate_elements, local_name, read_text, root_name
from crawler.base_spiders.found_dates import parse_found_date
from crawler.base_spiders.json_formats import first_text, look_up, read_json, text_or_none
from pipelines.extract.urls import MAX_LENGTH, canonical_or_none
from pipelines.items import Found

MAX_ITEMS = 5_000
MAX_SCANNED = 30_000
MAX_ITEM = 200_000
# feedparser takes 143 s for 200,000 items: it sees only what it reads in about a second.
MAX_FEEDPARSER = 100_000
_ITEM_START = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ITEM_NAMES = frozenset({"item", "entry"})
_ITEM_FIELDS = frozenset({"link", "guid", "id", "pubdate", "published", "updated", "description", "summary", "content"})
_HEAD_NAMES = frozenset({"link", "ttl", "updateperiod", "updatefrequency", "rss", "channel", "feed", "rdf"})
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_ABSOLUTE = ("http://", "https://", "//")
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
_PUBLISHED = ("pubdate", "published", "date", "issued", "created", "available")
_MODIFIED = ("updated", "modified", "lastmod")


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
    text, problems = read_text(body, content_type)
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
    items = [_read_item(element, url, base) for element in islice(_items(text, problems), MAX_SCANNED)]
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
    """Read each item by itself where the markup between them stopped the parser: one broken item costs one item."""
    for start, end in pairwise([*starts, len(text)]):
        fragment = text[start : min(end, start + MAX_ITEM)]
        if "http" not in fragment and "link" not in fragment:
            continue
        # The second try is for items whose own opening tag is broken.
        for markup in (f"<rss>{fragment}", f"<rss><item>{fragment.partition('>')[2]}"):
            found = next((item for element in _items(markup, []) if (item := _read_item(element, url, base))), None)
            if found:
                yield found
                break


def _read_head(head: str, url: str, result: FeedResult) -> str:
    """Take next page and time to live from what stands before the items; return the base of relative links."""
    base, site, period, frequency = None, None, None, 1
    for element in iterate_elements(head, _HEAD_NAMES, []):
        name, text = local_name(element), (element.text or "").strip()
        base = base or element.get(_XML_BASE)
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


def _read_item(item: etree._Element, feed_url: str, base: str) -> Found | None:
    base = urljoin(base, item.get(_XML_BASE) or "")
    texts = {local_name(child): text for child in reversed(item) if (text := child.text)}
    url = _choose_link(item, base)
    if url is None:
        return None
    return Found(
        url=url,
        found_in=feed_url,
        title=_title(item),
        published_raw=_first(texts, _PUBLISHED),
        language=_first(texts, ("language",)) or item.get(_XML_LANG),
        modified_raw=_first(texts, _MODIFIED),
    )


def _choose_link(item: etree._Element, base: str) -> str | None:
    """Return the likeliest usable link; where none is usable the likeliest as it stands, for the frontier to refuse."""
    links = sorted(_find_links(item), key=itemgetter(0))
    for _, link, link_base in links:
        if url := canonical_or_none(link, urljoin(base, link_base or "")):
            return url
    return links[0][1][:MAX_LENGTH] if links else None


def _find_links(item: etree._Element) -> Iterator[tuple[int, str, str | None]]:
    """Yield each link an item may stand for with its rank: the lower, the likelier it is the article itself."""
    for child in item.iter():
        name, text = local_name(child), (child.text or "").strip()
        is_nested = child is not item and child.getparent() is not item
        if name == "origlink" and text:
            yield 0, text, None
        elif name == "link":
            yield from _find_in_link(child, text, is_nested)
        elif name in ("guid", "id") and not is_nested and text.startswith(_ABSOLUTE):
            yield 5 if child.get("isPermaLink", "true").lower() == "false" else 3, text, None
        elif child is item and (about := item.get(_RDF_ABOUT) or "").startswith(_ABSOLUTE):
            yield 4, about, None


def _find_in_link(link: etree._Element, text: str, is_nested: bool) -> Iterator[tuple[int, str, str | None]]:
    if link.get("rel", "alternate").lower() != "alternate":
        return
    is_page = link.get("type") in (None, "text/html", "application/xhtml+xml")
    rank = (1 if is_page else 2) + (5 if is_nested else 0)
    for raw in (link.get("href"), text):
        if raw:
            yield rank, raw, link.get(_XML_BASE)
    # ``<link/>https://...``: the page was written as HTML, where a link has no end.
    if (tail := (link.tail or "").strip()).startswith(_ABSOLUTE):
        yield 8, tail, None


def _title(item: etree._Element) -> str | None:
    titles = [child for child in item if local_name(child) == "title"]
    if len(titles) > 1:
        # Media RSS and iTunes have titles of their own; the item's comes first.
        titles.sort(key=lambda title: any(space in str(title.tag) for space in ("mrss", "itunes", "media:")))
    return next((text for title in titles if (text := plain_text("".join(_title_texts(title))))), None)


def _title_texts(title: etree._Element) -> Iterator[str]:
    yield title.text or ""
    for child in title:
        # A title that was never closed swallows its neighbours.
        if local_name(child) in _ITEM_FIELDS:
            return
        yield "".join(child.itertext())
        yield child.tail or ""


def plain_text(text: str) -> str | None:
    """Return a title without markup, references and runs of blanks, cut at 1,000 characters; None where empty."""
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub("", text[:20_000]))
    return text_or_none(text, 1_000)


def _first(texts: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((text for name in names if name in texts and (text := text_or_none(texts[name], 200))), None)


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
        _add(result, _read_json_item(item, url))


def _read_json_item(item: object, url: str) -> Found | None:
    # ``external_url`` names somebody else's page a link blog talks about: last.
    links = [text_or_none(look_up(item, name)) for name in ("url", "id", "external_url")]
    usable = (
        canonical_or_none(link, url) for link in links if link and (link is links[0] or link.startswith(_ABSOLUTE))
    )
    link = next(filter(None, usable), None) or links[0]
    if link is None:
        return None
    title, language = first_text(item, ("title",)), first_text(item, ("language",))
    published, modified = first_text(item, ("date_published",)), first_text(item, ("date_modified",))
    return Found(link, url, plain_text(title) if title else None, published, language, modified)


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
