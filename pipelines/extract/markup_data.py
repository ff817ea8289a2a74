"""Reads microdata and RDFa through extruct, where the markup promises an article and the cost is bounded."""

import re
from typing import Any

import lxml.etree
from extruct.rdfa import RDFaExtractor
from extruct.w3cmicrodata import MicrodataExtractor
from lxml.html import HtmlElement

from pipelines.extract.structured_values import ARTICLE_TYPES, types_of
from pipelines.items import StructuredDraft

MAX_MICRODATA = 60_000  # elements: extruct copies the subtree of every property anew
MAX_RDFA = 200_000  # characters of markup
MAX_DEPTH = 150
_PREFIX = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)


def read_microdata(tree: HtmlElement, position: int) -> list[StructuredDraft]:
    """Give the first article object written as microdata, shaped as JSON-LD would have it."""
    element = next(
        (item for item in tree.xpath("//*[@itemscope][@itemtype]") if _is_article(item.get("itemtype"))), None
    )
    if element is None:
        return []
    if _microdata_cost(element) > MAX_MICRODATA:
        return [StructuredDraft(position, (), None, "microdata", error="too large or too deep")]
    items = MicrodataExtractor().extract_items(element, None)
    data = _from_microdata(items[0]) if items else None
    return [_draft(position, data, "microdata")] if isinstance(data, dict) else []


def read_rdfa(tree: HtmlElement, position: int) -> list[StructuredDraft]:
    """Give the article objects written as RDFa, shaped as JSON-LD would have them."""
    element = next((item for item in tree.xpath("//*[@typeof]") if _is_article(item.get("typeof"))), None)
    if element is None:
        return []
    markup = lxml.etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    if len(markup) > MAX_RDFA or _depth(element) > MAX_DEPTH:
        return [StructuredDraft(position, (), None, "rdfa", error="too large or too deep")]
    page = f'<html prefix="schema: http://schema.org/"><head></head><body vocab="http://schema.org/">{markup}</body></html>'
    items = RDFaExtractor().extract(page, base_url="http://page.invalid/")
    objects = [_from_rdfa(item) for item in items if isinstance(item, dict)]
    return [_draft(position + index, data, "rdfa") for index, data in enumerate(objects) if "@type" in data]


def _is_article(names: str | None) -> bool:
    """Tell whether a list of type names holds an article's."""
    return any(_PREFIX.sub("", name) in ARTICLE_TYPES for name in (names or "").split())


def _depth(element: HtmlElement) -> int:
    """Measure how deep the tree under an element goes."""
    deepest = depth = 0
    for event, _ in lxml.etree.iterwalk(element, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _microdata_cost(element: HtmlElement) -> int:
    """Count how many elements reading the properties copies; past every limit where the tree is too deep."""
    cost = depth = 0
    open_properties = 0
    for event, node in lxml.etree.iterwalk(element, events=("start", "end")):
        step = 1 if event == "start" else -1
        depth += step
        open_properties += step if node.get("itemprop") is not None else 0
        cost += open_properties if step == 1 else 0
        if depth > MAX_DEPTH:
            return MAX_MICRODATA + 1
    return cost


def _draft(position: int, data: dict[str, Any], found_in: Any) -> StructuredDraft:
    return StructuredDraft(position, types_of(data), data, found_in)


def _from_microdata(item: Any) -> Any:
    """Turn extruct's ``type`` and ``properties`` into JSON-LD's ``@type`` and plain keys."""
    if isinstance(item, list):
        return [_from_microdata(value) for value in item]
    if not isinstance(item, dict):
        return item
    types = item.get("type") or []
    listed = [_PREFIX.sub("", name) for name in (types if isinstance(types, list) else [types])]
    properties = {key: _from_microdata(value) for key, value in item.get("properties", {}).items()}
    value = {"@type": listed[0] if len(listed) == 1 else listed} if listed else {}
    return {**value, **properties, **({"name": item["value"]} if item.get("value") else {})}


def _from_rdfa(item: Any) -> Any:
    """Turn expanded JSON-LD (full addresses, ``@value``) into one with schema.org's short keys."""
    if isinstance(item, list):
        values = [_from_rdfa(value) for value in item]
        return values[0] if len(values) == 1 else values
    if not isinstance(item, dict):
        return _PREFIX.sub("", item) if isinstance(item, str) else item
    if "@value" in item:
        return item["@value"]
    return {_PREFIX.sub("", key): _from_rdfa(value) for key, value in item.items()}
