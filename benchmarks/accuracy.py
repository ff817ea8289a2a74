"""How often claims and relevance are right on the project's own labelled sentences; writes docs/accuracy.md.

Run from the repository: python -m benchmarks.accuracy [--check | --errors]
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks import score
from pipelines.claims.from_text import find_passage_claims
from pipelines.claims.relevance import judge_relevance
from pipelines.items import ClaimDraft

ROOT = Path(__file__).parent.parent
LABELLED = ROOT / "tests" / "claims" / "labelled.jsonl"
HEADLINES = ROOT / "tests" / "claims" / "relevance.jsonl"
CARD = ROOT / "docs" / "accuracy.md"
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
LANGUAGES = {"en": "English", "es": "Spanish", "ru": "Russian", "fr": "French", "tr": "Turkish"}
METHOD = """# How often it is right

Every figure on this page is measured on sentences and headlines written and labelled for this project
(`tests/claims/labelled.jsonl`, `tests/claims/relevance.jsonl`), each passage read alone, as the crawl reads an article.
A found claim counts as right when supplier, recipient and equipment agree with a labelled one, each used once; the
other fields are then compared on those pairs, and each field is also counted alone. These sentences are shorter and
plainer than news, and the words and weights that tell claims and relevance were chosen with them known, so read the
figures as a measure of change between versions, not as a promise for any page;
[the benchmarks](benchmarks.md#claims-on-passages-kept-out) say how it does on passages nobody had looked at.

Made by `python -m benchmarks.accuracy`; a test fails when this page is out of date.
"""


def main() -> int:
    """Write the card; with --check only say whether it is current, with --errors print what went wrong instead."""
    if "--errors" in sys.argv[1:]:
        print_errors()
        return 0
    card = write_card()
    if "--check" not in sys.argv[1:]:
        CARD.write_text(card, encoding="utf-8")
        print(card)
        return 0
    current = CARD.exists() and CARD.read_text(encoding="utf-8") == card
    print("current" if current else "out of date: run python -m benchmarks.accuracy")
    return int(not current)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def judge_passages() -> tuple[score.Judged, ...]:
    """Find the claims of every labelled passage and pair them with the labels."""
    return tuple(score.judge(row["language"], row["claims"], find_labels(row)) for row in read_rows(LABELLED))


def find_labels(row: dict[str, Any]) -> list[score.Claim]:
    """Find the claims of one passage, in the words of the labels."""
    published = datetime.fromisoformat(row["published"]) if "published" in row else None
    return [as_label(claim) for claim in find_passage_claims(row["text"], row["language"], published)]


def as_label(claim: ClaimDraft) -> score.Claim:
    """Put a claim in the words of the labels; a ceiling is its amount where there is no other."""
    return {
        "supplier": claim.supplier,
        "recipient": claim.recipient,
        "equipment": list(claim.weapon_raw),
        "category": claim.category,
        "quantity": claim.quantity,
        "value_amount": claim.value_max if claim.value_min is None else claim.value_min,
        "value_currency": claim.currency,
        "value_qualifier": claim.value_qualifier,
        "status": claim.status,
        "year": claim.year,
        "modality": claim.modality,
        "confidence": claim.confidence,
    }


def print_errors() -> None:
    """Print each passage whose claims do not all pair, with what is missing and what is too much."""
    for row, judged in zip(read_rows(LABELLED), judge_passages(), strict=True):
        missed = [claim for i, claim in enumerate(judged.wanted) if i not in {one for one, _ in judged.pairs}]
        surplus = [claim for j, claim in enumerate(judged.found) if j not in {other for _, other in judged.pairs}]
        if missed or surplus:
            print(f"{row['id']}  {row['text']}")
            print(*(f"  missed   {_in_short(claim)}\n" for claim in missed), sep="", end="")
            print(*(f"  too much {_in_short(claim)}\n" for claim in surplus), sep="", end="")


def _in_short(claim: score.Claim) -> str:
    parts = (claim["supplier"], claim["recipient"], claim["equipment"], claim["quantity"], claim["status"])
    return " ".join("-" if part is None else str(part) for part in parts)


@cache
def judge_headlines() -> dict[str, score.Tally]:
    """Count relevance by language."""
    tallies = dict.fromkeys(LANGUAGES, score.Tally())
    for row in read_rows(HEADLINES):
        found = judge_relevance(row["headline"], row["first_sentence"], "", row["language"]).is_relevant
        tallies[row["language"]] += score.Tally(found and row["relevant"], found, row["relevant"])
    return tallies


def write_card() -> str:
    """Give the whole page as text."""
    judged = judge_passages()
    sections = (
        METHOD,
        _section("Claims", ("language", "passages", *HEAD), _by_language(judged)),
        _false_claims(judged),
        _section("Fields", ("field", *HEAD, "right on paired claims"), _by_field(judged)),
        _section("Status", COUNTED, _by_value("status", judged)),
        _section("Modality", COUNTED, _by_value("modality", judged)),
        _section("Confidence", ("confidence", "claims", "mean confidence", "share right"), _by_confidence(judged)),
        _section("Relevance", ("language", "headlines", *HEAD), _by_headline()),
    )
    return "\n".join(sections)


HEAD = ("precision", "recall", "F1", "right", "found", "labelled")
COUNTED = ("value", "labelled", "found", "paired", "right on paired claims")


def _false_claims(judged: Sequence[score.Judged]) -> str:
    empty = sum(not each.wanted for each in judged)
    return f"Passages without a claim in which one was found: {score.share_false(judged):.1%} of {empty}.\n"


def _section(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return f"## {title}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _figures(tally: score.Tally) -> tuple[str, ...]:
    shares = (f"{share:.2f}" for share in (tally.precision, tally.recall, tally.f1))
    return (*shares, str(tally.right), str(tally.found), str(tally.wanted))


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.2f}"


def _by_language(judged: Sequence[score.Judged]) -> Iterator[tuple[str, ...]]:
    for language, name in LANGUAGES.items():
        spoken = [each for each in judged if each.language == language]
        yield (name, str(len(spoken)), *_figures(score.total(each.tally for each in spoken)))
    yield ("all", str(len(judged)), *_figures(score.total(each.tally for each in judged)))


def _by_field(judged: Sequence[score.Judged]) -> Iterator[tuple[str, ...]]:
    for field in score.AGREES:
        yield (field, *_figures(score.tally_field(field, judged)), _share(score.share_right(field, judged)))


def _by_value(field: str, judged: Sequence[score.Judged]) -> Iterator[tuple[str, ...]]:
    labelled = Counter(claim[field] for each in judged for claim in each.wanted)
    found = Counter(claim[field] for each in judged for claim in each.found)
    paired = Counter(each.wanted[i][field] for each in judged for i, _ in each.pairs)
    right = Counter(each.wanted[i][field] for each in judged for i, j in each.pairs
                    if each.wanted[i][field] == each.found[j][field])  # fmt: skip
    for value in sorted(labelled | found):
        share = right[value] / paired[value] if paired[value] else None
        yield (value, str(labelled[value]), str(found[value]), str(paired[value]), _share(share))


def _by_confidence(judged: Sequence[score.Judged]) -> Iterator[tuple[str, ...]]:
    bins = score.weigh_confidence(judged, EDGES)
    for lowest, highest, (size, mean, right) in zip(EDGES, EDGES[1:], bins, strict=False):
        shares = (f"{mean:.2f}", f"{right:.2f}") if size else ("-", "-")
        yield (f"{lowest:.1f} to {highest:.1f}", str(size), *shares)


def _by_headline() -> Iterator[tuple[str, ...]]:
    sizes = Counter(row["language"] for row in read_rows(HEADLINES))
    tallies = judge_headlines()
    for language, name in LANGUAGES.items():
        yield (name, str(sizes[language]), *_figures(tallies[language]))
    yield ("all", str(sizes.total()), *_figures(score.total(tallies.values())))


if __name__ == "__main__":
    sys.exit(main())
