"""What a capture holds: the response out of the archive, its body unpacked, as text and as a page that does nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lxml import etree
from lxml.html import HtmlElement

from pipelines.archive import DamagedRecordError, read_capture
from pipelines.content_encoding import CutOffBodyError, TooLargeBodyError, decode
from pipelines.extract.tree import decide_encoding, is_binary, parse_page
from pipelines.items import CaptureDraft, Page, Received

__all__ = ["CapturedPage", "DamagedRecordError", "InArchive", "content_type", "open_capture"]

# What runs, loads or sends something, or changes how all the rest is read.
LIVELY = (
    "script", "style", "link", "meta", "base", "iframe", "frame", "frameset", "object", "embed", "applet", "template",
    "svg", "math", "audio", "video", "source", "track", "input", "button", "select", "textarea", "portal", "noembed",
)  # fmt: skip
# Attributes that do none of that; an address is kept as a text that is shown when one points at the link.
DULL = {"alt", "title", "lang", "dir", "colspan", "rowspan", "headers", "scope", "start", "value", "datetime", "cite"}


class InArchive(Protocol):
    """Where a response lies in the archive: a row of the table ``capture``."""

    warc_file: str | None
    warc_offset: int | None
    warc_length: int | None
    sha256: str | None
    bytes: int | None


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """A response as it was received, where it lies, and its ``body`` unpacked."""

    received: Received
    draft: CaptureDraft
    body: bytes

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Give the headers as received."""
        return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in self.received.headers)

    @property
    def encoding(self) -> str | None:
        """Say how the body is read as text; None where it is none."""
        return None if is_binary(self.body) else decide_encoding(self.body, content_type(self.received))

    @property
    def text(self) -> str | None:
        """Give the body as text, None where it is none."""
        return None if self.encoding is None else self.body.decode(self.encoding, "replace")

    @property
    def is_html(self) -> bool:
        """Tell whether the body can be shown as a page."""
        return self.encoding is not None and self.body.lstrip()[:1] == b"<"

    def without_life(self) -> bytes:
        """Give the page as UTF-8 without anything that runs, loads, sends or leads elsewhere."""
        tree = self._tree()
        for element in tree.iter():
            _make_dull(element)
        return bytes(etree.tostring(tree, method="html", encoding="utf-8", doctype="<!doctype html>"))

    def has_words(self, quote: str) -> bool:
        """Tell whether the page shows these words, however they are broken into lines and elements."""
        return _squeezed(quote) in _squeezed("".join(self._tree().itertext()))

    def _tree(self) -> HtmlElement:
        received = self.received
        kind = content_type(received)
        page = Page(received.url, received.url, received.status, self.body, received.fetched_at, kind)
        tree = parse_page(page).tree
        etree.strip_elements(tree, *LIVELY, etree.Comment, with_tail=False)
        return tree


def _squeezed(text: str) -> str:
    """Leave out blanks, since an extractor puts them where elements meet, and a page need not."""
    return "".join(text.split())


def _make_dull(element: HtmlElement) -> None:
    address = element.get("href")
    for name in set(element.attrib) - DULL:
        del element.attrib[name]
    if address and not element.get("title"):
        element.set("title", address)


def open_capture(folder: Path, place: InArchive, most_bytes: int) -> CapturedPage:
    """Read a capture out of the folder ``captures``; raises DamagedRecordError where it cannot be had whole."""
    draft = _draft(place)
    if draft is None:
        raise DamagedRecordError("nothing was kept of this fetch")
    received = read_capture(folder, draft)
    return CapturedPage(received, draft, _decoded_body(received, most_bytes))


def _draft(place: InArchive) -> CaptureDraft | None:
    if place.warc_file is None or place.warc_offset is None or place.warc_length is None:
        return None
    return CaptureDraft(place.warc_file, place.warc_offset, place.warc_length, place.sha256 or "", place.bytes or 0)


def _decoded_body(received: Received, most_bytes: int) -> bytes:
    encodings = ",".join(_values(received, b"content-encoding")).split(",")
    try:
        return decode(received.body, encodings, most_bytes)
    except (CutOffBodyError, TooLargeBodyError) as error:
        raise DamagedRecordError(f"{received.url}: {error}") from error


def content_type(received: Received) -> str | None:
    """Give the Content-Type that the server sent."""
    return next(iter(_values(received, b"content-type")), None)


def _values(received: Received, name: bytes) -> Sequence[str]:
    return [value.decode("latin-1") for key, value in received.headers if key.lower() == name]
