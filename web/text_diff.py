"""Two texts side by side: which words went and which came, paragraph by paragraph."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# Comparing takes the product of both lengths at worst; beyond this, all of the one went and all of the other came.
MOST_COMPARED = 400_000

Change = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """Words that stayed, went or came."""

    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class DiffParagraph:
    """A paragraph in pieces; ``is_same`` where nothing in it changed."""

    pieces: tuple[DiffPiece, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether nothing changed."""
        return all(piece.change == "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class DiffRun:
    """Paragraphs that follow each other and all changed, or all did not."""

    is_same: bool
    paragraphs: tuple[DiffParagraph, ...]


def diff_paragraphs(before: Sequence[str], after: Sequence[str]) -> tuple[DiffRun, ...]:
    """Compare two texts; paragraphs that were replaced by as many are compared word by word."""
    paragraphs = [each for change in _changes(before, after) for each in _paragraphs(change, before, after)]
    runs: list[list[DiffParagraph]] = []
    for paragraph in paragraphs:
        if runs and runs[-1][0].is_same == paragraph.is_same:
            runs[-1].append(paragraph)
        else:
            runs.append([paragraph])
    return tuple(DiffRun(run[0].is_same, tuple(run)) for run in runs)


def diff_words(before: str, after: str) -> tuple[DiffPiece, ...]:
    """Compare two texts word by word."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    pieces: list[DiffPiece] = []
    for _, i, j, k, m in _changes(old, new):
        if old[i:j] == new[k:m]:
            pieces.append(DiffPiece("".join(old[i:j]), "same"))
            continue
        pieces += [DiffPiece("".join(old[i:j]), "removed")] if i < j else []
        pieces += [DiffPiece("".join(new[k:m]), "added")] if k < m else []
    return tuple(pieces)


_Op = tuple[str, int, int, int, int]


def _changes(old: Sequence[str], new: Sequence[str]) -> Sequence[_Op]:
    """Give the steps from one to the other, as difflib does; what both begin and end with is set aside first."""
    start = _shared(old, new, lambda at: at)
    rest = min(len(old), len(new)) - start
    end = min(rest, _shared(old, new, lambda at: -1 - at))
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    if len(left) * len(right) > MOST_COMPARED:
        steps: list[_Op] = [("replace", 0, len(left), 0, len(right))]
    else:
        steps = list(SequenceMatcher(None, left, right, autojunk=False).get_opcodes())
    moved = [(tag, i + start, j + start, k + start, m + start) for tag, i, j, k, m in steps]
    first: list[_Op] = [("equal", 0, start, 0, start)] if start else []
    last: list[_Op] = [("equal", len(old) - end, len(old), len(new) - end, len(new))] if end else []
    return [*first, *moved, *last]


def _shared(old: Sequence[str], new: Sequence[str], place: Callable[[int], int]) -> int:
    """Count what both have in common from one end on."""
    most = min(len(old), len(new))
    return next((at for at in range(most) if old[place(at)] != new[place(at)]), most)


def _paragraphs(change: _Op, before: Sequence[str], after: Sequence[str]) -> Iterator[DiffParagraph]:
    tag, i, j, k, m = change
    if tag == "equal":
        yield from (DiffParagraph((DiffPiece(text, "same"),)) for text in before[i:j])
    elif j - i == m - k:
        yield from (DiffParagraph(diff_words(old, new)) for old, new in zip(before[i:j], after[k:m], strict=True))
    else:
        yield from (DiffParagraph((DiffPiece(text, "removed"),)) for text in before[i:j])
        yield from (DiffParagraph((DiffPiece(text, "added"),)) for text in after[k:m])
