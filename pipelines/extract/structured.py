"""Finds what a page says about itself as data: JSON-LD in scripts or printed as text, microdata, RDFa."""

import re
from typing import Any, Literal

from lxml.html import HtmlElement

from pipelines.extract.json_ladder import Reading, read_json
from pipelines.extract.markup_data import read_microdata, read_rdfa
from pipelines.extract.structured_values import (
    faq_pairs,
    find_article,
    names,
    text_value,
    types_of,
    walk_objects,
)
from pipelines.extract.visible_json import count_marks, take_visible_blocks
from pipelines.items import StructuredDraft

__all__ = ["faq_pairs", "find_article", "find_structured", "names", "text_value", "types_of", "walk_objects"]

MAX_OBJECTS = 500
_JSON_LD_TYPE = re.compile(r"(?:ld[+-]?json|json[+-]?ld)", re.IGNORECASE)


def find_structured(tree: HtmlElement) -> tuple[StructuredDraft, ...]:
    """Find every object the page states; JSON-LD printed as visible text is read and taken out of the tree.

    Microdata and RDFa are read only where no JSON-LD names the article: they cost more and say less.
    """
    drafts: list[StructuredDraft] = []
    scripts = list(tree.iter("script"))
    texts = [script.text for script in scripts if script.text and _JSON_LD_TYPE.search(script.get("type") or "")]
    if count_marks(tree) > sum(map(_marks, texts)):
        texts.extend(script.text for script in scripts if _is_untyped(script))
        blocks = take_visible_blocks(tree)
    else:
        blocks = []
    for text in texts:
        _add(drafts, text, "script")
    for text in blocks:
        _add(drafts, text, "visible text")
    if find_article(drafts) is None:
        for text in _commented_scripts(tree):
            _add(drafts, text, "script")
    if find_article(drafts) is None:
        drafts.extend(read_microdata(tree, len(drafts)))
    if find_article(drafts) is None:
        drafts.extend(read_rdfa(tree, len(drafts)))
    return tuple(drafts)


def _marks(text: str) -> int:
    """Count what gives JSON-LD away."""
    return text.count("@type") + text.count("@context")


def _is_untyped(script: HtmlElement) -> bool:
    """Tell whether a script of another type, or of none, holds JSON-LD by how it begins."""
    if _JSON_LD_TYPE.search(script.get("type") or "") or "java" in (script.get("type") or ""):
        return False
    head = (script.text or "")[:500].lstrip()
    return head[:1] in {"{", "[", "<"} and "@context" in head and "schema.org" in head


def _commented_scripts(tree: HtmlElement) -> list[str]:
    """List JSON-LD scripts inside HTML comments: of use where a page has nothing else."""
    comments = tree.xpath("//comment()[contains(., 'ld+json')]")
    pieces = [piece for comment in comments[:20] for piece in (comment.text or "").split("<script")[1:50]]
    return [
        body.partition("</script")[0]
        for head, _, body in (piece.partition(">") for piece in pieces)
        if "ld+json" in head
    ]


def _add(drafts: list[StructuredDraft], text: str, found_in: Literal["script", "visible text"]) -> None:
    """Read one block and append a draft for each object in it, or one that says why it could not be read."""
    if len(drafts) > MAX_OBJECTS or text.isspace():
        return
    reading = read_json(text)
    objects = _objects(reading)
    if reading.error or (not objects and reading.repairs):
        drafts.append(_unreadable(len(drafts), found_in, text, reading.error or "no object in it"))
        return
    for data in objects[: MAX_OBJECTS - len(drafts)]:
        drafts.append(StructuredDraft(len(drafts), types_of(data), data, found_in, reading.repairs))
    if len(drafts) == MAX_OBJECTS:
        drafts.append(_unreadable(len(drafts), found_in, text, f"more than {MAX_OBJECTS} objects on the page"))


def _unreadable(position: int, found_in: Literal["script", "visible text"], text: str, error: str) -> StructuredDraft:
    return StructuredDraft(position, (), None, found_in, raw=text[:10_000], error=error)


def _objects(reading: Reading) -> list[dict[str, Any]]:
    """List the objects of a block: lists and @graph taken apart."""
    objects: list[dict[str, Any]] = []
    queue: list[Any] = list(reversed(reading.values))
    while queue and len(objects) <= MAX_OBJECTS:
        value = queue.pop()
        if isinstance(value, list):
            queue.extend(reversed(value))
        elif isinstance(value, dict):
            graph = value.get("@graph")
            if isinstance(graph, list | dict):
                queue.append(graph)
            if not isinstance(graph, list | dict) or "@type" in value:
                objects.append({key: item for key, item in value.items() if key != "@graph"})
    return [data for data in objects if data]
