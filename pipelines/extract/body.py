"""The main text of a page as numbered paragraphs: our own reader over the shared tree, with a confidence."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipelines.extract.blocks import Block, Outline, read_outline
from pipelines.extract.boilerplate import (
    SKIPPED_TAGS,
    is_boilerplate,
    is_boilerplate_line,
)
from pipelines.items import Paragraph, ParagraphKind

_SENTENCE_END = re.compile(r"[.!?…:;。！？؟।»”\"'’)\]]$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_KINDS: dict[str, ParagraphKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dd", "dt"), "list"),
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
}


@dataclass(frozen=True, slots=True)
class Body:
    """The main text: paragraphs, who read it, and how sure that reader is (0 to 1)."""

    paragraphs: tuple[Paragraph, ...]
    reader: str
    confidence: float
    element: HtmlElement | None = None

    @property
    def chars(self) -> int:
        """Length of the text."""
        return sum(len(paragraph.text) for paragraph in self.paragraphs)


def read_body(root: HtmlElement) -> Body:
    """Return the main text of the tree."""
    strict = _read(root, is_boilerplate)
    if strict.chars >= 300:
        return strict
    lenient = _read(root, _is_skipped_tag)
    return lenient if lenient.chars > 2 * strict.chars else strict


def _is_skipped_tag(element: HtmlElement) -> bool:
    return element.tag in SKIPPED_TAGS


def _read(root: HtmlElement, is_skipped: Callable[[HtmlElement], bool]) -> Body:
    outline = read_outline(root, is_skipped)
    for block in outline.blocks:
        block.worth = worth_of(block, outline)
    sum_worth(outline)
    best = best_node(outline)
    if best is None:
        return Body((), "own", 0.0)
    blocks = blocks_under(outline, best)
    kept = keep_article(blocks, outline)
    paragraphs = tuple(Paragraph(b.text, kind_of(b, outline)) for b in kept)
    total = sum(max(0, b.worth) for b in outline.blocks) or 1
    return Body(paragraphs, "own", sum(max(0, b.worth) for b in kept) / total, outline.nodes[best].element)


def weight(text: str) -> int:
    """Length of a text, a Chinese, Japanese or Korean character counting as two and a half."""
    return len(text) if text.isascii() else len(text) + 3 * len(_WIDE.findall(text)) // 2


def worth_of(block: Block, outline: Outline) -> float:
    """Return how much a block speaks for its surroundings being the article; negative where it speaks against."""
    length = weight(block.text)
    prose = length * (1 - min(1.0, block.link_share))
    tag = outline.nodes[block.node].element.tag if block.node >= 0 else ""
    if is_boilerplate_line(block.text):
        return -20
    is_sentence = _SENTENCE_END.search(block.text) is not None
    if block.link_share > 0.5:
        return -20 if length < 300 else -5
    if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return 0
    if length >= 80 and (is_sentence or length > 140):
        return min(prose, 1200)
    if length >= 30 and is_sentence:
        return prose * 0.6
    return -8


def sum_worth(outline: Outline) -> None:
    """Add up the worth of all blocks below each node."""
    for block in outline.blocks:
        if block.node >= 0:
            outline.nodes[block.node].worth += block.worth
    for node in reversed(outline.nodes):
        if node.parent >= 0:
            outline.nodes[node.parent].worth += node.worth


def best_node(outline: Outline) -> int | None:
    """Return the deepest node with the highest worth."""
    best, highest = None, 0.0
    for index, node in enumerate(outline.nodes):
        if node.worth >= highest and node.worth > 0:
            best, highest = index, node.worth
    return best


def blocks_under(outline: Outline, top: int) -> list[Block]:
    """Return the blocks in the subtree of the node, in document order."""
    inside = [False] * len(outline.nodes)
    inside[top] = True
    for index in range(top + 1, len(outline.nodes)):
        inside[index] = inside[outline.nodes[index].parent]
    return [block for block in outline.blocks if block.node >= 0 and inside[block.node]]


def keep_article(blocks: list[Block], outline: Outline) -> list[Block]:
    """Drop what is not prose at both ends and between."""
    good = [i for i, b in enumerate(blocks) if b.worth > 0]
    if not good:
        return []
    kept = []
    for block in blocks[good[0] : good[-1] + 1]:
        if block.worth > 0 or (block.worth > -20 and block.link_share < 0.5):
            kept.append(block)
    return kept


def kind_of(block: Block, outline: Outline) -> ParagraphKind:
    """Return what a block is, by the nearest element that says so."""
    index = block.node
    for _ in range(4):
        if index < 0:
            break
        node = outline.nodes[index]
        if node.element.tag in _KINDS:
            return _KINDS[node.element.tag]
        index = node.parent
    return "text"
