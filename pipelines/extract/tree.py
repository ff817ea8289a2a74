"""From the bytes of a page to one lxml tree: the only place that decodes, cleans characters and parses."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from charset_normalizer import from_bytes
from lxml import etree, html
from lxml.html import HtmlElement

from pipelines.items import Page

MAX_BYTES = 10_000_000
MAX_ELEMENTS = 30_000  # ten times what the fullest news pages have
# C1 characters stay: they are harmless in databases.
_TO_BLANK = bytes(32 if (code < 32 and code not in (9, 10, 13)) or code == 127 else code for code in range(256))
# References to the same characters and to lone surrogates, written in decimal or hexadecimal.
_REFERENCE = re.compile(
    rb"&#(?:0{0,8}(?:[0-8]|1[124-9]|2\d|3[01]|127|5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]"
    rb"|6553[45])(?!\d)"
    rb"|[xX]0{0,8}(?:[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF]|[dD][89a-fA-F][0-9a-fA-F]{2}|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s{0,20}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})", re.IGNORECASE)
_HTTP_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_NESTING_TAG = re.compile(
    rb"</?(?:div|span|font|b|i|u|em|strong|center|section|small|big|a|ul|ol|li|table|tbody|tr|td|dl|dd"
    rb"|blockquote)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BINARY_STARTS = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00")
# What browsers take these names for (https://encoding.spec.whatwg.org/#names-and-labels); None where not text.
_BROWSER_NAMES = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252",
    "latin1": "cp1252", "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "windows-874": "cp874", "tis-620": "cp874", "iso-8859-11": "cp874",
    "windows-31j": "cp932", "x-mac-cyrillic": "mac_cyrillic", "unicode": "utf-16-le",
}  # fmt: skip
_NEVER = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf_7", "utf-7", "undefined", "mbcs", "oem"}
_COUNT = etree.XPath("count(//*) + count(//comment())")
# One class for all elements: lxml.html's own lookup calls Python for each, a tenth of all our time.
_CLASSES = etree.ElementDefaultClassLookup(element=HtmlElement, comment=html.HtmlComment)
_SEVEN_BIT = ("utf-16", "utf-32", "iso2022", "hz")


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """The tree of a page, how its bytes were read, and what went wrong."""

    tree: HtmlElement
    encoding: str
    problems: tuple[str, ...] = ()
    # In document order; as long as they live, lxml need not make new wrapper objects at every pass over the tree.
    elements: tuple[HtmlElement, ...] = field(default=(), repr=False)


def parse_page(page: Page) -> ParsedPage:
    """Return the tree of ``page``; an empty one with a problem where there is no HTML. Never raises on bad input."""
    problems: list[str] = []
    body = page.body
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES]
        problems.append(f"cut at {MAX_BYTES} bytes")
    if is_binary(body):
        return ParsedPage(_empty_tree(), "binary", ("not html",))
    encoding = decide_encoding(body, page.content_type)
    markup = _as_utf8(body, encoding, problems)
    tree, tree_problems = parse_html(_clean(markup))
    return ParsedPage(tree, encoding, (*problems, *tree_problems), tuple(tree.iter()))


def is_binary(body: bytes) -> bool:
    """Say whether these bytes are a PDF, an image, an archive or the like, whatever the server called them."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    return body.lstrip()[:8].startswith(_BINARY_STARTS)


def decide_encoding(body: bytes, content_type: str | None) -> str:
    """Return the codec to read ``body`` with: BOM, UTF-8 where it fits, HTTP, meta, then a guess.

    Valid UTF-8 beyond ASCII is never anything else by chance, so it wins over a wrong declaration.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return "utf-8-sig" if name == "utf-8" else name
    declared = [codec for codec in map(text_codec, _declared_names(body, content_type)) if codec]
    if declared and declared[0].startswith(_SEVEN_BIT):
        return declared[0]
    if _fits(body, "utf-8"):
        return "utf-8"
    for codec in declared:
        if codec != "utf-8" and _fits(body, codec):
            return codec
    return "utf-8" if _is_mostly_utf8(body) else (_guess(body) or next(iter(declared), "utf-8"))


def text_codec(name: str) -> str | None:
    """Return the Python codec for a charset name, None where it is unknown or not one for text (``zlib_codec``)."""
    name = name.strip().lower()
    name = _BROWSER_NAMES.get(name, name.replace("windows-", "cp"))
    try:
        codec = codecs.lookup(name).name
        b"a".decode(codec)  # refuses codecs from bytes to bytes
    except (LookupError, UnicodeError, ValueError):
        return None
    return None if codec in _NEVER or name in _NEVER else codec


def clean_characters(text: str) -> bytes:
    """Return UTF-8 without NUL, control and non-characters and lone surrogates, also where written as references."""
    return _clean(text.encode("utf-8", "replace"))


def _clean(markup: bytes) -> bytes:
    if b"&#" in markup:
        markup = _REFERENCE.sub(b" ", markup)
    if b"\xef\xbf" in markup:
        for unwanted in ("\ufffe", "\uffff"):
            markup = markup.replace(unwanted.encode(), b" ")
    return markup.translate(_TO_BLANK)


def _as_utf8(body: bytes, encoding: str, problems: list[str]) -> bytes:
    """Return the body as UTF-8, which most are already; note where characters had to be replaced."""
    if encoding == "utf-8" and _fits(body, "utf-8"):
        return body
    text = body.decode(encoding, "replace")
    if "\ufffd" in text and "\ufffd".encode() not in body:
        problems.append("encoding replaced")
    return text.encode("utf-8", "replace")


def parse_html(text: bytes) -> tuple[HtmlElement, tuple[str, ...]]:
    """Return the tree of UTF-8 text and problems; nesting too deep for the parser is flattened, never followed."""
    tree, is_too_deep = _parse(text)
    problems = []
    if is_too_deep:
        tree, _ = _parse(_NESTING_TAG.sub(b" ", text))
        problems.append("too deep")
    if tree is None or len(tree) == 0:
        return _empty_tree(), ("not html",)
    _take_in_further_roots(tree)
    if _cut(tree):
        problems.append(f"cut at {MAX_ELEMENTS} elements")
    return tree, tuple(problems)


def _take_in_further_roots(tree: HtmlElement) -> None:
    """Hang elements that the parser left beside the root under it: broken comments around <html> can part a page."""
    for sibling in list(tree.itersiblings()):
        if isinstance(sibling.tag, str):
            tree.append(sibling)


def _cut(tree: HtmlElement) -> bool:
    """Remove what comes after the last element we read; say whether there was anything."""
    if _COUNT(tree) <= MAX_ELEMENTS:
        return False
    node = next(islice(tree.iter(), MAX_ELEMENTS, None), None)
    if node is None:
        return False
    parent = node.getparent()
    while parent is not None:
        del parent[parent.index(node) + 1 :]
        node, parent = parent, parent.getparent()
    return True


def _parse(text: bytes) -> tuple[HtmlElement | None, bool]:
    parser = etree.HTMLParser(encoding="utf-8", remove_pis=True, no_network=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        tree = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, etree.ParserError):
        tree = None
    is_too_deep = any("xcessive depth" in entry.message for entry in _last(parser.error_log))
    return tree, is_too_deep


def _last(error_log: Any) -> Iterator[Any]:
    # The parser stops at this error, so it stands at the end of a log that may be long.
    return iter(error_log[max(0, len(error_log) - 5) :])


def _empty_tree() -> HtmlElement:
    return html.document_fromstring("<html><head></head><body></body></html>")


def _declared_names(body: bytes, content_type: str | None) -> Iterator[str]:
    if content_type and (found := _HTTP_CHARSET.search(content_type[:300])):
        yield found[1]
    head = body[:4096]
    for pattern in (_XML_ENCODING, _META_CHARSET):
        if match := pattern.search(head):
            yield match[1].decode("ascii", "replace")


def _fits(body: bytes, codec: str) -> bool:
    try:
        body.decode(codec)
    except (UnicodeError, ValueError):
        return False
    return True


def _is_mostly_utf8(body: bytes) -> bool:
    # One broken byte or a cut character in a UTF-8 page must not turn the rest into another alphabet.
    text = body.decode("utf-8", "replace")
    return text.count("\ufffd") * 20 < sum(not char.isascii() for char in text[:200_000])


def _guess(body: bytes) -> str | None:
    foreign = b"\n".join(line for line in body[:400_000].splitlines() if not line.isascii())
    best = from_bytes(foreign[:8000]).best()
    return text_codec(best.encoding) if best else None
