"""The archive: every response as received, in WARC files (ISO 28500), one record a gzip member."""

import hashlib
import io
import os
import zlib
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType, has_valid_block_digest

from pipelines.items import CaptureDraft, Received

CHUNK = 1 << 16


class DamagedRecordError(Exception):
    """A record of the archive is cut off, altered or missing. Raised by read_capture()."""


class ArchiveWriter:
    """Appends records to one WARC file of the folder ``captures``.

    ``known_end`` is where the last record that the database knows ends: what a killed run left half-written behind it
    is cut off before anything is appended, since readers hand a cut-off record out without an error.
    """

    def __init__(self, folder: Path, name: str, known_end: int = 0) -> None:
        self.name = name
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab")
        self._file.truncate(end_of_last_record(path, known_end))
        self._file.seek(0, os.SEEK_END)

    def append(self, received: Received, url: str) -> CaptureDraft:
        """Write one response; what is written counts only once sync() has come back."""
        is_compressed = any(name.lower() == b"content-encoding" for name, _ in received.headers)
        record = _pack(_record(received, url), level=0 if is_compressed else 1)
        offset = self._file.tell()
        self._file.write(record)
        return CaptureDraft(
            warc_file=self.name,
            warc_offset=offset,
            warc_length=len(record),
            sha256=hashlib.sha256(received.body).hexdigest(),
            bytes=len(received.body),
        )

    def sync(self) -> None:
        """Bring all records to the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Bring all records to the disk and close the file."""
        self.sync()
        self._file.close()


def _record(received: Received, url: str) -> bytes:
    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.response)
    record.headers.append("WARC-Target-URI", url)
    record.headers["WARC-Date"] = received.fetched_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if received.url != url:
        record.headers.append("WARC-Final-URI", received.url)
    record.is_http = True
    record.set_bytes_content(_http_head(received) + received.body)
    stream = io.BytesIO()
    record.write(stream, checksum_data=True)
    return stream.getvalue()


def _http_head(received: Received) -> bytes:
    phrase = HTTPStatus(received.status).phrase if received.status in HTTPStatus._value2member_map_ else ""
    lines = [f"{received.http_version} {received.status} {phrase}".encode("ascii")]
    lines += [name + b": " + value.replace(b"\r", b" ").replace(b"\n", b" ") for name, value in received.headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _pack(record: bytes, level: int) -> bytes:
    """Make a gzip member; level 0 wraps without compressing again, a high one costs time and saves little."""
    packer = zlib.compressobj(level, wbits=31)
    return packer.compress(record) + packer.flush()


def end_of_last_record(path: Path, known_end: int = 0) -> int:
    """Find where the last whole gzip member ends, looking from ``known_end`` on."""
    with path.open("rb") as file:
        end = min(known_end, path.stat().st_size)
        file.seek(end)
        unpacker = zlib.decompressobj(wbits=31)
        position = end
        while chunk := file.read(CHUNK):
            while chunk:
                try:
                    unpacker.decompress(chunk)
                except zlib.error:
                    return end
                position += len(chunk) - len(unpacker.unused_data)
                if not unpacker.eof:
                    break
                end, chunk = position, unpacker.unused_data
                unpacker = zlib.decompressobj(wbits=31)
    return end


def read_capture(folder: Path, capture: CaptureDraft) -> Received:
    """Read one response back; raises DamagedRecordError unless length and digests are those that were written."""
    place = f"{capture.warc_file} at {capture.warc_offset}"
    try:
        with (folder / capture.warc_file).open("rb") as file:
            file.seek(capture.warc_offset)
            packed = file.read(capture.warc_length)
        record = next(iter(ArchiveIterator(io.BytesIO(packed), parse_http=False)), None)
        # Readers hand out a cut-off record without an error: its length is what tells.
        if record is None or len(packed) != capture.warc_length or not has_valid_block_digest(record):
            raise DamagedRecordError(f"{place}: missing, cut off or altered")
        received = _parse_record(record)
    except OSError as error:
        raise DamagedRecordError(f"{place}: {error}") from error
    if hashlib.sha256(received.body).hexdigest() != capture.sha256:
        raise DamagedRecordError(f"{place}: another response than the one captured")
    return received


def _parse_record(record: WarcRecord) -> Received:
    return parse_response(
        record.reader.read(),
        record.headers.get("WARC-Final-URI") or record.headers["WARC-Target-URI"],
        record.record_date,
    )


def parse_response(raw: bytes, url: str, fetched_at: datetime) -> Received:
    """Take head and body of an HTTP/1 response apart; raises ValueError where there is no status line."""
    head, _, body = raw.partition(b"\r\n\r\n")
    status_line, *lines = head.split(b"\r\n")
    version, status, *_ = status_line.decode("latin-1").split(" ")
    headers = tuple((name, value.lstrip()) for name, _, value in (line.partition(b":") for line in lines))
    return Received(url, int(status), headers, body, fetched_at, version)
