"""Finds JSON-LD that a page prints as visible text, and takes it out of the tree so that no article text holds it."""

import re
from dataclasses import dataclass
from typing import Any

import lxml.etree
from lxml.html import HtmlElement

from pipelines.extract.json_tokens import DOUBLE, SINGLE

MAX_TEXT = 3_000_000
MAX_BLOCKS = 50

_HITS = lxml.etree.XPath(
    "//*[not(self::script or self::style or self::textarea or self::template)]"
    "/text()[contains(., '@type') or contains(., '@context')]",
)
_UNSEEN = frozenset({"script", "style", "textarea", "template", "noscript", "svg"})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "kbd", "mark", "q", "s", "samp", "small", "span",
    "strong", "sub", "sup", "tt", "u", "var", "wbr",
})  # fmt: skip
_QUOTE = rf"(?:[{DOUBLE}{SINGLE}]|&(?:amp;)*(?:quot|apos|#0*3[49]|#[xX]0*2[27]|[lr][ds]quo|[lr]aquo);)"
_MARK = re.compile(rf"{_QUOTE}?\s{{0,20}}@(?:context|type)\s{{0,20}}{_QUOTE}?\s{{0,20}}:")
_BRACKET = re.compile(r"[{}\[\]]")
_BEFORE = re.compile(r"(?:<script[^<>]{0,200}>|<!--|<!\[CDATA\[|\bvar\s+\w{1,40}\s*=|[\[{\s])+$", re.IGNORECASE)
_AFTER = re.compile(r"(?:\s|[\]};,]|</script\s*>|-->|\]\]>|//)+", re.IGNORECASE)
_LIKE_JSON = re.compile(rf"{_QUOTE}\s*:|^[\s{{}}\[\],;]*$|[,{{\[]\s*$")


@dataclass(slots=True)
class _Run:
    """One stretch of text in the tree: the text of an element or its tail, and where it begins in the whole."""

    element: Any
    is_tail: bool
    start: int
    text: str


def count_marks(tree: HtmlElement) -> int:
    """Count what gives JSON-LD away in all text of the page, scripts too: cheaper than looking where it stands."""
    text = lxml.etree.tostring(tree, method="text", encoding="utf-8")
    return int(text.count(b"@type") + text.count(b"@context"))


def take_visible_blocks(tree: HtmlElement) -> list[str]:
    """Give the text of every JSON-LD block printed on the page, each removed from the tree."""
    if not _HITS(tree):
        return []
    runs, text = _flatten(tree)
    spans = _spans(text)
    _cut(runs, spans)
    _drop_emptied(runs, spans)
    return [text[start:end] for start, end in spans]


def _flatten(tree: HtmlElement) -> tuple[list[_Run], str]:
    """Gather all visible text in order, with a newline wherever a block or a line begins or ends."""
    runs: list[_Run] = []
    parts: list[str] = []
    length = hidden = 0
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end", "comment")):
        if event == "start" and element.tag in _UNSEEN:
            hidden += 1
        elif event == "end" and element.tag in _UNSEEN:
            hidden -= 1
        text = element.text if event == "start" else element.tail
        if event != "comment" and element.tag not in _INLINE:
            parts.append("\n")
            length += 1
        if text and not hidden and length < MAX_TEXT:
            runs.append(_Run(element, event != "start", length, text))
            parts.append(text)
            length += len(text)
    return runs, "".join(parts)


def _spans(text: str) -> list[tuple[int, int]]:
    """Find where the blocks stand: from the bracket before the first mark to the one that closes it."""
    spans: list[tuple[int, int]] = []
    end = failed = 0
    for mark in _MARK.finditer(text):
        if len(spans) == MAX_BLOCKS or failed == MAX_BLOCKS:
            break
        start = _block_start(text, mark.start(), end) if mark.start() >= end else None
        if start is None:
            failed += mark.start() >= end
            continue
        end = _block_end(text, start)
        spans.append((start, end))
    return spans


def _block_start(text: str, mark: int, floor: int) -> int | None:
    """Find the outermost bracket still open before the mark, as far back as everything between looks like JSON."""
    floor = max(floor, mark - 20_000)
    start, depth = None, 0
    for bracket in reversed(list(_BRACKET.finditer(text, floor, mark))):
        depth += 1 if bracket[0] in "}]" else -1
        if depth < 0:
            if start is not None and not _is_json_between(text[bracket.end() : start]):
                break
            start, depth = bracket.start(), 0
    if start is None:
        return None
    before = _BEFORE.search(text[max(floor, start - 300) : start])
    return start - len(before[0]) + (len(before[0]) - len(before[0].lstrip())) if before else start


def _is_json_between(text: str) -> bool:
    """Tell whether this may stand between two opening brackets of one block."""
    return not text.strip() or bool(_LIKE_JSON.search(text))


def _block_end(text: str, start: int) -> int:
    """Find where the block's brackets balance; where they never do, the last line that looks like JSON."""
    depth = 0
    for bracket in _BRACKET.finditer(text, start):
        depth += 1 if bracket[0] in "{[" else -1
        if depth == 0:
            after = _AFTER.match(text, bracket.end())
            return after.end() if after and after[0].strip() else bracket.end()
    end = at = start
    for line in text[start:].splitlines(keepends=True):
        at += len(line)
        if line.strip() and not _LIKE_JSON.search(line):
            break
        end = at
    return end


def _cut(runs: list[_Run], spans: list[tuple[int, int]]) -> None:
    """Take the spans out of the runs they cross."""
    for run in runs:
        kept, at = "", run.start
        run_end = run.start + len(run.text)
        for start, end in spans:
            if start < run_end and end > run.start:
                kept += run.text[at - run.start : max(start - run.start, 0)]
                at = min(end, run_end)
        if at == run.start:
            continue
        kept += run.text[at - run.start :]
        if run.is_tail:
            run.element.tail = kept
        else:
            run.element.text = kept


def _drop_emptied(runs: list[_Run], spans: list[tuple[int, int]]) -> None:
    """Remove elements that held nothing but cut text."""
    for start, end in spans:
        touched = [run.element for run in runs if run.start < end and run.start + len(run.text) > start]
        for element in reversed(touched):
            _remove_if_empty(element)


def _remove_if_empty(element: Any) -> None:
    """Remove the element, and then its parent, as long as nothing is left in them."""
    while element is not None and element.tag not in {"html", "body", "head", "main", "article"}:
        parent = element.getparent()
        if parent is None or (element.text or "").strip() or any(_holds_something(child) for child in element):
            return
        element.drop_tree()
        element = parent


def _holds_something(child: Any) -> bool:
    return child.tag not in {"br", "wbr"} or bool((child.tail or "").strip())
