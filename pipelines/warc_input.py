"""Pages out of WARC files of others' making (ISO 28500; CC-NEWS, WACZ), as a stream, with what cannot be read named."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import IO

from fastwarc.warc import (
    ArchiveIterator,
    WarcRecord,
    WarcRecordType,
    has_block_digest,
    has_valid_block_digest,
)

from pipelines.archive import parse_response
from pipelines.content_encoding import CutOffBodyError, TooLargeBodyError, decode
from pipelines.items import Found, Page, Received

CONTENT = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource | WarcRecordType.conversion
GZIP_START = b"\x1f\x8b\x08"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class NotRead:
    """A record that gives no page, and why."""

    reason: str


def read_warc(path: Path, maxsize: int) -> Iterator[tuple[Page | NotRead, int]]:
    """Yield each response of the file, and how far into it that is in bytes; raises OSError where it cannot be opened.

    A damaged record costs that record: reading goes on at the next gzip member. Of records without a response those
    that hold or stand for content (``revisit``, ``resource``, ``conversion``) are named; what is about the fetch
    (``warcinfo``, ``request``, ``metadata``) is passed over.
    """
    if path.suffix.lower() == ".wacz":
        yield from _read_wacz(path, maxsize)
        return
    with path.open("rb") as file:
        yield from _read_stream(file, path.name, maxsize)


def _read_wacz(path: Path, maxsize: int) -> Iterator[tuple[Page | NotRead, int]]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise OSError(f"{path}: {error}") from error
    with archive:
        for member in archive.infolist():
            if member.filename.lower().endswith((".warc", ".warc.gz")):
                # Kept open without unpacking to disk: names within an archive lead nowhere.
                with archive.open(member) as file:
                    for item, _ in _read_stream(file, f"{path.name}/{member.filename}", maxsize):
                        yield item, member.header_offset


def _read_stream(file: IO[bytes], name: str, maxsize: int) -> Iterator[tuple[Page | NotRead, int]]:
    start: int | None = 0
    while start is not None:
        last = None
        try:
            for record in ArchiveIterator(file, record_types=CONTENT, parse_http=False):
                last = record.stream_pos
                yield _read_record(record, name, maxsize), start + last
        except OSError:
            broken = start + (last or 0)
            is_first = last is None
            start = _next_member(file, broken + 1)
            # Behind good records comes the broken one first, and counts when it fails by itself.
            if is_first or start is None:
                yield NotRead("damaged"), broken
        else:
            return


def _next_member(file: IO[bytes], position: int) -> int | None:
    """Find where the next gzip member may begin and go there."""
    file.seek(position)
    tail = b""
    while chunk := file.read(CHUNK):
        found = (tail + chunk).find(GZIP_START)
        if found >= 0:
            position += found - len(tail)
            file.seek(position)
            return position
        position += len(chunk)
        tail = chunk[-2:]
    return None


def _read_record(record: WarcRecord, name: str, maxsize: int) -> Page | NotRead:
    if record.record_type != WarcRecordType.response:
        return NotRead(f"{record.headers['WARC-Type']} record")
    if record.content_length > 2 * maxsize:
        return NotRead("too large")
    if has_block_digest(record) and not has_valid_block_digest(record):
        return NotRead("damaged")
    raw = record.reader.read()
    if len(raw) != record.content_length:  # readers hand out a cut-off record without an error
        return NotRead("cut off")
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    try:
        received = parse_response(raw, url, record.record_date.astimezone(UTC))
        return _make_page(_without_chunks(received), name, maxsize)
    except (ValueError, TypeError, AttributeError):
        return NotRead("no HTTP response")


def _without_chunks(received: Received) -> Received:
    """Take the chunked transfer coding off, which belongs to the wire (RFC 9112, 7.1), where it is still there."""
    coding = _header(received, b"transfer-encoding")
    if coding is None or "chunked" not in coding.lower():
        return received
    headers = tuple(pair for pair in received.headers if pair[0].lower() != b"transfer-encoding")
    stream, body = io.BytesIO(received.body), bytearray()
    try:
        while size := int(stream.readline(32).split(b";")[0], 16):
            body += stream.read(size)
            stream.readline(8)
    except ValueError:
        return replace(received, headers=headers)  # the archive's writer took it off already
    return replace(received, headers=headers, body=bytes(body))


def _make_page(received: Received, name: str, maxsize: int) -> Page | NotRead:
    if received.status != 200:
        return NotRead(f"status {received.status}")
    content_type = _header(received, b"content-type")
    encodings = (_header(received, b"content-encoding") or "").split(",")
    try:
        body = decode(received.body, encodings, maxsize)
    except TooLargeBodyError:
        return NotRead("too large")
    except CutOffBodyError:
        if b"<" not in received.body[:1_000]:
            return NotRead("cut off")
        body = received.body  # unpacked by the archive's writer, who left the header
        received = replace(received, headers=tuple(p for p in received.headers if p[0].lower() != b"content-encoding"))
    found = Found(received.url, found_in=name)
    return Page(
        url=received.url,
        final_url=received.url,
        status=received.status,
        body=body,
        fetched_at=received.fetched_at,
        content_type=content_type,
        found=found,
        received=received,
    )


def _header(received: Received, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in received.headers if key.lower() == name), None)
