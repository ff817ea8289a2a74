"""The main text of a page as numbered paragraphs: our own reader over the shared tree, with a confidence."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from pipelines.extract.blocks import Block, Outline, read_outline
from pipelines.extract.body_trim import trim
from pipelines.extract.body_worth import best_node, kind_of, narrow, protected_elements, weigh
from pipelines.extract.boilerplate import SKIPPED_TAGS, is_boilerplate, is_comment_name, name_of
from pipelines.extract.lead import find_lead
from pipelines.extract.shingles import Shingles
from pipelines.items import Paragraph


@dataclass(frozen=True, slots=True)
class Hints:
    """What the rest of the page says about its text: the JSON-LD articleBody, headline and description."""

    article_body: Shingles | None = None
    headline: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The main text: paragraphs, who read it, and how sure that reader is (0 to 1)."""

    paragraphs: tuple[Paragraph, ...]
    reader: str
    confidence: float
    problems: tuple[str, ...] = field(default=())

    @property
    def chars(self) -> int:
        """Length of the text."""
        return sum(len(paragraph.text) for paragraph in self.paragraphs)


def read_body(root: HtmlElement, hints: Hints | None = None) -> Body:
    """Return the main text of the tree."""
    hints = hints or Hints()
    protected = protected_elements(root)

    def is_skipped(element: HtmlElement) -> bool:
        if element in protected:
            return is_comment_name(name_of(element))
        return is_boilerplate(element)

    strict = _read(root, is_skipped, hints)
    if strict.chars >= 300:
        return strict
    lenient = _read(root, _is_skipped_tag, hints)
    return lenient if lenient.chars > 2 * strict.chars else strict


def _is_skipped_tag(element: HtmlElement) -> bool:
    return element.tag in SKIPPED_TAGS


def _read(root: HtmlElement, is_skipped: Callable[[HtmlElement], bool], hints: Hints) -> Body:
    outline = read_outline(root, is_skipped)
    weigh(outline, hints.article_body)
    best = best_node(outline)
    if best is None:
        return Body((), "own", 0.0)
    best = narrow(best, outline)
    kept = trim(best, outline, hints.article_body, hints.headline)
    paragraphs = [Paragraph(block.text, kind_of(block, outline)) for block in kept]
    lead = find_lead(root, hints.headline, hints.description, [p.text for p in paragraphs[:3]])
    if lead:
        paragraphs.insert(0, Paragraph(lead))
    return Body(tuple(paragraphs), "own", _confidence(kept, outline))


def _confidence(kept: list[Block], outline: Outline) -> float:
    total = sum(max(0.0, block.worth) for block in outline.blocks) or 1.0
    return sum(max(0.0, block.worth) for block in kept) / total
