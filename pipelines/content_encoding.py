"""Pure: takes the Content-Encoding off a body, up to a limit, and never takes a cut-off body for a whole one."""

import zlib
from collections.abc import Callable, Iterator, Sequence

import brotli  # type: ignore[import-untyped]
from backports import zstd

CHUNK = 1 << 16  # bytes unpacked at a time
MEMBERS_MAX = 100  # gzip members or zstd frames one after another; thousands of empty ones would cost minutes


class CutOffBodyError(Exception):
    """The body ends before its encoding does, or is corrupt. Raised by decode()."""


class TooLargeBodyError(Exception):
    """The body unpacks to more than the limit. Raised by decode()."""


def decode(body: bytes, encodings: Sequence[str], limit: int) -> bytes:
    """Take the encodings off, last one first, up to an unknown one; raises CutOffBodyError, TooLargeBodyError."""
    for encoding in reversed(encodings):
        unpack = UNPACKERS.get(encoding.strip().lower())
        if unpack is None:
            break
        body = _collect(unpack(body), limit) if body else body
    return body


def _collect(pieces: Iterator[bytes], limit: int) -> bytes:
    whole = bytearray()
    try:
        for piece in pieces:
            whole += piece
            if len(whole) > limit:
                raise TooLargeBodyError(f"more than {limit} bytes unpacked")
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        raise CutOffBodyError(str(error)) from error
    return bytes(whole)


def _unpack_gzip(body: bytes) -> Iterator[bytes]:
    for _ in range(MEMBERS_MAX):
        inflater = zlib.decompressobj(wbits=31)
        yield from _inflate(inflater, body)
        body = inflater.unused_data
        if not body.startswith(b"\x1f\x8b"):  # the end, or filling after it
            return
    raise CutOffBodyError("too many gzip members")


def _unpack_deflate(body: bytes) -> Iterator[bytes]:
    # Some servers leave out the zlib header, which is a multiple of 31 (RFC 1950, 2.2).
    has_header = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    yield from _inflate(zlib.decompressobj(wbits=15 if has_header else -15), body)


def _inflate(inflater: "zlib._Decompress", body: bytes) -> Iterator[bytes]:
    while not inflater.eof:
        piece = inflater.decompress(body, CHUNK)
        body = inflater.unconsumed_tail
        if not piece and not body and not inflater.eof:
            raise CutOffBodyError("cut off")
        yield piece


def _unpack_brotli(body: bytes) -> Iterator[bytes]:
    decompressor = brotli.Decompressor()
    while not decompressor.is_finished():
        piece = decompressor.process(body, output_buffer_limit=CHUNK)
        body = b""
        if not piece and not decompressor.is_finished():
            raise CutOffBodyError("cut off")
        yield piece


def _unpack_zstd(body: bytes) -> Iterator[bytes]:
    for _ in range(MEMBERS_MAX):
        decompressor = zstd.ZstdDecompressor()
        while not decompressor.eof:
            piece = decompressor.decompress(body, CHUNK)
            body = b""
            if not piece and decompressor.needs_input:
                raise CutOffBodyError("cut off")
            yield piece
        body = decompressor.unused_data
        if not body:
            return
    raise CutOffBodyError("too many zstd frames")


UNPACKERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _unpack_gzip,
    "x-gzip": _unpack_gzip,
    "deflate": _unpack_deflate,
    "br": _unpack_brotli,
    "zstd": _unpack_zstd,
}
ACCEPTED = "gzip, deflate, br, zstd"
