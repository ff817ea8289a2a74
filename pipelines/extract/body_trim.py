"""What of the chosen element belongs to the text: both ends trimmed, notices and credits between dropped."""

from pipelines.extract.blocks import Block, Outline
from pipelines.extract.body_worth import HEADINGS, Signature, is_link_line, is_sentence, main_stream, signature
from pipelines.extract.boilerplate import is_body_name, name_of
from pipelines.extract.boilerplate_lines import is_end_heading
from pipelines.extract.headline import letters
from pipelines.extract.shingles import Shingles

_LINES = ("li", "tr", "p", "dd", "dt", "blockquote", "pre", "td")


def trim(top: int, outline: Outline, article_body: Shingles | None, headline: str | None) -> list[Block]:
    """Return the blocks that are the text."""
    blocks = outline.under(top)
    stream = main_stream(blocks, outline)
    is_named = is_body_name(name_of(outline.nodes[top].element))
    blocks = cut_after_end(blocks, outline, stream)
    title = letters(headline or "")
    kept = [
        block
        for block in blocks
        if is_text(block, outline, stream)
        and outline.tag(block) != "h1"
        and not (len(block.text) < 2 * len(headline or "") and letters(block.text) == title)
    ]
    if article_body:
        kept = keep_known(kept, outline, article_body)
    return cut_ends(without_repeats(kept), outline, is_named)


def without_repeats(blocks: list[Block]) -> list[Block]:
    """Drop a paragraph that stands there already, as standfirsts and quotes pulled out of the text do."""
    seen: set[str] = set()
    kept = []
    for block in blocks:
        if len(block.text) < 40 or block.text not in seen:
            kept.append(block)
            seen.add(block.text)
    return kept


def cut_after_end(blocks: list[Block], outline: Outline, stream: Signature) -> list[Block]:
    """Cut where a heading opens related stories or comments, unless the stream of the text goes on behind it."""
    ends = [is_end_heading(block.text.partition("\n")[0]) for block in blocks]
    last = 0
    for index, (block, is_end) in enumerate(zip(blocks, ends, strict=True)):
        if block.worth > 0 and not is_end and signature(block, outline) == stream:
            last = index
    return blocks[: ends.index(True, last + 1)] if True in ends[last + 1 :] else blocks


def is_text(block: Block, outline: Outline, stream: Signature) -> bool:
    """Say whether a block is part of the text: prose, a heading, a line of a list or table."""
    if block.worth > 0:
        return True
    if block.worth <= -20 or is_link_line(block):
        return False
    tag = outline.tag(block)
    return tag in HEADINGS or tag in _LINES or is_sentence(block.text) or signature(block, outline) == stream


def cut_ends(blocks: list[Block], outline: Outline, is_named: bool) -> list[Block]:
    """Cut what stands before the first and after the last prose; lists and tables at the end stay."""
    good = [index for index, block in enumerate(blocks) if block.worth > 0]
    if not good:
        return []
    end = good[-1] + 1
    while end < len(blocks) and (is_named or outline.tag(blocks[end]) in ("li", "tr")):
        end += 1
    return blocks[good[0] : end]


def keep_known(blocks: list[Block], outline: Outline, article_body: Shingles) -> list[Block]:
    """Drop prose that the publisher's own copy of the text does not hold, where that copy is plainly complete."""
    shares = [article_body.share(block.text) for block in blocks]
    known = sum(len(block.text) for block, share in zip(blocks, shares, strict=True) if share > 0.6)
    total = sum(len(block.text) for block in blocks) or 1
    if known < 0.6 * total or known < 0.85 * article_body.chars:
        return blocks
    return [
        block
        for block, share in zip(blocks, shares, strict=True)
        if share > 0.3 or (outline.tag(block) in HEADINGS or outline.tag(block) in ("li", "tr"))
    ]
