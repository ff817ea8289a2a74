"""One item of a feed, XML or JSON: its link, title and dates; pure."""

import base64
import binascii
import html
import re
from collections.abc import Iterable, Iterator
from operator import itemgetter
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from lxml import etree

from crawler.base_spiders.documents import local_name
from crawler.base_spiders.json_formats import first_text, look_up, text_or_none
from pipelines.extract.urls import MAX_LENGTH, canonical_or_none
from pipelines.items import Found

_ITEM_FIELDS = frozenset(
    {
        "link",
        "guid",
        "id",
        "pubdate",
        "published",
        "updated",
        "description",
        "summary",
        "content",
        "publication_date",
        "loc",
        "lastmod",
    }
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_ABSOLUTE = ("http://", "https://", "//")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_TYPE_RANKS = {"text/html": 0.5, "application/xhtml+xml": 0.5, None: 1}
_PUBLISHED = ("pubdate", "published", "date", "issued", "created", "available")
_MODIFIED = ("updated", "modified", "lastmod")
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def read_item(item: etree._Element, feed_url: str, base: str) -> Found | None:
    """Return what an RSS item, Atom entry or CDF item names; None where it has no link."""
    base = urljoin(base, item.get(XML_BASE) or "")
    texts = _attributes(item) | _nested_dates(item) | _texts(reversed(item))
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


def _texts(elements: Iterable[etree._Element]) -> dict[str, str]:
    return {local_name(each): text for each in elements if (text := each.text)}


def _nested_dates(item: etree._Element) -> dict[str, str]:
    """Return the dates that an element which was never closed has swallowed."""
    names = {*_PUBLISHED, *_MODIFIED}
    nested = (
        each for child in item if local_name(child) in _ITEM_FIELDS | {"title"} for each in child.iterdescendants()
    )
    return _texts(each for each in nested if local_name(each) in names)


def _attributes(item: etree._Element) -> dict[str, str]:
    """Return an item's attributes in lower case: CDF writes ``<ITEM HREF=... LASTMOD=...>``."""
    return {str(name).lower(): str(value) for name, value in item.attrib.items()}


def _choose_link(item: etree._Element, base: str) -> str | None:
    """Return the likeliest usable link; where none is usable the likeliest as it stands, for the frontier to refuse."""
    links = sorted(_find_links(item), key=itemgetter(0))
    for _, link, link_base in links:
        # Escaped once too often, as within CDATA: no address means ``&amp;``.
        if url := canonical_or_none(link.replace("&amp;", "&"), urljoin(base, link_base or "")):
            return url
    return links[0][1][:MAX_LENGTH] if links else None


def _find_links(item: etree._Element) -> Iterator[tuple[float, str, str | None]]:
    """Yield each link an item may stand for with its rank: the lower, the likelier it is the article itself."""
    for child in item.iter():
        name, text = local_name(child), (child.text or "").strip()
        is_nested = child is not item and child.getparent() is not item
        if name == "origlink" and text:
            yield 0, text, None
        elif name == "link":
            yield from _find_in_link(child, text, is_nested)
        elif name == "guid" and not is_nested and child.get("isPermaLink", "").lower() == "true" and text:
            yield 3, text, None
        elif name in ("guid", "id") and not is_nested and text.lower().startswith(_ABSOLUTE):
            yield 5 if child.get("isPermaLink", "true").lower() == "false" else 3, text, None
        elif child is item and (href := _attributes(item).get("href")):
            yield 2, href, None
        elif child is item and (about := item.get(_RDF_ABOUT) or "").startswith(_ABSOLUTE):
            yield 4, about, None


def _find_in_link(link: etree._Element, text: str, is_nested: bool) -> Iterator[tuple[float, str, str | None]]:
    if link.get("rel", "alternate").lower() != "alternate":
        return
    rank = _TYPE_RANKS.get(link.get("type"), 2) + (5 if is_nested else 0)
    for raw in (link.get("href"), text):
        if raw:
            yield rank, raw, link.get(XML_BASE)
    # ``<link/>https://...``: the page was written as HTML, where a link has no end.
    if (tail := (link.tail or "").strip()).startswith(_ABSOLUTE):
        yield 8, tail, None


def _title(item: etree._Element) -> str | None:
    titles = [child for child in item if local_name(child) == "title"]
    if len(titles) > 1:
        # Media RSS and iTunes have titles of their own; the item's comes first.
        titles.sort(key=lambda title: any(space in str(title.tag) for space in ("mrss", "itunes", "media:")))
    return next((text for title in titles if (text := title_text(title))), None)


def title_text(title: etree._Element) -> str | None:
    """Return what a title element says as plain text, without what it swallowed where it was never closed."""
    return plain_text(_decoded(title) or "".join(_title_texts(title)))


def _title_texts(title: etree._Element) -> Iterator[str]:
    yield title.text or ""
    for child in title:
        if local_name(child) in _ITEM_FIELDS:
            return
        if local_name(child) not in ("script", "style"):
            yield from _title_texts(child)
        yield child.tail or ""


def _decoded(title: etree._Element) -> str | None:
    """Return the text of a title in base64 (Atom 0.3's ``mode``), None where it is not."""
    if title.get("mode") != "base64" and title.get("type") != "application/octet-stream":
        return None
    try:
        return base64.b64decode(title.text or "").decode("utf-8", "replace")
    except binascii.Error:
        return None


def plain_text(text: str) -> str | None:
    """Return a title without markup, references and runs of blanks, cut at 1,000 characters; None where empty."""
    text = text[:20_000]
    if _TAG.search(text):
        fragment = BeautifulSoup(text, "lxml")
        for hidden in fragment(["script", "style"]):
            hidden.decompose()
        text = fragment.get_text()
    return text_or_none(html.unescape(text), 1_000)


def _first(texts: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((text for name in names if name in texts and (text := text_or_none(texts[name], 200))), None)


def read_json_item(item: object, url: str) -> Found | None:
    """Return what an item of the JSON Feed at ``url`` names; None where it has no link."""
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
