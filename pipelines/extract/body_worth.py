"""Which element holds the article: what each block of text is worth as evidence, summed up over the tree."""

import re
from itertools import islice, takewhile

from lxml.html import HtmlElement

from pipelines.extract.blocks import Block, Outline
from pipelines.extract.boilerplate import is_aside_name, name_of
from pipelines.extract.boilerplate_lines import is_boilerplate_line
from pipelines.extract.shingles import Shingles
from pipelines.items import ParagraphKind

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SENTENCE_END = re.compile(r"[.!?…:;。！？؟।»”\"'’)\]]$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_KINDS: dict[str, ParagraphKind] = {
    **dict.fromkeys(HEADINGS, "heading"),
    **dict.fromkeys(("li", "dd", "dt"), "list"),
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
}
Signature = tuple[str, str, str]


def weigh(outline: Outline, article_body: Shingles | None) -> None:
    """Set the worth of every block and, summed up, of every node."""
    for block in outline.blocks:
        block.worth = worth_of(block, outline.tag(block))
        if article_body and block.worth > 0 and len(block.text) > 40:
            block.worth *= 0.2 + 1.8 * article_body.share(block.text)
        if block.node >= 0:
            outline.nodes[block.node].worth += block.worth
    for node in reversed(outline.nodes):
        if node.parent >= 0:
            outline.nodes[node.parent].worth += node.worth


def worth_of(block: Block, tag: str) -> float:
    """Return how much a block speaks for its surroundings being the article; negative where it speaks against."""
    text, share = block.text, block.link_share
    if is_boilerplate_line(text):
        return -20
    length = weight(text)
    if is_link_line(block):
        return -20 if length < 300 else -5
    if tag in HEADINGS:
        return 0
    prose = length * (1 - share)
    if length >= 80 and (length > 140 or is_sentence(text)):
        return min(prose, 1200)
    if length >= 30 and is_sentence(text):
        return prose * 0.6
    return 0 if tag == "tr" else -8


def is_link_line(block: Block) -> bool:
    """Say whether a block is links and little else."""
    return block.link_share > 0.5 and (block.link_share > 0.8 or len(block.text) - block.link_chars < 60)


def is_sentence(text: str) -> bool:
    """Say whether a text ends as sentences do, in whatever script."""
    return _SENTENCE_END.search(text) is not None


def weight(text: str) -> int:
    """Return the length of a text, a Chinese, Japanese, Korean or Thai character counting as two and a half."""
    return len(text) if text.isascii() else len(text) + 3 * len(_WIDE.findall(text)) // 2


def best_node(outline: Outline) -> int | None:
    """Return the deepest node with the highest worth."""
    best, highest = None, 0.0
    for index, node in enumerate(outline.nodes):
        if node.worth >= highest and node.worth > 0:
            best, highest = index, node.worth
    return best


def signature(block: Block, outline: Outline) -> Signature:
    """Return the tags and classes a block stands in: the paragraphs of one text share theirs."""
    if block.node < 0:
        return ("", "", "")
    node = outline.nodes[block.node]
    parent = outline.nodes[node.parent].element if node.parent >= 0 else node.element
    return str(node.element.tag), str(parent.tag), next(iter((parent.get("class") or "").split()), "")


def main_stream(blocks: list[Block], outline: Outline) -> Signature:
    """Return the signature that carries most of the worth."""
    worth: dict[Signature, float] = {}
    for block in blocks:
        key = signature(block, outline)
        worth[key] = worth.get(key, 0.0) + max(0.0, block.worth)
    return max(worth, key=worth.__getitem__, default=("", "", ""))


def narrow(top: int, outline: Outline) -> int:
    """Return the deepest node under ``top`` that still holds nearly all of the main stream."""
    blocks = outline.under(top)
    stream = main_stream(blocks, outline)
    worth = [0.0] * len(outline.nodes)
    for block in blocks:
        if signature(block, outline) == stream:
            worth[block.node] += max(0.0, block.worth)
    for index in range(len(outline.nodes) - 1, top, -1):
        worth[outline.nodes[index].parent] += worth[index]
    if worth[top] < 0.5 * outline.nodes[top].worth:
        return top
    best = max(index for index in range(top, len(worth)) if worth[index] >= 0.95 * worth[top])
    inside = {id(block) for block in outline.under(best)}
    rest = [block for block in blocks if block.worth > 0 and id(block) not in inside]
    is_little = outline.nodes[best].worth > 0.8 * outline.nodes[top].worth
    if is_little and not has_opening(blocks, inside, outline):
        return best
    return best if is_teaser_list(rest, outline) else top


def has_opening(blocks: list[Block], inside: set[int], outline: Outline) -> bool:
    """Say whether a long paragraph stands right before a stream: the free beginning of a metered article does."""
    before = list(takewhile(lambda block: id(block) not in inside, blocks))
    return any(block.worth >= 250 and outline.tag(block) == "p" for block in before[-3:])


def is_teaser_list(blocks: list[Block], outline: Outline) -> bool:
    """Say whether these are teasers of other stories: many containers with one paragraph each."""
    parents = {outline.nodes[block.node].parent for block in blocks}
    return len(parents) >= 4 and len(blocks) < 1.5 * len(parents)


def protected_elements(root: HtmlElement) -> set[HtmlElement]:
    """Return the elements that hold nearly half of all paragraph text: whatever their names, they are no menu."""
    worth: dict[HtmlElement, int] = {}
    total = 0
    for paragraph in islice(root.iter("p"), 1000):
        length = len(paragraph.text_content()) if len(paragraph) < 30 else 500
        if length >= 60:
            total += min(length, 1000)
            for element in paragraph.iterancestors():
                worth[element] = worth.get(element, 0) + min(length, 1000)
    if total < 400:
        return set()
    # A sidebar may have two thirds of the paragraphs of a page with little text; a layout "with sidebar" has all.
    return {e for e, length in worth.items() if length > (0.75 if is_aside_name(name_of(e)) else 0.4) * total}


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
    return "heading" if block.is_bold and len(block.text) < 100 and not is_sentence(block.text) else "text"
