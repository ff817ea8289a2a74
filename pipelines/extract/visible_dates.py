"""Dates printed near the headline for readers to see, where nothing else on the page states one."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from pipelines.extract.boilerplate import is_beside
from pipelines.extract.head import one_line

MAX_ELEMENTS = 6000
_YEAR = re.compile(r"(?:19|20|[١٢][٩٠])[\d٠-٩]{2}|\d{1,2}\.\d{1,2}\.\d{2}(?!\d)")
_NOT_ONE = re.compile(r"©|copyright|all rights|seit |since |\b(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"updat|modif|aktualisiert|geändert|actualiz|mis à jour|güncel|обновл|измен|تحديث|更新|atualiz|aggiorn|stand:"
    r"|bearbeit",
    re.IGNORECASE,
)
_DATE_NAME = re.compile(
    r"date|time|publi|posted|datum|fecha|data\b|meta|stamp|tarih|byline|zeit|created|info|post-?detail", re.IGNORECASE
)
_TEXT_TAGS = (
    "p",
    "span",
    "div",
    "li",
    "small",
    "em",
    "i",
    "b",
    "strong",
    "td",
    "address",
    "font",
    "abbr",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dd",
    "a",
    "center",
)


def visible_dates(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Return texts with a date: first in elements named for it, then short lines after the headline, then before."""
    named: list[str] = []
    after: list[str] = []
    before: list[str] = []
    is_past_headline = False
    for element in islice(tree.iter(*_TEXT_TAGS, "h1"), MAX_ELEMENTS):
        if element.tag == "h1":
            is_past_headline = True
            continue
        text = _short_text(element)
        if text is None or _NOT_ONE.search(text) or is_beside(element):
            continue
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        found = named if _DATE_NAME.search(name) else after if is_past_headline else before
        if not _CHANGED.search(text):
            found.append(text)
    yield from ((text, "visible text") for text in (*named[:6], *after[:6], *before[:3]))


def _short_text(element: HtmlElement) -> str | None:
    """Return the text of an element where it is a short line with a year."""
    if len(element) == 0:
        text = element.text
    elif len(element) <= 8 and not any(len(child) > 4 for child in element):
        text = element.text_content()
    else:
        return None
    if not text or len(text) > 400 or not 6 <= len(text.strip()) <= 160 or not _YEAR.search(text):
        return None
    return one_line(text)
