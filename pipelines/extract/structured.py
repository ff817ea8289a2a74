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
from pipelines.extract.visible_json import take_visible_blocks
from pipelines.items import StructuredDraft

__all__ = ["faq_pairs", "find_article", "find_structured", "names", "text_value", "types_of", "walk_objects"]

MAX_OBJECTS = 500
_JSON_LD_TYPE = re.compile(r"(?:ld[+-]?json|json[+-]?ld)", re.IGNORECASE)


def find_structured(tree: HtmlElement) -> tuple[StructuredDraft, ...]:
    """Find every object the page states; JSON-LD printed as visible text is read and taken out of the tree.

    Microdata and RDFa are read only where no JSON-LD names the article: they cost more and say less.
    """
    drafts: list[StructuredDraft] = []
    for text in _script_texts(tree):
        _add(drafts, text, "script")
    for text in take_visible_blocks(tree):
        _add(drafts, text, "visible text")
    if find_article(drafts) is None:
        for text in _commented_scripts(tree):
            _add(drafts, text, "script")
    if find_article(drafts) is None:
        drafts.extend(read_microdata(tree, len(drafts)))
    if find_article(drafts) is None:
        drafts.extend(read_rdfa(tree, len(drafts)))
    return tuple(drafts)


def _script_texts(tree: HtmlElement) -> list[str]:
    """List the JSON-LD blocks in scripts, also those that give themselves another type."""
    return [
        script.text for script in tree.iter("script") if script.text and _is_json_ld(script.get("type"), script.text)
    ]


def _is_json_ld(declared: str | None, text: str) -> bool:
    """Tell whether a script holds JSON-LD, by its type or by how it begins."""
    if declared and _JSON_LD_TYPE.search(declared):
        return not text.isspace()
    if declared not in {None, "", "application/json", "text/json", "json", "text/plain"}:
        return False
    head = text[:500].lstrip()
    return head[:1] in "{[<" and "@context" in head and "schema.org" in head


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
    if len(drafts) > MAX_OBJECTS:
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
