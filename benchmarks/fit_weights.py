"""Fit the weights with which readings of claims are judged, and say how well they hold on passages kept out.

Run from the repository, with scikit-learn installed:

    python -m benchmarks.fit_weights tests/claims/labelled.jsonl=0.5 ../shared/gold/claims_dev.jsonl [FILE[=WEIGHT] ...]

Each file has lines with ``id``, ``language``, ``text`` and ``claims``, as ``tests/claims/labelled.jsonl``. Prints the
scores of a five-fold cross-validation and writes ``pipelines/claims/data/side_weights.csv`` and ``claim_weights.csv``.
"""

import csv
import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks import score
from benchmarks.accuracy import as_label
from pipelines.claims.claim_signs import claim_signs
from pipelines.claims.from_text import find_passage_claims
from pipelines.claims.judge import Chance, Judge, candidates, side_odds
from pipelines.claims.parties import View
from pipelines.claims.side_signs import Earlier, side_signs
from pipelines.claims.sides import Sides
from pipelines.claims.weapons import Item
from pipelines.items import ClaimDraft

DATA = Path("pipelines/claims/data")
FOLDS = 5
SIDE_STRENGTH, CLAIM_STRENGTH = 0.05, 0.1  # inverse of the regularisation, chosen by cross-validation
LEAST = 0.02  # smaller weights are left out
Row = Mapping[str, Any]


@dataclass
class Samples:
    """Signs, what they stood for, and how much each counts."""

    signs: list[list[str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, signs: list[str], label: str, weight: float) -> None:
        """Add one sample."""
        self.signs.append(signs)
        self.labels.append(label)
        self.weights.append(weight)


@dataclass(frozen=True, slots=True)
class SideRecorder(Judge):
    """Takes the sides as the rules read them, and notes the signs of every party.

    It has no weights for claims: each is as likely as not, and kept.
    """

    row: Row = field(default_factory=dict)
    samples: Samples = field(default_factory=Samples)

    def weigh_sides(self, view: View, item: Item, read: Sides, earlier: Earlier) -> tuple[Sides, dict[str, Chance]]:
        """Note each party as what the labels of the item call it."""
        named = {"equipment": list(item.names)}
        gold = [claim for claim in self.row["claims"] if score.is_same_equipment(claim, named)]
        for actor in candidates(view, item, earlier) if gold else ():
            label = _role(actor.code, gold)
            self.samples.add(side_signs(view, item, read, earlier, actor), label, self.row["weight"])
        return read, {}


@dataclass(frozen=True, slots=True)
class ClaimRecorder(Judge):
    """Weighs sides, keeps every claim, and notes whether it is among the labelled ones."""

    row: Row = field(default_factory=dict)
    samples: Samples = field(default_factory=Samples)

    def weigh_claim(self, view: View, item: Item, claim: ClaimDraft, chances: Mapping[str, Chance]) -> ClaimDraft:
        """Note the claim as right or wrong."""
        right = any(score.is_same_claim(label, as_label(claim)) for label in self.row["claims"])
        signs = claim_signs(view, item, claim, side_odds(claim, chances))
        self.samples.add(signs, "right" if right else "wrong", self.row["weight"])
        return replace(claim, confidence=1.0)


def _role(party: str, gold: Sequence[score.Claim]) -> str:
    """Give what labels call a party."""
    for side in ("supplier", "recipient"):
        if any(claim[side] and score.is_same_party(claim[side], party) for claim in gold):
            return side
    return "none"


def read_passages(arguments: Sequence[str]) -> list[dict[str, Any]]:
    """Read the label files; ``FILE=WEIGHT`` sets what each of its passages counts."""
    rows: list[dict[str, Any]] = []
    for argument in arguments:
        name, _, weight = argument.partition("=")
        lines = Path(name).read_text(encoding="utf-8").splitlines()
        rows += [{**json.loads(line), "weight": float(weight or 1)} for line in lines]
    return rows


def find(row: Row, judge: Judge) -> list[score.Claim]:
    """Find the claims of one passage as a judge weighs them."""
    found = find_passage_claims(row["text"], row["language"], row.get("published"), judge)
    return [as_label(claim) for claim in found]


def side_samples(rows: Iterable[Row]) -> Samples:
    """Give the parties of all deals, as the rules read them."""
    samples = Samples()
    for row in rows:
        find(row, SideRecorder({}, {}, row, samples))
    return samples


def claim_samples(rows: Iterable[Row], sides: Mapping[str, Chance]) -> Samples:
    """Give all claims, their sides weighed."""
    samples = Samples()
    for row in rows:
        find(row, ClaimRecorder(sides, {}, row, samples))
    return samples


def fit(samples: Samples, strength: float) -> tuple[list[str], dict[str, list[float]]]:
    """Fit a logistic regression; give its classes and, for each sign, the weight of each class."""
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys(signs, 1) for signs in samples.signs])
    model = LogisticRegression(C=strength, max_iter=3000).fit(table, samples.labels, sample_weight=samples.weights)
    weights = {sign: [float(row[at]) for row in model.coef_] for at, sign in enumerate(vectorizer.feature_names_)}
    return list(model.classes_), {"bias": [float(each) for each in model.intercept_], **weights}


def fit_sides(samples: Samples) -> dict[str, Chance]:
    """Give the log-odds of supplier and recipient against neither."""
    classes, weights = fit(samples, SIDE_STRENGTH)
    supplier, recipient, none = (classes.index(name) for name in ("supplier", "recipient", "none"))
    return {sign: (each[supplier] - each[none], each[recipient] - each[none]) for sign, each in weights.items()}


def fit_claims(samples: Samples) -> dict[str, float]:
    """Give the log-odds of a claim being right."""
    classes, weights = fit(samples, CLAIM_STRENGTH)
    sign_of = 1 if classes[1] == "right" else -1
    return {sign: sign_of * each[0] for sign, each in weights.items()}


def folded(rows: Sequence[Row]) -> list[list[Row]]:
    """Part the passages, those of one document together as far as their ids tell."""
    ids = sorted({row["id"] for row in rows})
    random.Random(1).shuffle(ids)
    return [[row for row in rows if row["id"] in set(ids[part::FOLDS])] for part in range(FOLDS)]


def others(parts: Sequence[Samples], left_out: int | None) -> Samples:
    """Put all samples together but those of one part."""
    together = Samples()
    for place, part in enumerate(parts):
        if place != left_out:
            together.signs += part.signs
            together.labels += part.labels
            together.weights += part.weights
    return together


def print_scores(name: str, judged: Sequence[score.Judged]) -> None:
    """Print how well claims were found."""
    tally = score.total(each.tally for each in judged)
    fields = " ".join(f"{each} {score.share_right(each, judged):.2f}" for each in ("status", "modality"))
    print(f"{name:24} precision {tally.precision:.3f}  recall {tally.recall:.3f}  F1 {tally.f1:.3f}  {fields}")
    print(f"{'':24} false claims on {score.share_false(judged):.1%} of passages without any")


def write(name: str, header: Sequence[str], rows: Iterable[tuple[str, Sequence[float]]]) -> None:
    """Write weights that matter, rounded, in the order of their signs."""
    kept = [(sign, *(round(weight, 2) for weight in weights)) for sign, weights in sorted(rows)
            if sign == "bias" or any(abs(weight) >= LEAST for weight in weights)]  # fmt: skip
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([header, *kept])


def main() -> int:
    """Cross-validate, then fit on everything and write the weights."""
    rows = read_passages(sys.argv[1:])
    folds = folded(rows)
    parts = [side_samples(fold) for fold in folds]
    sides = [fit_sides(others(parts, place)) for place in range(FOLDS)]
    claim_parts = [claim_samples(fold, sides[place]) for place, fold in enumerate(folds)]
    claims = [fit_claims(others(claim_parts, place)) for place in range(FOLDS)]
    judged = {
        row["id"]: score.judge(row["language"], row["claims"], find(row, Judge(sides[place], claims[place])))
        for place, fold in enumerate(folds)
        for row in fold
    }
    print_scores("all, cross-validated", list(judged.values()))
    print_scores("those that count fully", [judged[row["id"]] for row in rows if row["weight"] >= 1])
    write("side_weights.csv", ("sign", "supplier", "recipient"), fit_sides(others(parts, None)).items())
    write("claim_weights.csv", ("sign", "weight"), ((s, [w]) for s, w in fit_claims(others(claim_parts, None)).items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
