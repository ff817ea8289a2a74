"""From the bytes of a feed or sitemap to text and elements, however badly written and however big.

Entities are never declared or expanded: the document type is cut off, and every reference but XML's own five is
turned into its character or into plain text before the parser sees it.
"""

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from html.entities import html5
from io import BytesIO
from itertools import pairwise

from lxml import etree

from pipelines.extract.tree import clean_characters, decide_encoding

MAX_BYTES = 16_000_000
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,31};)")
_STRAY_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(#?\w{1,31};)")
_DECLARATION = re.compile(r"\s{0,200}<\?xml[^>]{0,300}>")
# Nothing but a tag, a comment, CDATA or an instruction begins with it: ``a < b`` and ``<32 jets`` are text.
_BARE_LESS = re.compile(r"<(?![A-Za-z_/!?])")
_TAG = re.compile(r"<[A-Za-z][^<>]{0,2000}>")
_UNQUOTED = re.compile(r"""(\s[\w:.-]{1,40}=)([^\s"'<>=]{1,500})(?=[\s/>])""")
# After its first error libxml2 passes on these five by name; numbers are read in any case.
_PREDEFINED = {"&amp;": "&#38;", "&lt;": "&#60;", "&gt;": "&#62;", "&quot;": "&#34;", "&apos;": "&#39;"}
_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)[\s>]", re.IGNORECASE)
# What a document begins with in encodings where ASCII is not one byte a character (XML 1.0, appendix F).
_WIDE_STARTS = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"), (b"\x4c\x6f\xa7\x94", "cp037"),
)  # fmt: skip
_LATIN = {"cp1250", "cp1254", "cp1257", "iso8859-2", "iso8859-4", "iso8859-10", "iso8859-13", "iso8859-16", "mac-roman"}
_FEW = 60  # bytes beyond ASCII that are too few to tell one Latin alphabet from another
_FIRST_TAG = re.compile(r"<(?:!--|([A-Za-z][\w.:-]{0,60}))")


def unpack(body: bytes) -> tuple[bytes, list[str]]:
    """Return ``body`` without gzip or zlib wrapping (also double, truncated, undeclared), cut at ``MAX_BYTES``."""
    problems: list[str] = []
    for _ in range(2):
        if not body.startswith((b"\x1f\x8b", b"\x78\x01", b"\x78\x9c", b"\x78\xda")):
            break
        body, is_whole = _inflate(body)
        if not is_whole and len(body) <= MAX_BYTES:
            problems.append("truncated gzip")
    if len(body) > MAX_BYTES:
        return body[:MAX_BYTES], [*problems, "too large"]
    return body, problems


def _inflate(body: bytes) -> tuple[bytes, bool]:
    inflater = zlib.decompressobj(wbits=47)  # 32 + 15: recognise the gzip or zlib header
    whole = b""
    while body and len(whole) <= MAX_BYTES:
        try:
            whole += inflater.decompress(body, MAX_BYTES + 1 - len(whole))
        except zlib.error:
            return whole, False
        if not inflater.eof:
            return whole, False
        body = inflater.unused_data
        inflater = zlib.decompressobj(wbits=47)
    return whole, True


def read_text(body: bytes, content_type: str | None) -> tuple[str, list[str]]:
    """Return the text of a feed or sitemap: unpacked, decoded, without leading blanks and characters XML forbids."""
    body, problems = unpack(body)
    encoding = _find_encoding(body, content_type)
    text = body.decode(encoding, "replace")
    if "\ufffd" in text and "\ufffd".encode() not in body:
        problems.append("encoding replaced")
    return clean_characters(text).decode().lstrip("\ufeff \t\r\n"), problems


def _find_encoding(body: bytes, content_type: str | None) -> str:
    for start, encoding in _WIDE_STARTS:
        if body.startswith(start):
            return encoding
    encoding = decide_encoding(body, content_type)
    # Declared as UTF-8, mostly, and written in what browsers take for Latin-1.
    if encoding.replace("_", "-") in _LATIN and sum(byte > 127 for byte in body[:200_000]) < _FEW:
        return "cp1252"
    return encoding


def read_markup(body: bytes, content_type: str | None) -> tuple[str, list[str]]:
    """Return the text as ``read_text`` does, from its root on where a page or a warning stands around it."""
    text, problems = read_text(body, content_type)
    root = _ROOT.search(text[:50_000])
    if root and not (text.startswith("<") and _ROOT.match(f"<{root_name(text)} ")):
        return text[root.start() :], [*problems, "leading junk"]
    return text, problems


def root_name(text: str) -> str:
    """Return the lower-case local name of the first element, "" where there is none in the first kilobytes."""
    start, _ = _cut_document_type(text[:20_000])
    position = 0
    while (match := _FIRST_TAG.search(start, position)) and match[1] is None:  # a comment may speak of elements
        position = start.find("-->", match.end())
        if position < 0:
            return ""
    return match[1].rpartition(":")[2].lower() if match else ""


def local_name(element: etree._Element) -> str:
    """Return an element's name without namespace or (undeclared) prefix, in lower case."""
    return _local(element.tag)


@lru_cache(1024)
def _local(tag: str) -> str:
    return str(tag).rpartition("}")[2].rpartition(":")[2].lower()


def iterate_elements(text: str, names: frozenset[str], problems: list[str]) -> Iterator[etree._Element]:
    """Yield each complete element with one of the local ``names``; freed afterwards, so memory stays flat.

    Bad markup is repaired where possible; what could not be is added to ``problems`` at the end.
    """
    text, had_entities = _cut_document_type(text)
    if had_entities:
        problems.append("doctype with entities")
    source = BytesIO(_repair(_DECLARATION.sub("", text, count=1)).encode())
    events = etree.iterparse(
        source, events=("end",), recover=True, resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in events:
            if local_name(element) in names:
                yield element
                _free(element)
    except etree.XMLSyntaxError:
        problems.append("malformed")
        return
    if len(events.error_log):
        problems.append("malformed")


def _free(element: etree._Element) -> None:
    element.clear(keep_tail=True)
    previous = element.getprevious()
    if previous is not None and previous.tag == element.tag:
        element.getparent().remove(previous)


def _cut_document_type(text: str) -> tuple[str, bool]:
    start = text[:20_000].upper().find("<!DOCTYPE")
    root = _ROOT.search(text[:20_000])
    if start < 0 or (root and root.start() < start):  # what stands later is talk of one
        return text, False
    close, bracket = text.find(">", start), text.find("[", start)
    if close < 0:
        return text[:start], False
    if 0 <= bracket < close:
        end = re.compile(r"\]\s{0,200}>").search(text, bracket)
        return (text[:start] + (text[end.end() :] if end else ""), True)
    return text[:start] + text[close + 1 :], False


def iterate_fragments(
    text: str, starts: list[int], names: frozenset[str], longest: int
) -> Iterator[Iterator[etree._Element]]:
    """Yield for each of the ``starts`` the elements that can be read from there to the next, likeliest first.

    One broken item costs one item then, where the markup between them stopped the parser.
    """
    for start, end in pairwise([*starts, len(text)]):
        fragment = text[start : min(end, start + longest)]
        # The second try is for elements whose own opening tag is broken.
        tries = (f"<all>{fragment}", f"<all><{root_name(fragment)}>{fragment.partition('>')[2]}")
        yield (element for markup in tries for element in iterate_elements(markup, names, []))


def _repair(text: str) -> str:
    """Make bare signs, references and unquoted attributes harmless, except within CDATA where they are text."""
    pieces: list[str] = []
    position = 0
    while (start := text.find("<![CDATA[", position)) >= 0 and (end := text.find("]]>", start)) >= 0:
        pieces += (_repair_markup(text[position:start]), text[start : end + 3])
        position = end + 3
    pieces.append(_repair_markup(text[position:]))
    return "".join(pieces)


def _repair_markup(text: str) -> str:
    text = _BARE_LESS.sub("&lt;", text)
    if _UNQUOTED.search(text):
        text = _TAG.sub(lambda tag: _UNQUOTED.sub(r'\1"\2"', tag[0]), text)
    if "&" in text:
        text = _STRAY_REFERENCE.sub(_plain_reference, _BARE_AMPERSAND.sub("&amp;", text))
        for name, number in _PREDEFINED.items():
            text = text.replace(name, number)
    return text


def _plain_reference(match: re.Match[str]) -> str:
    name = match[1]
    if name.startswith("#"):
        return match[0].lower() if _is_character_reference(name[1:-1]) else ""  # XML knows ``&#x41;`` only
    return html5.get(name, f"&amp;{name}").replace("<", "&lt;")


def _is_character_reference(digits: str) -> bool:
    try:
        number = int(digits[1:], 16) if digits[:1] in "xX" else int(digits)
    except ValueError:
        return False
    return (
        number in (9, 10, 13) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or 0x10000 <= number <= 0x10FFFF
    )
