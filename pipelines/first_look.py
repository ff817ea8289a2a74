"""Pure: a cheap no before a page is read: what names no arms anywhere cannot be about arms transfers."""

import html
import re
from collections.abc import Iterator

from pipelines.claims.gazetteer import scan
from pipelines.claims.relevance import names_arms
from pipelines.extract.pdf import is_pdf
from pipelines.extract.tree import decide_encoding
from pipelines.items import Page

MAX_BYTES = 3_000_000  # of what is not script; a longer page is read in full
_TAG = re.compile(r"<(/?[A-Za-z!][^<>]{0,5000})>")
_CONTENT = re.compile(r"""\scontent\s{0,9}=\s{0,9}("[^"]{0,2000}|'[^']{0,2000})""", re.IGNORECASE)
_INLINE = re.compile(r"/?(?:a|b|i|u|em|strong|span|font|mark|small|sub|sup|wbr)\b", re.IGNORECASE)
_SCRIPT_START = re.compile(rb"<(?:script|style)\b", re.IGNORECASE)
_SCRIPT_END = re.compile(rb"</(?:script|style)\b", re.IGNORECASE)


def may_be_relevant(page: Page) -> bool:
    """Say no only where the judgement on the whole article would find "no word for arms" too.

    It reads all that a page shows, with its menus and descriptions: more than the article, in a third of the time.
    """
    if is_pdf(page.body):
        return True
    body = b" ".join(_without_scripts(page.body))
    if len(body) > MAX_BYTES:
        return True
    markup = body.decode(decide_encoding(body, page.content_type), "replace")
    return names_arms(scan(html.unescape(_TAG.sub(_visible, markup))))


def _visible(tag: re.Match[str]) -> str:
    if _INLINE.match(tag[1]):
        return ""  # an emphasis within a word does not part it
    return f" {content[1]} " if (content := _CONTENT.search(tag[1])) else " "


def _without_scripts(body: bytes) -> Iterator[bytes]:
    position = 0
    while start := _SCRIPT_START.search(body, position):
        yield body[position : start.start()]
        end = _SCRIPT_END.search(body, start.end())
        if end is None:
            return
        position = end.end()
    yield body[position:]
