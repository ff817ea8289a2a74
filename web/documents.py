"""Pages of the documentation that the web pages show: sections with their paragraphs, lists and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "docs"  # leads to the project's docs/, and is put into the wheel
INLINE = re.compile(r"`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\*\*([^*]+)\*\*")


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of running text; ``kind`` is plain, code or strong."""

    text: str
    kind: str = "plain"


Line = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first cell of a row names it."""

    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading."""

    title: str
    paragraphs: tuple[Line, ...]
    items: tuple[Line, ...]
    grids: tuple[Grid, ...]


@cache
def read_document(name: str) -> tuple[Part, ...]:
    """Read a page of the documentation, such as ``data-model.md``: its parts in their order."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return tuple(_part(section) for section in re.split(r"^#+ ", text, flags=re.MULTILINE)[1:])


def _part(section: str) -> Part:
    title, _, body = section.partition("\n")
    blocks = [block.splitlines() for block in re.split(r"\n\s*\n", body.strip()) if block.strip()]
    return Part(
        title=title.strip(),
        paragraphs=tuple(_line(" ".join(block)) for block in blocks if block[0][0] not in "|-"),
        items=tuple(_line(item.removeprefix("- ")) for block in blocks if block[0].startswith("- ") for item in block),
        grids=tuple(_grid(block) for block in blocks if block[0].startswith("|")),
    )


def _grid(lines: list[str]) -> Grid:
    rows = [tuple(_line(cell.strip()) for cell in line.strip().strip("|").split(" | ")) for line in lines]
    return Grid(rows[0], tuple(rows[2:]))


def _line(text: str) -> Line:
    return tuple(_words(text))


def _words(text: str) -> Iterator[Words]:
    """Cut at code, strong words and links; of a link only its words are kept, as its target is another page."""
    end = 0
    for found in INLINE.finditer(text):
        if found.start() > end:
            yield Words(text[end : found.start()])
        code, linked, _, strong = found.groups()
        yield Words(code, "code") if code else Words(linked.strip("`")) if linked else Words(strong, "strong")
        end = found.end()
    if end < len(text):
        yield Words(text[end:])


def plain_text(line: Line) -> str:
    """Give a line without its marks."""
    return "".join(words.text for words in line)
