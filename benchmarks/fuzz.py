"""Fuzzes extraction with atheris, guided by coverage: no bytes may make it raise or take more than 2 s of CPU a MB.

Usage: python benchmarks/fuzz.py [--pages FOLDER] [--seconds 300]     (needs the package atheris)

It begins with the newsroom's pages and those of the folder (HTML, gzipped or not); what breaks is left in a file.
"""

import argparse
import gzip
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["pipelines.extract"]):
    from pipelines.extract.article import extract
    from pipelines.items import Page

from newsroom.content import read_sites  # noqa: E402
from newsroom.site import answer  # noqa: E402

URL = "https://news.example/world/2026/11/some-story"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GRACE = 0.5  # seconds that a page may take however short it is


def try_bytes(data: bytes) -> None:
    """Extract one page; raises where extraction does, and where it is too slow for its size."""
    began = time.process_time()
    extract(Page(URL, URL, 200, data, NOW), NOW)
    spent = time.process_time() - began
    if spent > GRACE + 2 * len(data) / 1e6:
        raise TimeoutError(f"{spent:.2f} s of CPU for {len(data)} bytes")


def write_corpus(folder: Path, pages: Path | None) -> None:
    """Write the pages to begin with, each cut to what mutates well."""
    stories = [(site, story.path) for site in read_sites().values() for story in site.articles(1)]
    samples = [answer(site, path, 8000, 1).body for site, path in stories]
    for path in sorted(pages.rglob("*.html*")) if pages else ():
        raw = path.read_bytes()
        samples.append(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    for number, sample in enumerate(samples):
        (folder / str(number)).write_bytes(sample[:60_000])


def main() -> None:
    """Fuzz for so many seconds; exits with 0 where nothing broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--seconds", type=int, default=300)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    write_corpus(folder, options.pages)
    limits = [f"-max_total_time={options.seconds}", "-max_len=65536", "-timeout=60", "-rss_limit_mb=4096"]
    atheris.Setup([sys.argv[0], str(folder), *limits, "-print_final_stats=1"], try_bytes)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
