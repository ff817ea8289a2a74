"""How well and how fast claims are found in text, beside plain co-occurrence.

Run from the repository: python -m benchmarks.claims [../shared/gold/claims_dev.jsonl]
"""

import json
import sys
import time
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import score
from benchmarks.accuracy import as_label
from pipelines.claims.from_text import Reader, find_passage_claims, paragraph_claims
from pipelines.claims.gazetteer import scan
from pipelines.claims.places import states_of
from pipelines.claims.sentences import split_sentences

FIELDS = ("status", "quantity", "value", "year", "modality")
PLAIN = "The council met on Tuesday, and the mayor said that work on the new bus lanes would begin in spring. "
TOLD = "Norway will deliver 12 howitzers to Chile, officials said on Monday. " + PLAIN
Finder = Callable[[dict[str, Any]], list[score.Claim]]


def by_rules(row: dict[str, Any]) -> list[score.Claim]:
    """Find claims as the crawl does."""
    return [as_label(claim) for claim in find_passage_claims(row["text"], row["language"], row.get("published"))]


def by_co_occurrence(row: dict[str, Any]) -> list[score.Claim]:
    """Claim the first two states of every sentence that names arms, as a delivery."""
    found: list[score.Claim] = []
    for start, end in split_sentences(row["text"]):
        sentence = row["text"][start:end]
        hits = scan(sentence)
        goods = [hit for hit in hits if hit.entry.kind in {"arms", "weapon", "designation"}]
        codes = list(dict.fromkeys(state.iso3 for state in states_of(sentence, hits)))[:2]
        found += [_guess(sentence[goods[0].start : goods[0].end], *pair) for pair in permutations(codes, 2) if goods][
            :1
        ]
    return found


def _guess(item: str, supplier: str, recipient: str) -> score.Claim:
    empty = dict.fromkeys(("quantity", "value_amount", "value_currency", "value_qualifier", "year"))
    sides = {"supplier": supplier, "recipient": recipient, "equipment": [item]}
    return {**empty, **sides, "category": "other", "status": "delivered", "modality": "asserted", "confidence": 0.5}


def print_scores(name: str, finder: Finder, rows: list[dict[str, Any]]) -> None:
    """Print precision, recall, F1 and the fields of the claims that pair."""
    judged = [score.judge(row["language"], row["claims"], finder(row)) for row in rows]
    tally = score.total(each.tally for each in judged)
    print(f"{name:14} precision {tally.precision:.3f}  recall {tally.recall:.3f}  F1 {tally.f1:.3f}", end="  ")
    print(f"false claims on {score.share_false(judged):.1%} of passages without any")
    if tally.right:
        print(" " * 14, *(f"{field} {score.share_right(field, judged):.2f}" for field in FIELDS))
    for language in sorted({each.language for each in judged}):
        part = score.total(each.tally for each in judged if each.language == language)
        print(f"{'':14} {language}: {part.right} right, {part.found} found, {part.wanted} labelled, F1 {part.f1:.2f}")


def print_speed(name: str, text: str) -> None:
    """Print the median time one page of about 1,000 words takes, in paragraphs of 5 sentences."""
    paragraphs = [text * 5] * round(1000 / len((text * 5).split()))
    reader = Reader("en", 2025)
    times: list[float] = []
    for _ in range(21):  # the first reads the vocabularies
        started = time.process_time()
        for place, paragraph in enumerate(paragraphs):
            paragraph_claims(paragraph, place, reader)
        times.append(time.process_time() - started)
    print(f"{name:34} {median(times[1:]) * 1000:.2f} ms a page of 1,000 words")


def main() -> int:
    """Compare both finders and time three kinds of page."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold/claims_dev.jsonl")
    if not path.exists():
        print(f"no labelled passages at {path}", file=sys.stderr)
        return 2
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    print_scores("co-occurrence", by_co_occurrence, rows)
    print_scores("rules", by_rules, rows)
    print_speed("no arms", PLAIN)
    print_speed("a claim in every second sentence", TOLD)
    print_speed("a claim in every sentence", TOLD.removesuffix(PLAIN))
    return 0


if __name__ == "__main__":
    sys.exit(main())
