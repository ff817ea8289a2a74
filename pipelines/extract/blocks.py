"""The page as a flat list of text blocks, each with its element and its share of link text; one pass, no recursion."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.boilerplate import BLOCK_TAGS

_SPACE = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_BREAK = re.compile(r" ?\n\s*")
_MARK = "\x1e"  # a <br>; control characters never survive the parse


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


@dataclass(slots=True)
class Outline:
    """All block-level nodes in document order, and the blocks of text in them."""

    nodes: list[Node] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def read_outline(root: HtmlElement, is_skipped: Callable[[HtmlElement], bool]) -> Outline:
    """Return nodes and blocks under ``root`` without the subtrees that ``is_skipped`` names."""
    return _Walk(is_skipped).over(root)


class _Walk:
    """The state of one pass over the tree."""

    def __init__(self, is_skipped: Callable[[HtmlElement], bool]) -> None:
        self.is_skipped = is_skipped
        self.outline = Outline()
        self.open = [-1]
        self.parts: list[str] = []
        self.link_depth = 0
        self.link_chars = 0
        self.bold_depth = 0
        self.bold_chars = 0

    def over(self, root: HtmlElement) -> Outline:
        walker = etree.iterwalk(root, events=("start", "end", "comment"))
        skipped = None
        for event, element in walker:
            if event == "comment":
                self.add(element.tail or "")
            elif event == "end":
                if element is not skipped:
                    self.leave(element)
                skipped = None
                if element is not root and element.tail:
                    self.add(element.tail)
            elif not self.is_skipped(element):
                self.enter(element)
            else:
                skipped = element
                self.skip(element)
                walker.skip_subtree()
        self.flush()
        return self.outline

    def skip(self, element: HtmlElement) -> None:
        if element.tag in BLOCK_TAGS:
            self.flush()

    def enter(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCK_TAGS:
            self.flush()
            self.outline.nodes.append(Node(element, self.open[-1]))
            self.open.append(len(self.outline.nodes) - 1)
        elif tag == "br":
            self.parts.append(_MARK)
        elif tag == "a":
            self.link_depth += 1
        elif tag in ("b", "strong"):
            self.bold_depth += 1
        if element.text:
            self.add(element.text)

    def leave(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCK_TAGS:
            self.flush()
            self.open.pop()
        elif tag == "a":
            self.link_depth -= 1
        elif tag in ("b", "strong"):
            self.bold_depth -= 1

    def add(self, text: str) -> None:
        self.parts.append(text)
        if self.link_depth:
            self.link_chars += len(text.strip())
        if self.bold_depth:
            self.bold_chars += len(text.strip())

    def flush(self) -> None:
        if not self.parts:
            return
        joined = "".join(self.parts)
        self.parts = []
        links, bold = self.link_chars, self.bold_chars
        self.link_chars = self.bold_chars = 0
        if not joined.strip():
            return
        texts = [text for piece in joined_paragraphs(joined) if (text := piece)]
        total = sum(map(len, texts)) or 1
        for text in texts:
            share = len(text) / total
            self.outline.blocks.append(Block(text, self.open[-1], int(links * share), int(bold * share)))


def joined_paragraphs(text: str) -> list[str]:
    """Split at doubled line breaks; single ones stay as one newline, all other white space becomes one blank."""
    plain = _SPACE.sub(" ", text.replace("\n", " "))
    if _MARK not in plain:
        return [" ".join(plain.split())]
    pieces = re.split(rf"(?:{_MARK} ?){{2,}}", " ".join(plain.split(" ")))
    return [_BREAK.sub("\n", piece.replace(_MARK, "\n")).strip() for piece in pieces]
