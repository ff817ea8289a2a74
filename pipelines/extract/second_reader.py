"""Trafilatura as a second opinion on the main text, asked only where our own reader is unsure."""

from collections.abc import Set as AbstractSet
from copy import deepcopy

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from pipelines.items import Paragraph


def read_again(tree: HtmlElement, dropped: AbstractSet[HtmlElement] = frozenset()) -> tuple[Paragraph, ...]:
    """Return the main text as trafilatura reads it, without what is dropped; it takes a copy apart."""
    copied = deepcopy(tree)
    twins = [twin for each, twin in zip(tree.iter(), copied.iter(), strict=True) if each in dropped]
    for twin in twins:
        twin.drop_tree()
    # Its own fallbacks (readability, justext) take up to a second and are rarely better.
    document = bare_extraction(copied, fast=True, include_comments=False, include_tables=False)
    text = getattr(document, "text", None) or ""
    return tuple(Paragraph(line.strip()) for line in text.split("\n") if line.strip())
