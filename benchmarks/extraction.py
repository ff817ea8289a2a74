"""Extraction side by side: ours, trafilatura, and every other reader that can be imported, on pages with gold.

Usage: python benchmarks/extraction.py [--pages FOLDER] [--sources aeb,fundus,traf] [--passes 1] [--only NAME,...]

Body: macro precision, recall and F1 of bags of four-word shingles (traf: wanted and unwanted pieces, micro F1).
Title equal, and equal in letters and digits; authors F1; day; minute with zone; milliseconds of CPU a page.
"""

import argparse
import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cli.extracting import reading_text  # noqa: E402
from pipelines.extract.article import extract  # noqa: E402
from pipelines.items import Page  # noqa: E402

NOW = datetime.now(UTC)
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Reading:
    """What one reader says of one page; None where it does not read that field at all, as ``dates`` says of dates."""

    body: str | None = None
    title: str | None = None
    authors: list[str] | None = None
    published: datetime | None = None
    zoned: bool = True
    dates: bool = True


@dataclass(slots=True)
class Score:
    """Sums over the pages of one source for one reader."""

    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    failures: int = 0
    milliseconds: list[float] = field(default_factory=list)


def ours(html: bytes, url: str) -> Reading:
    """Read with this project's extractor."""
    draft = extract(Page(url, url, 200, html, NOW), NOW)
    at = draft.published.at if draft.published else None
    is_zoned = bool(draft.published and draft.published.zoned)
    return Reading(reading_text(draft), draft.headline or "", list(draft.authors), at, is_zoned)


def by_trafilatura(html: bytes, url: str) -> Reading:
    """Read with trafilatura, metadata and all."""
    module = import_module("trafilatura")
    found = module.bare_extraction(html, url=url, include_comments=False, with_metadata=True)
    if found is None:
        return Reading("", "", [])
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    return Reading(found.text or "", found.title or "", authors, instant(found.date), zoned=False)


def by_newspaper(html: bytes, url: str) -> Reading:
    """Read with newspaper4k."""
    article = import_module("newspaper").Article(url or "http://localhost/", fetch_images=False)
    article.download(input_html=html.decode("utf-8", "replace"))
    article.parse()
    return Reading(article.text, article.title, list(article.authors), article.publish_date)


def by_newsplease(html: bytes, url: str) -> Reading:
    """Read with news-please."""
    article = import_module("newsplease").NewsPlease.from_html(
        html.decode("utf-8", "replace"), url=url, fetch_images=False
    )
    return Reading(
        article.maintext or "", article.title or "", list(article.authors or []), article.date_publish, zoned=False
    )


def by_goose(html: bytes, _url: str) -> Reading:
    """Read with goose3."""
    article = (
        import_module("goose3")
        .Goose({"enable_image_fetching": False})
        .extract(raw_html=html.decode("utf-8", "replace"))
    )
    return Reading(article.cleaned_text, article.title, list(article.authors), instant(str(article.publish_date or "")))


def by_readability(html: bytes, _url: str) -> Reading:
    """Read with readability-lxml: body and title only."""
    document = import_module("readability").Document(html.decode("utf-8", "replace"))
    tree = import_module("lxml.html").fromstring(document.summary())
    return Reading(tree.text_content(), document.short_title(), dates=False)


def by_resiliparse(html: bytes, _url: str) -> Reading:
    """Read with resiliparse: body only."""
    tree = import_module("resiliparse.parse.html").HTMLTree.parse(html.decode("utf-8", "replace"))
    text = import_module("resiliparse.extract.html2text").extract_plain_text(tree, main_content=True)
    return Reading(text, tree.title or "", dates=False)


def by_htmldate(html: bytes, url: str) -> Reading:
    """Read with htmldate: the day only."""
    found = import_module("htmldate").find_date(html, url=url, original_date=True)
    return Reading(published=instant(found), zoned=False)


READERS: dict[str, tuple[str, Callable[[bytes, str], Reading]]] = {
    "ours": ("pipelines", ours),
    "trafilatura": ("trafilatura", by_trafilatura),
    "newspaper4k": ("newspaper", by_newspaper),
    "news-please": ("newsplease", by_newsplease),
    "goose3": ("goose3", by_goose),
    "readability": ("readability", by_readability),
    "resiliparse": ("resiliparse", by_resiliparse),
    "htmldate": ("htmldate", by_htmldate),
}


def instant(text: str | None) -> datetime | None:
    """Return the instant an ISO text states, None where it states none."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the bag of four-word runs of a text."""
    words = _WORD.findall(text)
    return Counter(tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3)))


def score_body(score: Score, gold: dict[str, Any], body: str) -> None:
    """Add one page's body: by shingles, or by wanted and unwanted pieces."""
    if gold.get("chunks"):
        text = " ".join(body.split())
        wanted, unwanted = ([" ".join(piece.split()) in text for piece in pieces] for pieces in gold["chunks"])
        score.counts.update(tp=sum(wanted), fn=len(wanted) - sum(wanted), fp=sum(unwanted))
    elif gold.get("body"):
        true, found = shingles(gold["body"]), shingles(body)
        hits = sum((true & found).values())
        score.precision.append(hits / max(1, sum(found.values())))
        score.recall.append(hits / max(1, sum(true.values())))


def score_fields(score: Score, gold: dict[str, Any], reading: Reading) -> None:
    """Add one page's title, authors and date."""
    if gold.get("title") and reading.title is not None:
        score.counts["titles"] += 1
        score.counts["title"] += gold["title"].strip() == reading.title.strip()
        score.counts["letters"] += letters(gold["title"]) == letters(reading.title)
    if gold.get("authors") and reading.authors is not None:
        true, found = ({plain_name(name) for name in names} for names in (gold["authors"], reading.authors))
        score.counts.update(a_tp=len(true & found), a_fp=len(found - true), a_fn=len(true - found))
    if gold.get("published") and reading.dates:
        score_date(score, datetime.fromisoformat(gold["published"]), reading)


def score_date(score: Score, true: datetime, reading: Reading) -> None:
    """Add one page's date: the day in the gold's zone, and the minute where the gold states a zone."""
    at = reading.published
    is_aware = at is not None and at.tzinfo is not None and reading.zoned
    score.counts["days"] += 1
    if at is not None:
        local = at.astimezone(true.tzinfo) if is_aware and true.tzinfo else at
        score.counts["day"] += local.date() == true.date()
    if true.tzinfo:
        score.counts["minutes"] += 1
        score.counts["minute"] += is_aware and at is not None and abs((at - true).total_seconds()) <= 60


def letters(text: str) -> str:
    """Return letters and digits in lower case."""
    return "".join(char for char in text.lower() if char.isalnum())


def plain_name(name: str) -> str:
    """Return a name for comparing: case and a leading "by" ignored."""
    return " ".join(name.lower().split()).removeprefix("by ")


def measure(read: Callable[[bytes, str], Reading], pages: list[tuple[dict[str, Any], bytes]], passes: int) -> Score:
    """Return the score of one reader over pages; the first call, which loads models, is not timed."""
    score = Score()
    read(
        b"<html><head><title>A title</title></head><body><p>" + b"Some words to start with. " * 40, "http://localhost/"
    )
    for gold, html in pages:
        times = []
        reading = Reading("", "", [])
        for _ in range(passes):
            start = time.process_time()
            try:
                reading = read(html, gold["url"])
            except Exception as error:  # noqa: BLE001 - a reader's failure is a result here
                score.failures += 1
                print(f"  {gold['id']}: {type(error).__name__}: {str(error)[:80]}", file=sys.stderr)
            times.append((time.process_time() - start) * 1000)
        score.milliseconds.append(statistics.median(times))
        if reading.body is not None:
            score_body(score, gold, reading.body)
        score_fields(score, gold, reading)
    return score


def line(name: str, score: Score) -> str:
    """Return one row of the table."""
    counts = score.counts
    body = harmonic(statistics.fmean(score.precision), statistics.fmean(score.recall)) if score.precision else None
    if counts["tp"]:
        body = 2 * counts["tp"] / (2 * counts["tp"] + counts["fp"] + counts["fn"])
    authors_sum = 2 * counts["a_tp"] + counts["a_fp"] + counts["a_fn"]
    cells = [
        body,
        ratio(counts["title"], counts["titles"]),
        ratio(counts["letters"], counts["titles"]),
        ratio(2 * counts["a_tp"], authors_sum),
        ratio(counts["day"], counts["days"]),
        ratio(counts["minute"], counts["minutes"]),
    ]
    shown = "".join("     -  " if cell is None else f"{cell:8.3f}" for cell in cells)
    times = score.milliseconds
    return f"{name:12}{shown}{statistics.fmean(times):9.1f}{max(times):9.0f}{score.failures:7}"


def harmonic(first: float, second: float) -> float:
    """Return the harmonic mean."""
    return 2 * first * second / (first + second) if first + second else 0.0


def ratio(part: int, whole: int) -> float | None:
    """Return a share, None where nothing was to be found."""
    return part / whole if whole else None


def load(folder: Path, source: str) -> list[tuple[dict[str, Any], bytes]]:
    """Return gold and bytes of the pages of one source."""
    rows = map(json.loads, (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    return [(row, gzip.decompress((folder / row["path"]).read_bytes())) for row in rows if row["source"] == source]


def importable(only: set[str]) -> Iterator[tuple[str, Callable[[bytes, str], Reading]]]:
    """Yield the readers that can be imported, and say which cannot."""
    for name, (module, read) in READERS.items():
        if only and name not in only:
            continue
        try:
            import_module(module)
        except ImportError as error:
            print(f"{name}: skipped, {error}", file=sys.stderr)
            continue
        yield name, read


def main() -> int:
    """Print one table a source."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "pages")
    parser.add_argument("--sources", default="aeb,fundus,traf,np4k")
    parser.add_argument("--passes", type=int, default=1)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    if not (options.pages / "gold.jsonl").is_file():
        print(f"no gold.jsonl in {options.pages}", file=sys.stderr)
        return 2
    readers = list(importable({name for name in options.only.split(",") if name}))
    for source in options.sources.split(","):
        pages = load(options.pages, source)
        print(f"\n{source}, {len(pages)} pages")
        heads = "".join(f"{head:>8}" for head in ("body F1", "title", "letters", "authors", "day", "minute"))
        print(f"{'':12}{heads}{'CPU ms':>9}{'max ms':>9}{'failed':>7}")
        for name, score in ((name, partial(measure, read)(pages, options.passes)) for name, read in readers):
            print(line(name, score), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
