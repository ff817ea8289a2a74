import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.archive import ArchiveWriter, DamagedRecordError, end_of_last_record, read_capture
from pipelines.items import Received

RECEIVED = Received(
    url="https://example.org/after-redirect",
    status=200,
    headers=((b"Content-Type", b"text/html"), (b"Content-Encoding", b"gzip"), (b"X-Empty", b"")),
    body=bytes(range(256)) * 40,
    fetched_at=datetime(2026, 11, 20, 12, 0, 1, 250000, tzinfo=UTC),
)


def test_reads_back_what_was_received(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "source/day.warc.gz")
    plain = dataclasses.replace(RECEIVED, headers=((b"Content-Type", b"text/html"),), body=b"<p>caf\xc3\xa9")
    captures = [writer.append(each, "https://example.org/asked") for each in (RECEIVED, plain, RECEIVED)]
    writer.close()
    assert [read_capture(tmp_path, each) for each in captures] == [RECEIVED, plain, RECEIVED]


@pytest.mark.parametrize("cut", [1, 5, 200, 1000])
def test_cuts_off_a_half_written_record_before_appending(tmp_path: Path, cut: int) -> None:
    # A kill in the middle of a write leaves the start of a record; readers hand it out without an error.
    path = tmp_path / "day.warc.gz"
    writer = ArchiveWriter(tmp_path, path.name)
    first, second = (writer.append(RECEIVED, "https://example.org/1") for _ in range(2))
    writer.close()
    path.write_bytes(path.read_bytes()[: second.warc_offset + cut])
    assert end_of_last_record(path) == second.warc_offset
    writer = ArchiveWriter(tmp_path, path.name, known_end=second.warc_offset)
    third = writer.append(RECEIVED, "https://example.org/2")
    writer.close()
    assert third.warc_offset == second.warc_offset
    assert read_capture(tmp_path, first) == RECEIVED
    assert read_capture(tmp_path, third).body == RECEIVED.body


def test_tells_of_an_altered_record(tmp_path: Path) -> None:
    path = tmp_path / "day.warc.gz"
    writer = ArchiveWriter(tmp_path, path.name)
    capture = writer.append(RECEIVED, "https://example.org/")
    writer.close()
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    path.write_bytes(bytes(damaged))
    with pytest.raises(DamagedRecordError):
        read_capture(tmp_path, capture)


def test_tells_of_a_missing_file(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "day.warc.gz")
    capture = writer.append(RECEIVED, "https://example.org/")
    writer.close()
    (tmp_path / "day.warc.gz").unlink()
    with pytest.raises(DamagedRecordError):
        read_capture(tmp_path, capture)
