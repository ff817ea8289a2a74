import gzip
import time
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd

from pipelines.content_encoding import CutOffBodyError, TooLargeBodyError, decode

TEXT = b"<p>Twelve frigates for the coast guard.</p>" * 50
NOISE = bytes(zlib.crc32(bytes([n % 256, n // 256])) & 0xFF for n in range(30_000))  # does not shrink


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "br": ("br", brotli.compress),
    "zstd": ("zstd", zstd.compress),
}
packed = pytest.mark.parametrize(("name", "pack"), PACKERS.values(), ids=PACKERS)


@packed
@pytest.mark.parametrize("body", [b"", TEXT, NOISE, TEXT * 500], ids=["nothing", "text", "noise", "long"])
def test_gives_the_body_back(name: str, pack: Callable[[bytes], bytes], body: bytes) -> None:
    assert decode(pack(body), [name], 10_000_000) == body


@packed
@pytest.mark.parametrize("lost", [1, 5, 200], ids=lambda lost: f"{lost} bytes lost")
def test_a_cut_off_body_is_not_whole(name: str, pack: Callable[[bytes], bytes], lost: int) -> None:
    with pytest.raises(CutOffBodyError):
        decode(pack(NOISE)[:-lost], [name], 10_000_000)


@packed
def test_a_bomb_stops_at_the_limit(name: str, pack: Callable[[bytes], bytes]) -> None:
    with pytest.raises(TooLargeBodyError):
        decode(pack(bytes(5_000_000)), [name], 1_000_000)


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
def test_what_is_not_packed_is_corrupt(name: str) -> None:
    with pytest.raises(CutOffBodyError):
        decode(TEXT, [name], 1_000_000)


@pytest.mark.parametrize(
    ("encodings", "body"),
    [
        ([], TEXT),
        (["identity"], TEXT),
        (["aws-chunked"], TEXT),
        (["GZIP "], gzip.compress(TEXT, mtime=0)),
        (["x-gzip"], gzip.compress(TEXT, mtime=0)),
        (["gzip", "br"], brotli.compress(gzip.compress(TEXT, mtime=0))),
        (["gzip"], gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0)),  # two members
        (["gzip"], gzip.compress(TEXT, mtime=0) + bytes(9)),  # filling
        (["zstd"], zstd.compress(TEXT[:100]) + zstd.compress(TEXT[100:])),
        (["unheard-of", "gzip"], gzip.compress(TEXT, mtime=0)),
    ],
)
def test_encodings(encodings: list[str], body: bytes) -> None:
    assert decode(body, encodings, 1_000_000) == TEXT


@pytest.mark.parametrize(("name", "empty"), [("gzip", gzip.compress(b"", mtime=0)), ("zstd", zstd.compress(b""))])
def test_thousands_of_empty_members_cost_no_time(name: str, empty: bytes) -> None:
    began = time.monotonic()
    with pytest.raises(CutOffBodyError):
        decode(empty * 200_000, [name], 1_000_000)
    assert time.monotonic() - began < 1
