"""How well and how fast pages are judged, beside a plain list of keywords.

Run from the repository: python benchmarks/relevance.py [../shared/gold/relevance_dev.jsonl]
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipelines.claims.relevance import judge_relevance

KEYWORDS = (
    "weapon",
    "arms",
    "missile",
    "tank",
    "fighter jet",
    "military aid",
    "armas",
    "misil",
    "armes",
    "оруж",
    "ракет",
    "silah",
)
PAGE = "The council met on Tuesday, and the mayor said that work on the new bus lanes would begin in spring. "
Judge = Callable[[dict[str, str | None]], bool]


def by_keywords(row: dict[str, str | None]) -> bool:
    """Answer yes where any keyword stands."""
    text = f"{row['headline']} {row['first_sentence'] or ''}".lower()
    return any(word in text for word in KEYWORDS)


def by_score(row: dict[str, str | None]) -> bool:
    """Answer as the crawl does."""
    return judge_relevance(row["headline"], row["first_sentence"], "", row["language"]).is_relevant


def print_scores(name: str, judge: Judge, rows: list[dict]) -> None:
    """Print precision, recall and F1 of one judge."""
    judged = [judge(row) for row in rows]
    hits = sum(found and row["relevant"] for found, row in zip(judged, rows, strict=True))
    precision, recall = hits / max(sum(judged), 1), hits / sum(row["relevant"] for row in rows)
    balance = 2 * precision * recall / (precision + recall)
    print(f"{name:10} precision {precision:.3f}  recall {recall:.3f}  F1 {balance:.3f}")


def print_speed(name: str, text: str) -> None:
    """Print the time one page of 5,000 characters takes."""
    judge_relevance(None, None, text, "en")
    started = time.process_time()
    for _ in range(200):
        judge_relevance(None, None, text, "en")
    print(f"{name:10} {(time.process_time() - started) * 5:.2f} ms a page")


def main() -> int:
    """Compare both judges and time the common and the costly page."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold/relevance_dev.jsonl")
    if not path.exists():
        print(f"no labelled headlines at {path}", file=sys.stderr)
        return 2
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    print_scores("keywords", by_keywords, rows)
    print_scores("score", by_score, rows)
    print_speed("no arms", (PAGE * 60)[:5000])
    print_speed("arms", (("Norway will deliver 12 howitzers to Chile. " + PAGE * 2) * 60)[:5000])
    return 0


if __name__ == "__main__":
    sys.exit(main())
