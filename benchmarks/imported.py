"""Times ``armswatch import`` on a generated CC-NEWS-like file, as pages a second.

Usage: python -m benchmarks.imported [--records 10000] [--files 2] [--pages FOLDER]. The pages are those of FOLDER
(HTML, gzipped or not), each under many addresses, else invented ones; one record in twenty is about arms.
"""

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

from fastwarc.warc import WarcRecord, WarcRecordType

from crawler.spiders.saved_pages import find_files, read_body

ABOUT_ARMS = "Ruritania orders {n} F-16 fighter jets from the United States"
START = datetime(2026, 11, 1, tzinfo=UTC)


def bodies(folder: Path | None) -> Iterator[bytes]:
    """Yield page after page without end, every twentieth about an arms deal."""
    others = [read_body(path) for path in find_files(folder)] if folder else [_page(n) for n in range(40)]
    for number, body in enumerate(cycle(others)):
        yield _page(number, ABOUT_ARMS.format(n=number % 90 + 2)) if number % 20 == 0 else body


def _page(number: int, headline: str = "The town council met on Tuesday") -> bytes:
    menu = "".join(f'<li><a href="/section-{n}">Section {n}</a></li>' for n in range(60))
    text = f"{headline}, officials said in statement {number}. The vote followed a debate on the budget for roads. "
    paragraphs = "".join(f"<p>{text * 3}</p>" for _ in range(12))
    script = "<script>" + "var a = {b: 1};" * 800 + "</script>"
    return (
        f"<html lang=en><head><title>{headline}</title>{script}</head><body><nav><ul>{menu}</ul></nav><article>"
        f"<h1>{headline}</h1><time datetime=2026-11-02>2 November 2026</time>{paragraphs}</article></body></html>"
    ).encode()


def write_warc(path: Path, records: int, pages: Iterator[bytes]) -> None:
    """Write a file of responses, one gzip member each, as CC-NEWS has them."""
    with path.open("wb") as file:
        for number in range(records):
            record = WarcRecord()
            record.init_headers(record_type=WarcRecordType.response)
            record.headers.append("WARC-Target-URI", f"https://outlet{number % 300}.example/{path.stem}/{number}")
            record.headers["WARC-Date"] = (START + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
            record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + next(pages))
            file.write(gzip.compress(_bytes_of(record), 1))


def _bytes_of(record: WarcRecord) -> bytes:
    with tempfile.SpooledTemporaryFile() as stream:
        record.write(stream, checksum_data=True)
        stream.seek(0)
        return stream.read()


def main() -> None:
    """Print what two imports of the same files say and take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=2)
    parser.add_argument("--pages", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"file{number}.warc.gz" for number in range(options.files)]
        for path in paths:
            write_warc(path, options.records // options.files, bodies(options.pages))
        environment = os.environ | {"ARMSWATCH_DATA_DIR": f"{folder}/data"}
        for turn in ("first", "again"):
            started = time.perf_counter()
            command = [sys.executable, "-P", "-m", "cli", "import", *map(str, paths)]
            subprocess.run(command, env=environment | {"PYTHONPATH": str(Path.cwd())}, check=True)
            seconds = time.perf_counter() - started
            print(f"{turn}: {seconds:.1f} s, {options.records / seconds:.0f} pages/s")


if __name__ == "__main__":
    main()
