"""Sitemaps, sitemap indexes, news sitemaps, plain lists of URLs and feeds in their place; pure."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import StringIO
from itertools import islice
from urllib.parse import urljoin

from lxml import etree

from crawler.base_spiders.documents import iterate_elements, iterate_fragments, local_name, read_markup, root_name
from crawler.base_spiders.feed_formats import parse_feed
from crawler.base_spiders.feed_items import title_text
from crawler.base_spiders.found_dates import found_at
from crawler.base_spiders.json_formats import text_or_none
from pipelines.extract.urls import canonical_or_none
from pipelines.items import Found

MAX_URLS = 10_000
MAX_SCANNED = 100_000
MAX_ENTRY = 50_000
_NAMES = frozenset({"url", "sitemap"})
_ENTRY_START = re.compile(r"<(?:\w{1,20}:)?(?:url|sitemap)[\s>]", re.IGNORECASE)
_NEWS = {"publication_date", "title", "language"}
_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class SitemapResult:
    """What a sitemap names, newest first; ``children`` are further sitemaps, ``left_out`` what the cap cut."""

    found: list[Found] = field(default_factory=list)
    children: list[Found] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left_out: int = 0


def parse_sitemap(body: bytes, url: str, content_type: str | None = None) -> SitemapResult:
    """Return what the sitemap at ``url`` names; never raises on what a server may send."""
    text, problems = read_markup(body, content_type)
    result = SitemapResult(problems=problems)
    root = root_name(text)
    if not text:
        problems.append("empty sitemap")
    elif root in ("rss", "feed", "rdf"):
        feed = parse_feed(body, url, content_type)
        result.found, result.left_out = feed.found, feed.left_out
        problems += feed.problems
    elif root == "html":
        problems.append("html instead of sitemap")
    elif not text.startswith("<"):
        _read_lines(text, url, result)
    else:
        _read_xml(text, url, result)
    return _finish(result)


def _read_lines(text: str, url: str, result: SitemapResult) -> None:
    """Read a plain list of URLs, or robots.txt, whose ``Sitemap:`` lines name sitemaps."""
    for line in islice(StringIO(text), MAX_SCANNED):
        key, _, value = line.partition(":")
        if key.strip().lower() == "sitemap":
            _add_child(result, Found(value.strip(), url))
        elif line.lstrip().startswith(("http://", "https://")):
            result.found.append(Found(line.strip(), url))
    if not result.found and not result.children:
        result.problems.append("not a sitemap")


def _read_xml(text: str, url: str, result: SitemapResult) -> None:
    starts = [match.start() for match in islice(_ENTRY_START.finditer(text), MAX_SCANNED)]
    elements = 0
    for element in islice(iterate_elements(text, _NAMES, result.problems), MAX_SCANNED):
        elements += 1
        _add_entry(result, element, url)
    if elements < len(starts):
        for tries in iterate_fragments(text, starts, _NAMES, MAX_ENTRY):
            for element in islice(tries, 1):
                elements += 1
                _add_entry(result, element, url)
    if len(starts) == MAX_SCANNED:
        result.left_out = sum(1 for _ in _ENTRY_START.finditer(text)) - MAX_SCANNED
    if not elements:
        is_sitemap = root_name(text) in ("urlset", "sitemapindex")
        result.problems.append("empty sitemap" if is_sitemap else "not a sitemap")


def _add_entry(result: SitemapResult, element: etree._Element, url: str) -> None:
    found = _read_entry(element, url)
    if not found.url:
        result.problems.append("entry without link")
    elif local_name(element) == "sitemap":
        _add_child(result, found)
    else:
        result.found.append(found)


def _add_child(result: SitemapResult, found: Found) -> None:
    # Asked for as it is spelled: the parameters of an index are no tracking.
    if canonical_or_none(found.url, found.found_in) is None:
        result.problems.append("child without usable link")
    else:
        result.children.append(replace(found, url=urljoin(found.found_in, found.url)))


def _read_entry(element: etree._Element, sitemap_url: str) -> Found:
    direct = {local_name(child): child.text for child in element}
    news: dict[str, str | None] = {}
    for child in element.iter():
        # ``image:title`` speaks of the picture: only what stands in ``news:news`` counts.
        if local_name(child) in _NEWS and any(
            local_name(parent) == "news" for parent in islice(child.iterancestors(), 2)
        ):
            news.setdefault(local_name(child), title_text(child) if local_name(child) == "title" else child.text)
    return Found(
        url=(direct.get("loc") or "").strip().replace("&amp;", "&"),
        found_in=sitemap_url,
        title=news.get("title"),
        published_raw=text_or_none(news.get("publication_date"), 200),
        language=text_or_none(news.get("language") or _own_language(element, direct.get("loc")), 20),
        modified_raw=text_or_none(direct.get("lastmod"), 200),
    )


def _own_language(element: etree._Element, loc: str | None) -> str | None:
    """Return the language that the alternate links of a page in many languages give for its own address."""
    own = (child for child in element if child.get("hreflang") and child.get("href") == (loc or "").strip())
    return next((child.get("hreflang") for child in own if child.get("hreflang") != "x-default"), None)


def _finish(result: SitemapResult) -> SitemapResult:
    """Keep each URL once, the newest first and no more than ``MAX_URLS``; name the problems once each."""
    ordered = newest_first(list({found.url: found for found in result.found}.values()))
    unique: dict[str, Found] = {}
    for found in ordered[:MAX_URLS]:
        # What is not usable goes to the frontier as it stands, to be refused there.
        url = canonical_or_none(found.url, found.found_in) or found.url
        unique.setdefault(url, replace(found, url=url))
    result.found = list(unique.values())
    result.left_out += max(0, len(ordered) - MAX_URLS)
    result.children = newest_first(list({child.url: child for child in result.children}.values()))
    if result.left_out:
        result.problems.append("too many urls")
    result.problems = list(dict.fromkeys(result.problems))
    return result


def newest_first(found: list[Found]) -> list[Found]:
    """Return dated ones from the newest on, then the undated ones in the order given."""
    return sorted(found, key=lambda one: found_at(one) or _OLDEST, reverse=True)
