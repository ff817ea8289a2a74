"""Trafilatura as a second opinion on the main text, asked only where our own reader is unsure."""

from copy import deepcopy

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from pipelines.items import Paragraph


def read_again(tree: HtmlElement) -> tuple[Paragraph, ...]:
    """Return the main text as trafilatura reads it, from a copy because it takes the tree apart."""
    # Its own fallbacks (readability, justext) take up to a second and are rarely better.
    document = bare_extraction(deepcopy(tree), fast=True, include_comments=False, include_tables=False)
    text = getattr(document, "text", None) or ""
    return tuple(Paragraph(line.strip()) for line in text.split("\n") if line.strip())
