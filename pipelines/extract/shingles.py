"""How much of one text stands in another: sets of three-word runs, or of characters where words are not spaced."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class Shingles:
    """The runs of a text, and its length."""

    runs: frozenset[tuple[str, ...]]
    chars: int

    def share(self, text: str) -> float:
        """Return how much of ``text`` (0 to 1) stands in the text these runs are of."""
        runs = _runs(text)
        return sum(run in self.runs for run in runs) / len(runs) if runs else 0.0


def shingles(text: str) -> Shingles:
    """Return the runs of a text."""
    return Shingles(frozenset(_runs(text)), len(text))


def _runs(text: str) -> list[tuple[str, ...]]:
    text = text.lower()
    words = _WORD.findall(_WIDE.sub(r" \g<0> ", text)) if _WIDE.search(text) else _WORD.findall(text)
    size = min(3, len(words)) or 1
    return list(zip(*(words[start:] for start in range(size)), strict=False))
