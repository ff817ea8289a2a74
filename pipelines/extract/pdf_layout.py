"""What stands on the pages of a PDF: lines with their place and size, ruled tables; lines joined to paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from pdfplumber.page import Page as PlumberPage

from pipelines.items import Paragraph

MAX_PARAGRAPH = 20_000
_BULLET = re.compile(r"^(?:[•▪●■–—*-]\s|\(?[a-z0-9]{1,2}[.)]\s)")
_DIGITS = re.compile(r"\d+")
_END = re.compile(r"[.!?:;…][\"'”»)]?$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its left and right end, top and bottom in points from the page's top left, size of type."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A ruled table as rows of texts, and the line right above it."""

    rows: list[list[str]]
    caption: str | None


@dataclass(slots=True)
class PdfPage:
    """The lines outside of tables, top to bottom, and the tables."""

    placed: list[Line] = field(default_factory=list)
    tables: list[PdfTable] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The lines as text."""
        return [line.text for line in self.placed]

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    def largest_lines(self) -> str | None:
        """Return the lines in the largest type of the page's upper half, where it is larger than the text's."""
        upper = self.placed[: max(3, len(self.placed) // 2)]
        if not upper:
            return None
        largest = max(line.size for line in upper)
        if largest < 1.15 * median(line.size for line in self.placed):
            return None
        return " ".join(line.text for line in upper if line.size > largest - 0.5)[:300]


def read_pdf_page(page: PlumberPage) -> PdfPage:
    """Read one page; raises what pdfminer raises on broken content."""
    found = page.find_tables()
    boxes = [table.bbox for table in found]
    outside = page.filter(lambda thing: not any(_is_within(thing, box) for box in boxes)) if boxes else page
    lines = [_line(raw) for raw in outside.extract_text_lines(strip=True)]
    tables = []
    for table in found:
        rows = [[" ".join((cell or "").split()) for cell in row] for row in table.extract()]
        above = [line for line in lines if 0 <= table.bbox[1] - line.bottom < 30]
        tables.append(PdfTable(rows, above[-1].text if above else None))
    return PdfPage([line for line in lines if line.text], tables)


def _is_within(thing: dict[str, float], box: tuple[float, float, float, float]) -> bool:
    across, down = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _line(raw: dict[str, object]) -> Line:
    chars = raw["chars"]
    assert isinstance(chars, list)
    sizes = Counter(round(char["size"], 1) for char in chars)
    left, right, top, bottom = (float(str(raw[name])) for name in ("x0", "x1", "top", "bottom"))
    return Line(" ".join(str(raw["text"]).split()), left, right, top, bottom, sizes.most_common(1)[0][0])


def paragraphs_of(pages: list[PdfPage]) -> Iterator[Paragraph]:
    """Yield the paragraphs of all pages, without what is repeated on top and at the bottom of them."""
    repeated = _repeated(pages)
    pending: list[Line] = []
    for page in pages:
        lines = [line for line in page.placed if _shape(line.text) not in repeated]
        if not lines:
            continue
        body, right = median(line.size for line in lines), max(line.right for line in lines)
        for number, line in enumerate(lines):
            before = pending[-1] if pending else None
            # On a new page the distance says nothing: there the sentence tells.
            new = before is not None and (
                bool(_END.search(before.text)) if number == 0 else _begins(line, before, right)
            )
            if new:
                yield _paragraph(pending, body)
                pending = []
            pending.append(line)
    if pending:
        yield _paragraph(pending, body)


def _begins(line: Line, before: Line, right: float) -> bool:
    """Tell whether a line begins a paragraph: by its distance, its type, a bullet, or a short line that ends before."""
    height = before.bottom - before.top
    is_apart = line.top - before.bottom > 0.8 * height
    is_other = abs(line.size - before.size) > 0.6
    is_indented = line.left - before.left > 8 and bool(_END.search(before.text))
    ends_short = before.right < 0.8 * right and bool(_END.search(before.text))
    return is_apart or is_other or is_indented or ends_short or bool(_BULLET.match(line.text))


def _paragraph(lines: list[Line], body: float) -> Paragraph:
    text = lines[0].text
    for line in lines[1:]:
        is_parted = text.endswith("-") and line.text[:1].islower() and text[-2:-1].isalpha()
        text = text[:-1] + line.text if is_parted else f"{text} {line.text}"
    if lines[0].size > 1.1 * body and len(text) < 300:
        return Paragraph(text, "heading")
    return Paragraph(text[:MAX_PARAGRAPH], "list" if _BULLET.match(text) else "text")


def _repeated(pages: list[PdfPage]) -> set[str]:
    """Return what stands among the outer lines of at least three pages, and of half of them, but for its numbers."""
    outer = Counter(shape for page in pages for shape in {_shape(line) for line in (*page.lines[:2], *page.lines[-2:])})
    return {shape for shape, times in outer.items() if times >= max(3, len(pages) / 2)}


def _shape(text: str) -> str:
    return _DIGITS.sub("#", text)
