"""The page as a flat list of text blocks, each with its element and its share of links; one pass, no recursion."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.boilerplate import BLOCK_TAGS

_BREAK = "\x00"  # stands for <br>; control characters never survive the parse
_BREAKS = re.compile(rf"{_BREAK} ?{_BREAK}[{_BREAK} ]*")


@dataclass(slots=True)
class Node:
    """A block-level element, its parent's place in the list of nodes, and the worth of the text under it."""

    element: HtmlElement
    parent: int
    worth: float = 0.0


@dataclass(slots=True)
class Block:
    """A run of text between two block boundaries."""

    text: str
    node: int
    link_chars: int = 0
    bold_chars: int = 0
    worth: float = 0.0

    @property
    def link_share(self) -> float:
        """Share of the text that is links."""
        return self.link_chars / (len(self.text) or 1)

    @property
    def is_bold(self) -> bool:
        """Whether all of the text is bold, as home-made headings are."""
        return self.bold_chars >= 0.9 * len(self.text)


@dataclass(slots=True)
class Outline:
    """All block-level nodes in document order, and the blocks of text in them.

    ``skipped`` says of each block-level element passed over how many blocks stand before it, and in which node.
    """

    nodes: list[Node] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    skipped: dict[HtmlElement, tuple[int, int]] = field(default_factory=dict)

    def tag(self, block: Block) -> str:
        """Return the name of the element a block stands in."""
        return str(self.nodes[block.node].element.tag) if block.node >= 0 else ""

    def under(self, top: int) -> list[Block]:
        """Return the blocks in the subtree of one node, in document order."""
        inside = [False] * len(self.nodes)
        inside[top] = True
        for index in range(top + 1, len(self.nodes)):
            parent = self.nodes[index].parent
            inside[index] = parent >= 0 and inside[parent]
        return [block for block in self.blocks if block.node >= 0 and inside[block.node]]

    def is_under(self, node: int, top: int) -> bool:
        """Say whether a node is another one or lies in its subtree."""
        while node > top:
            node = self.nodes[node].parent
        return node == top


def read_outline(root: HtmlElement, is_skipped: Callable[[HtmlElement], bool]) -> Outline:
    """Return nodes and blocks under ``root`` without the subtrees that ``is_skipped`` names."""
    walk = _Walk()
    walker = etree.iterwalk(root, events=("start", "end", "comment"))
    skipped = None
    for event, element in walker:
        if event == "comment":
            walk.add(element.tail)
        elif event == "end":
            if element is not skipped:
                walk.leave(element)
            skipped = None
            if element is not root:
                walk.add(element.tail)
        elif is_skipped(element):
            skipped = element
            walk.skip(element)
            walker.skip_subtree()
        else:
            walk.enter(element)
    walk.flush()
    return walk.outline


def is_data_row(row: HtmlElement) -> bool:
    """Say whether a table row holds several short cells of plain text, to be read as one line."""
    if len(row) < 2:
        return False
    left = 400
    for child in row.iterdescendants():
        left -= 5 + len(child.text or "") + len(child.tail or "")
        if left < 0 or (child.tag in BLOCK_TAGS and child.tag not in ("td", "th", "p")):
            return False
    return True


class _Walk:
    """The state of one pass over a tree: open nodes, and the text since the last block boundary."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.open = [-1]
        self.opened: list[HtmlElement | None] = [None]
        self.parts: list[str] = []
        self.row: HtmlElement | None = None
        self.links = self.link_chars = self.bolds = self.bold_chars = 0

    def skip(self, element: HtmlElement) -> None:
        """Pass by an element that is not read."""
        if element.tag in BLOCK_TAGS and self.row is None:
            self.flush()
            self.outline.skipped[element] = len(self.outline.blocks), self.open[-1]

    def enter(self, element: HtmlElement) -> None:
        """Open an element; the cells of a data row open no blocks of their own."""
        tag = element.tag
        if self.row is None and (tag in BLOCK_TAGS or "-" in tag):
            if tag == "tr" and is_data_row(element):
                self.row = element
            self.flush()
            self.outline.nodes.append(Node(element, self.open[-1]))
            self.open.append(len(self.outline.nodes) - 1)
            self.opened.append(element)
        elif tag == "br":
            self.parts.append(_BREAK)
        elif tag == "a":
            self.links += 1
        elif tag in ("b", "strong"):
            self.bolds += 1
        elif tag in ("td", "th", "p"):
            self.parts.append(" ")
        self.add(element.text)

    def leave(self, element: HtmlElement) -> None:
        """Close an element."""
        if element is self.opened[-1]:
            self.flush()
            self.open.pop()
            self.opened.pop()
            self.row = None if element is self.row else self.row
        elif element.tag == "a":
            self.links -= 1
        elif element.tag in ("b", "strong"):
            self.bolds -= 1

    def add(self, text: str | None) -> None:
        """Take up text."""
        if not text or (not self.parts and text.isspace()):
            return
        self.parts.append(text)
        if self.links:
            self.link_chars += len(text.strip())
        if self.bolds:
            self.bold_chars += len(text.strip())

    def flush(self) -> None:
        """End the current block: one paragraph, or several where doubled line breaks part it."""
        if not self.parts:
            return
        texts = split_paragraphs("".join(self.parts))
        total = sum(map(len, texts)) or 1
        for text in texts:
            share = len(text) / total
            block = Block(text, self.open[-1], int(self.link_chars * share), int(self.bold_chars * share))
            self.outline.blocks.append(block)
        self.parts = []
        self.link_chars = self.bold_chars = 0


def split_paragraphs(text: str) -> list[str]:
    """Split at doubled line breaks; a single one stays as a newline, all other white space becomes one blank."""
    plain = " ".join(text.split())
    if _BREAK not in plain:
        return [plain] if plain else []
    pieces = _BREAKS.split(plain)
    lines = ("\n".join(line.strip() for line in piece.split(_BREAK)) for piece in pieces)
    return [paragraph for line in lines if (paragraph := line.strip())]
